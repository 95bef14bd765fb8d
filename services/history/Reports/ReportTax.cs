using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.History.Reports;

/// <summary>
/// Taxes by code, rate and treatment, as they stand on the receipts and credit notes of the period: never computed again from
/// rules that may have changed since.
/// </summary>
internal static class ReportTax
{
    /// <param name="Rate">Percent, as decimal text.</param>
    /// <param name="Treatment"><c>taxed</c>, <c>zeroRated</c>, <c>exempt</c>, <c>suspended</c> or <c>outOfScope</c>.</param>
    /// <param name="NetBase">Sales less refunds, minor units.</param>
    public sealed record Item(
        string Code, string Rate, string Treatment, string Currency, long Base, long Amount, long RefundBase, long RefundAmount, long NetBase, long NetAmount);

    public sealed record Answer(string From, string To, DateTimeOffset DataAsOf, Item[] Items);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/reports/tax", Handle).WithName(nameof(ReportTax)).RequirePermission(Permissions.ReadReports).Produces<Answer>();

    private static async Task<IResult> Handle([AsParameters] Period period, Caller caller, HistoryDb db, CancellationToken ct)
    {
        if (period.Check() is { } problem)
            return problem.ToHttp();
        var answer = await db.InTenant(caller.TenantId, async () =>
        {
            var items = await db.DailyTaxes
                .Where(row => row.BusinessDate >= period.From && row.BusinessDate <= period.To && (period.StoreId == null || row.StoreId == period.StoreId))
                .GroupBy(row => new { row.Code, row.Rate, row.Treatment, row.Currency })
                .OrderBy(g => g.Key.Code).ThenBy(g => g.Key.Rate).ThenBy(g => g.Key.Treatment).ThenBy(g => g.Key.Currency)
                .Select(g => new Item(
                    g.Key.Code, g.Key.Rate, g.Key.Treatment, g.Key.Currency, g.Sum(r => r.Base), g.Sum(r => r.Amount), g.Sum(r => r.RefundBase),
                    g.Sum(r => r.RefundAmount), g.Sum(r => r.Base - r.RefundBase), g.Sum(r => r.Amount - r.RefundAmount)))
                .ToArrayAsync(ct);
            return new Answer(period.FromText, period.ToText, db.Now, items);
        }, ct);
        return TypedResults.Ok(answer);
    }
}
