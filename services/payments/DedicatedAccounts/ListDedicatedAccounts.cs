using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.DedicatedAccounts;

/// <summary>An account number of the shop's.</summary>
/// <param name="AccountNumber">What a customer pays to, with the bank's name.</param>
/// <param name="Active">False: it was given back.</param>
internal sealed record DedicatedAccountAnswer(
    Guid Id, string Label, string AccountNumber, string AccountName, string Bank, string Currency, bool Active, DateTimeOffset CreatedAt)
{
    public static DedicatedAccountAnswer Of(DedicatedAccountRow row) => new(
        row.Id, row.Label, row.AccountNumber, row.AccountName, row.Bank, row.Currency, row.Active, row.CreatedAt);
}

/// <summary>The shop's account numbers, the newest first. Whoever sells sees them, to choose one.</summary>
internal static class ListDedicatedAccounts
{
    public sealed record Query(bool? Active, int? Limit, string? Cursor);

    public static void Map(RouteGroupBuilder payments) => payments.MapGet("/dedicated-accounts", Handle).WithName(nameof(ListDedicatedAccounts))
        .RequireSellOrReadPayments().Produces<Page<DedicatedAccountAnswer>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.DedicatedAccounts.AsNoTracking()
            .Where(row => (query.Active == null || row.Active == query.Active) && (before == null || row.Id < before))
            .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(DedicatedAccountAnswer.Of), limit, item => item.Id.ToString()));
    }
}
