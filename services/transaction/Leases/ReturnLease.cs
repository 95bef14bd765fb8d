using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Claims;

namespace WebWaka.Transaction.Leases;

/// <summary>
/// Ends a lease: what its till has not used can be used by anybody again. A sale that comes later all the same is taken and listed as
/// an exception.
/// </summary>
internal static class ReturnLease
{
    public static void Map(RouteGroupBuilder leases) =>
        leases.MapPost("/{id:guid}/return", Handle).WithName(nameof(ReturnLease)).RequirePermission(Permissions.Sell).Produces<TakeLease.Answer>();

    /// <summary>Returned already is answered as done.</summary>
    private static async Task<IResult> Handle(Guid id, Caller caller, TransactionDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<TakeLease.Answer>(caller.TenantId, async () =>
        {
            var row = await db.Leases.FromSql($"SELECT * FROM lease WHERE tenant_id = {caller.TenantId} AND id = {id} FOR UPDATE").SingleOrDefaultAsync(ct);
            if (row is null)
                return Problems.LeaseUnknown;
            await Close(db, row, ct);
            return TakeLease.Answer.Of(row);
        }, ct);
        return outcome.ToHttp();
    }

    /// <summary>All of the tenant's whose time has come, each in a transaction of its own.</summary>
    public static async Task CloseExpired(TransactionDb db, Guid tenant, CancellationToken ct)
    {
        var now = db.Now;
        var expired = await db.InTenant(
            tenant, () => db.Leases.Where(row => row.ClosedAt == null && row.ExpiresAt <= now).Select(row => row.Id).ToListAsync(ct), ct);
        foreach (var id in expired)
            await db.InTenant(tenant, async () =>
            {
                var row = await db.Leases.FromSql($"SELECT * FROM lease WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE SKIP LOCKED")
                    .SingleOrDefaultAsync(ct);
                if (row is not null)
                    await Close(db, row, ct);
                return true;
            }, ct);
    }

    /// <param name="row">Locked by the caller.</param>
    private static async Task Close(TransactionDb db, LeaseRow row, CancellationToken ct)
    {
        if (row.ClosedAt is not null)
            return;
        row.ClosedAt = db.Now;
        if (row.Used < row.Uses)
            await Claimed.Lower(db, row.PromotionId, row.Counter, row.Coupon, row.Uses - row.Used, ct);
    }
}
