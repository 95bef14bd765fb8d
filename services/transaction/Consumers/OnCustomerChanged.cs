using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Transaction.Consumers;

/// <summary>
/// Keeps customers' groups. They are no part of the tenant's book: customers change all day, and each change would throw the book away.
/// In one statement, so that of two versions that are taken at once the newer stays.
/// </summary>
internal sealed class OnCustomerChanged(TransactionDb db) : IConsume<CustomerChanged>
{
    public Task Consume(Deliveries<CustomerChanged> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnCustomerChanged), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                var e = delivery.Event;
                var groups = e.Archived ? [] : e.Groups;
                await db.Database.ExecuteSqlAsync($"""
                    INSERT INTO customer AS kept (tenant_id, customer_id, purchases, points, groups_version, groups)
                    VALUES ({delivery.TenantId}, {e.CustomerId}, 0, 0, {e.Version}, {groups})
                    ON CONFLICT (tenant_id, customer_id) DO UPDATE SET groups_version = EXCLUDED.groups_version, groups = EXCLUDED.groups
                    WHERE kept.groups_version < EXCLUDED.groups_version
                    """, ct);
            }
        }, ct);
}
