using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;
using WebWaka.Promotions.Copies;

namespace WebWaka.Promotions.Consumers;

/// <summary>Keeps what promotions choose products by. An archived one is kept: sales of it were made.</summary>
internal sealed class OnProductChanged(PromotionsDb db) : IConsume<ProductChanged>
{
    public Task Consume(Deliveries<ProductChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnProductChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Products.FindAsync([delivery.TenantId, e.ProductId], ct);
                if (row is null)
                    db.Add(row = new ProductRow { TenantId = delivery.TenantId, Id = e.ProductId, Name = e.Name });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Name, row.Category, row.Brand, row.Tags) = (e.Version, e.Name, e.Category, e.Brand, e.Tags);
            }
        }, ct);
}
