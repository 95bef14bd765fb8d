using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Inventory.Copies;

namespace WebWaka.Inventory.Consumers;

internal sealed class OnStoreChanged(InventoryDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Stores.FindAsync([delivery.TenantId, e.StoreId], ct);
                if (row is null)
                    db.Stores.Add(row = new StoreRow { TenantId = delivery.TenantId, Id = e.StoreId, Code = e.Code, Name = e.Name });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Code, row.Name, row.Archived) = (e.Version, e.Code, e.Name, e.Archived);
            }
        }, ct);
}
