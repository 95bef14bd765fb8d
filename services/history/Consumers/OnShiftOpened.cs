using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Journal;

namespace WebWaka.History.Consumers;

internal sealed class OnShiftOpened(HistoryDb db) : IConsume<ShiftOpened>
{
    public Task Consume(Deliveries<ShiftOpened> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnShiftOpened), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Record(delivery.TenantId, new JournalRow
                {
                    Kind = Kinds.ShiftOpened, ThingId = e.ShiftId, StoreId = e.StoreId, TillId = e.TillId, ShiftId = e.ShiftId, By = e.OpenedBy,
                    BusinessDate = Journaling.Day(e.BusinessDate), At = e.OpenedAt, Currency = e.Currency, Total = e.Float, Document = delivery.Payload,
                }, ct);
            }
        }, ct);
}
