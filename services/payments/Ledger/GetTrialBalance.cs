using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Ledger;

/// <summary>What stands on each account, and that all of it sums to zero in each currency.</summary>
internal static class GetTrialBalance
{
    /// <summary>Minor units of the currency. <c>Balance = Debit - Credit</c>.</summary>
    public sealed record Item(string Account, string Currency, long Debit, long Credit, long Balance);

    public sealed record Answer(IReadOnlyList<Item> Items, bool Balanced);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapGet("/ledger/balance", Handle).WithName(nameof(GetTrialBalance)).RequirePermission(Permissions.ReadPayments).Produces<Answer>();

    /// <param name="at">What had happened until then, with an offset; without it, all.</param>
    private static async Task<IResult> Handle(DateTimeOffset? at, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        var items = await db.InTenant(caller.TenantId, () => Until(db, at)
            .GroupBy(row => new { row.Account, row.Currency })
            .Select(group => new
            {
                group.Key.Account, group.Key.Currency, Debit = group.Sum(row => row.Amount > 0 ? row.Amount : 0),
                Credit = group.Sum(row => row.Amount < 0 ? -row.Amount : 0),
            })
            .OrderBy(sum => sum.Currency).ThenBy(sum => sum.Account)
            .Select(sum => new Item(sum.Account, sum.Currency, sum.Debit, sum.Credit, sum.Debit - sum.Credit)).ToListAsync(ct), ct);
        return TypedResults.Ok(
            new Answer(items, items.GroupBy(item => item.Currency, StringComparer.Ordinal).All(group => group.Sum(item => item.Balance) == 0)));
    }

    private static IQueryable<LedgerEntryRow> Until(PaymentsDb db, DateTimeOffset? at)
    {
        if (at is not { } moment)
            return db.LedgerEntries;
        var until = moment.ToUniversalTime();
        return db.LedgerEntries.Where(row => row.At <= until);
    }
}
