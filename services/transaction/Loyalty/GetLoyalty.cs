using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Loyalty;

/// <summary>A customer's points, and how they came and went.</summary>
internal static class GetLoyalty
{
    /// <param name="Points">To spend now; below zero where points were spent before the sale that had earned them was taken back.</param>
    /// <param name="ExpireAt">When they are lost if none are earned or spent before.</param>
    public sealed record Balance(Guid CustomerId, long Points, DateTimeOffset? ExpireAt, long Purchases);

    /// <param name="Kind"><c>earned</c>, <c>spent</c>, <c>takenBack</c>, <c>givenBack</c> or <c>expired</c>.</param>
    /// <param name="Points">Below zero where they went.</param>
    public sealed record Entry(Guid SaleId, Guid SourceId, string Kind, long Points, long Balance, DateTimeOffset At);

    public static void Map(RouteGroupBuilder loyalty)
    {
        loyalty.MapGet("/{customerId:guid}", Read).WithName(nameof(GetLoyalty)).RequirePermission(Permissions.Sell).Produces<Balance>();
        loyalty.MapGet("/{customerId:guid}/entries", List).WithName("ListLoyaltyEntries").RequirePermission(Permissions.Sell).Produces<Page<Entry>>();
    }

    private static async Task<IResult> Read(Guid customerId, Caller caller, TransactionDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<Balance>(caller.TenantId, async () =>
            await db.Customers.AsNoTracking().SingleOrDefaultAsync(row => row.CustomerId == customerId, ct) is { } row
                ? new Balance(row.CustomerId, row.PointsAt(db.Now), row.PointsAt(db.Now) == 0 ? null : row.PointsExpireAt, row.Purchases)
                : CommonProblems.NotFound, ct);
        return outcome.ToHttp();
    }

    /// <summary>The newest first.</summary>
    private static async Task<IResult> List(
        Guid customerId, Caller caller, TransactionDb db, CancellationToken ct, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = After(cursor);
        var outcome = await db.InTenant<List<Entry>>(caller.TenantId, async () =>
        {
            if (!await db.Customers.AnyAsync(row => row.CustomerId == customerId, ct))
                return CommonProblems.NotFound;
            var entries = db.LoyaltyEntries.Where(row => row.CustomerId == customerId);
            if (after is var (at, source, kind))
                entries = entries.Where(row => row.At < at || (row.At == at && (row.SourceId < source
                    || (row.SourceId == source && string.Compare(row.Kind, kind) < 0))));
            return await entries.OrderByDescending(row => row.At).ThenByDescending(row => row.SourceId).ThenByDescending(row => row.Kind).Take(take + 1)
                .Select(row => new Entry(row.SaleId, row.SourceId, row.Kind, row.Points, row.Balance, row.At)).ToListAsync(ct);
        }, ct);
        return outcome.ToHttp(rows => TypedResults.Ok(Paging.Of(rows, take, row => $"{row.At.UtcTicks} {row.SourceId} {row.Kind}")));
    }

    private static (DateTimeOffset At, Guid Source, string Kind)? After(string? cursor)
    {
        if (Paging.Decode(cursor) is not { } key)
            return null;
        var parts = key.Split(' ');
        return parts.Length == 3 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out var ticks) && ticks > 0
             && ticks < DateTime.MaxValue.Ticks && Guid.TryParse(parts[1], out var source)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), source, parts[2])
            : throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours"));
    }
}
