using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Leases;

/// <summary>Leases, the newest first, and the sales that used more than theirs held.</summary>
internal static class ListLeases
{
    /// <param name="Count">How many uses were not in the lease.</param>
    public sealed record Beyond(Guid SaleId, Guid PromotionId, string Counter, Guid LeaseId, long Count, DateTimeOffset At);

    public static void Map(RouteGroupBuilder leases)
    {
        leases.MapGet("/", List).WithName(nameof(ListLeases)).RequirePermission(Permissions.Sell).Produces<Page<TakeLease.Answer>>();
        leases.MapGet("/exceptions", Exceptions).WithName("ListLeaseExceptions").RequirePermission(Permissions.ReadPromotions).Produces<Page<Beyond>>();
    }

    private static async Task<IResult> List(
        Caller caller, TransactionDb db, CancellationToken ct, Guid? tillId = null, bool? open = null, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var before = Paging.Id(cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.Leases.AsNoTracking()
            .Where(row => (tillId == null || row.TillId == tillId) && (open == null || (row.ClosedAt == null) == open) && (before == null || row.Id < before))
            .OrderByDescending(row => row.Id).Take(take + 1).ToListAsync(ct), ct);
        var page = Paging.Of(rows, take, row => row.Id.ToString());
        return TypedResults.Ok(new Page<TakeLease.Answer>([.. page.Items.Select(TakeLease.Answer.Of)], page.NextCursor));
    }

    private static async Task<IResult> Exceptions(Caller caller, TransactionDb db, CancellationToken ct, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var before = Paging.Id(cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.ClaimExceptions.Where(row => before == null || row.SaleId < before)
            .OrderByDescending(row => row.SaleId).ThenBy(row => row.PromotionId).ThenBy(row => row.Counter).Take(take + 1)
            .Select(row => new Beyond(row.SaleId, row.PromotionId, row.Counter, row.LeaseId, row.Count, row.At)).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, take, row => row.SaleId.ToString()));
    }
}
