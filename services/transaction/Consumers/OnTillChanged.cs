using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnTillChanged(TransactionDb db, Books books) : IConsume<TillChanged>
{
    public Task Consume(Deliveries<TillChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnTillChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Tills.FindAsync([delivery.TenantId, e.TillId], ct);
            if (row is null)
                db.Add(row = new TillRow { TenantId = delivery.TenantId, Id = e.TillId, Code = e.Code });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.StoreId, row.Code, row.Archived) = (e.Version, e.StoreId, e.Code, e.Archived);
            return true;
        }, ct);
}
