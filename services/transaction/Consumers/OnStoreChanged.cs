using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnStoreChanged(TransactionDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Stores.FindAsync([delivery.TenantId, e.StoreId], ct);
                if (row is null)
                    db.Stores.Add(row = new StoreRow { Id = e.StoreId, Code = e.Code, Name = e.Name, TimeZone = e.TimeZone, DayCutoff = e.DayCutoff });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Code, row.Name, row.TimeZone, row.DayCutoff) = (e.Version, e.Code, e.Name, e.TimeZone, e.DayCutoff);
            }
        }, ct);
}
