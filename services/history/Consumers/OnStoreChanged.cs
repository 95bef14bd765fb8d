using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.History.Consumers;

/// <summary>
/// An archived store stays: its receipts can still be printed. In one statement, so that two replicas with two versions leave
/// the newer, whichever comes last.
/// </summary>
internal sealed class OnStoreChanged(HistoryDb db) : IConsume<StoreChanged>
{
    public Task Consume(Deliveries<StoreChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnStoreChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO store AS kept (tenant_id, id, version, name, address, time_zone)
                    VALUES ({delivery.TenantId}, {e.StoreId}, {e.Version}, {e.Name}, {e.Address}::text, {e.TimeZone})
                    ON CONFLICT (tenant_id, id) DO UPDATE
                    SET version = EXCLUDED.version, name = EXCLUDED.name, address = EXCLUDED.address, time_zone = EXCLUDED.time_zone
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
