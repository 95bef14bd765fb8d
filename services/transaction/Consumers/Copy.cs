using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

/// <summary>What all consumers of copies share: apply only newer versions, then count the tenant's rules version up.</summary>
internal static class Copy
{
    /// <param name="apply">Applies one event; false when the copy already has this version or a newer one.</param>
    public static Task Copies<T>(
        this TransactionDb db, Books books, string consumer, Deliveries<T> batch, Func<Delivery<T>, Task<bool>> apply, CancellationToken ct) =>
        db.ConsumeOnce(consumer, batch, async fresh =>
        {
            var changed = false;
            foreach (var delivery in fresh)
                changed |= await apply(delivery);
            if (!changed)
                return;
            var tenant = fresh[0].TenantId;
            await db.SaveChangesAsync(ct);
            // Last in the transaction: whoever reads the new version reads the new copies too.
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO rules_version (tenant_id, version) VALUES ({tenant}, 1) ON CONFLICT (tenant_id) DO UPDATE SET version = rules_version.version + 1", ct);
            books.Forget(tenant);
        }, ct);
}
