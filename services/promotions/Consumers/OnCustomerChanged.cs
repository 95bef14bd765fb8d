using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Promotions.Consumers;

/// <summary>Keeps customers' groups for simulations. In one statement, so that of two versions that are taken at once the newer stays.</summary>
internal sealed class OnCustomerChanged(PromotionsDb db) : IConsume<CustomerChanged>
{
    public Task Consume(Deliveries<CustomerChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnCustomerChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var groups = e.Archived ? [] : e.Groups;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO customer AS kept (tenant_id, id, version, groups)
                    VALUES ({delivery.TenantId}, {e.CustomerId}, {e.Version}, {groups})
                    ON CONFLICT (tenant_id, id) DO UPDATE SET version = EXCLUDED.version, groups = EXCLUDED.groups
                    WHERE kept.version < EXCLUDED.version
                    """, ct);
            }
        }, ct);
}
