using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Inventory.Consumers;

/// <summary>In one statement, so that two replicas with two versions leave the newer, whichever comes last.</summary>
internal sealed class OnStoreChanged(InventoryDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO store AS kept (tenant_id, id, version, code, name, archived)
                    VALUES ({delivery.TenantId}, {e.StoreId}, {e.Version}, {e.Code}, {e.Name}, {e.Archived})
                    ON CONFLICT (tenant_id, id) DO UPDATE
                    SET version = EXCLUDED.version, code = EXCLUDED.code, name = EXCLUDED.name, archived = EXCLUDED.archived
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
