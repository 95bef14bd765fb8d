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
            // First of all the tenant's turn: two consumers that both meet a thing for the first time would both insert it.
            var tenant = fresh[0].TenantId;
            await db.Database.ExecuteSqlAsync($"INSERT INTO rules_version (tenant_id, version) VALUES ({tenant}, 0) ON CONFLICT DO NOTHING", ct);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM rules_version WHERE tenant_id = {tenant} FOR UPDATE", ct);
            var changed = false;
            foreach (var delivery in fresh)
                changed |= await apply(delivery);
            if (!changed)
                return;
            await db.SaveChangesAsync(ct);
            // Last in the transaction: whoever reads the new version reads the new copies too.
            await db.Database.ExecuteSqlAsync($"UPDATE rules_version SET version = version + 1 WHERE tenant_id = {tenant}", ct);
            books.Forget(tenant);
        }, ct);
}
