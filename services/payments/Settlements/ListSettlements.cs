using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Settlements;

/// <summary>Payouts, the newest first; and a look for new ones at once.</summary>
internal static class ListSettlements
{
    public sealed record Query(int? Limit, string? Cursor);

    /// <param name="Net">What came to the bank; minor units, as the others.</param>
    public sealed record Item(Guid Id, string PaystackId, string Currency, long Gross, long Fees, long Net, int Transactions, DateTimeOffset At);

    public static void Map(RouteGroupBuilder settlements)
    {
        settlements.MapGet("", Handle).WithName(nameof(ListSettlements)).RequirePermission(Permissions.ReadPayments).Produces<Page<Item>>();
        settlements.MapPost("/match", Match).WithName("MatchSettlements").RequirePermission(Permissions.EditPayments).Produces(StatusCodes.Status200OK);
    }

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.Settlements.AsNoTracking().Where(row => before == null || row.Id < before)
            .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(
            rows.ConvertAll(row => new Item(row.Id, $"{row.PaystackId}", row.Currency, row.Gross, row.Fees, row.Net, row.Transactions, row.At)),
            limit, item => item.Id.ToString()));
    }

    private static async Task<IResult> Match(Caller caller, MatchSettlements match, CancellationToken ct) =>
        await match.Run(caller.TenantId, ct) ? TypedResults.Ok() : Problems.PaystackUnavailable.ToHttp();
}
