using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.History.Consumers;

/// <summary>In one statement, so that two replicas with two versions leave the newer, whichever comes last.</summary>
internal sealed class OnTillChanged(HistoryDb db) : IConsume<TillChanged>
{
    public Task Consume(Deliveries<TillChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnTillChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO till AS kept (tenant_id, id, version, name)
                    VALUES ({delivery.TenantId}, {e.TillId}, {e.Version}, {e.Name})
                    ON CONFLICT (tenant_id, id) DO UPDATE SET version = EXCLUDED.version, name = EXCLUDED.name
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
