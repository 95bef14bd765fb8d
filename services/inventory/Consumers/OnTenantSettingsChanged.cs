using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Inventory.Copies;

namespace WebWaka.Inventory.Consumers;

internal sealed class OnTenantSettingsChanged(InventoryDb db) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTenantSettingsChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var row = await db.Settings.FindAsync([delivery.TenantId], ct);
                if (row is null)
                    db.Settings.Add(row = new SettingsRow { TenantId = delivery.TenantId, Currency = e.Currency });
                else if (row.Version >= e.Version)
                    continue;
                (row.Version, row.Currency) = (e.Version, e.Currency);
            }
        }, ct);
}
