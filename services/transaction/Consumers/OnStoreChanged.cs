using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnStoreChanged(TransactionDb db, Books books) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnStoreChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Stores.FindAsync([delivery.TenantId, e.StoreId], ct);
            if (row is null)
                db.Add(row = new StoreRow { TenantId = delivery.TenantId, Id = e.StoreId, Name = e.Name, TimeZone = e.TimeZone, DayCutoff = e.DayCutoff });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.Name, row.TimeZone, row.DayCutoff, row.Archived) = (e.Version, e.Name, e.TimeZone, e.DayCutoff, e.Archived);
            return true;
        }, ct);
}
