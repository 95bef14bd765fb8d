using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Inventory.Consumers;

/// <summary>In one statement, so that two replicas with two versions leave the newer, whichever comes last.</summary>
internal sealed class OnTenantSettingsChanged(InventoryDb db) : IConsume<TenantSettingsChanged>
{
    public Task Consume(Deliveries<TenantSettingsChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTenantSettingsChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO settings AS kept (tenant_id, version, currency)
                    VALUES ({delivery.TenantId}, {e.Version}, {e.Currency})
                    ON CONFLICT (tenant_id) DO UPDATE SET version = EXCLUDED.version, currency = EXCLUDED.currency
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
