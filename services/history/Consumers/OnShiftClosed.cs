using System.Globalization;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Audit;
using WebWaka.History.Journal;
using WebWaka.History.Rollups;

namespace WebWaka.History.Consumers;

/// <summary>Journals a closed shift; cash over or short goes on the audit chain.</summary>
internal sealed class OnShiftClosed(HistoryDb db) : IConsume<ShiftClosed>
{
    public Task Consume(Deliveries<ShiftClosed> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnShiftClosed), batch, async fresh =>
        {
            await db.Hold(fresh[0].TenantId, ct);
            foreach (var delivery in fresh)
                await Close(delivery, ct);
        }, ct);

    private async Task Close(Delivery<ShiftClosed> delivery, CancellationToken ct)
    {
        var e = delivery.Event;
        var number = e.ZNumber.ToString(CultureInfo.InvariantCulture);
        var isNew = await db.Record(delivery.TenantId, new JournalRow
        {
            Kind = Kinds.ShiftClosed, ThingId = e.ShiftId, StoreId = e.StoreId, TillId = e.TillId, ShiftId = e.ShiftId, By = e.ClosedBy, Number = number,
            BusinessDate = Journaling.Day(e.BusinessDate), At = e.ClosedAt, Currency = e.Currency, Total = e.Counted, Document = delivery.Payload,
        }, ct);
        if (isNew && e.Variance != 0)
            await db.Append(delivery.TenantId, new AuditEntry(
                "shift.variance", e.ClosedBy, e.ClosedAt, e.StoreId, e.TillId, e.ShiftId, number, e.Currency, e.Variance, e.Reason), ct);
    }
}
