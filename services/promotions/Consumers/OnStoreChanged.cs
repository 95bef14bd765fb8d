using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Promotions.Copies;

namespace WebWaka.Promotions.Consumers;

/// <summary>Keeps by which clock a store sells.</summary>
internal sealed class OnStoreChanged(PromotionsDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Stores.FindAsync([delivery.TenantId, e.StoreId], ct);
                if (row is null)
                    db.Add(row = new StoreRow { TenantId = delivery.TenantId, Id = e.StoreId, TimeZone = e.TimeZone });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.TimeZone) = (e.Version, e.TimeZone);
            }
        }, ct);
}
