using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.History.Rollups;

namespace WebWaka.History.Reports;

/// <summary>Sales, voids and refunds by day, store or till, with the tenders that paid for them: sums of stored facts, nothing is computed anew.</summary>
internal static class ReportSales
{
    private const string ByDay = "day", ByStore = "store", ByTill = "till";

    /// <summary>One group, or a total over all. Voided sales count in <c>Voids</c> and <c>Voided</c> only; refunds are positive.</summary>
    public sealed record Sums(
        string? BusinessDate, Guid? StoreId, Guid? TillId, string Currency, long Sales, long Gross, long Discount, long Net, long Fees, long Tax, long Total,
        long Rounding, long Voids, long Voided, long Refunds, long RefundGross, long RefundDiscount, long RefundNet, long RefundFees, long RefundTax,
        long RefundTotal, long RefundRounding);

    public sealed record TenderSums(string Method, string Currency, long Count, long Amount, long RefundCount, long RefundAmount);

    /// <param name="Totals">One for each currency.</param>
    /// <param name="DataAsOf">What had reached the journal by then is in.</param>
    public sealed record Answer(string From, string To, string GroupBy, DateTimeOffset DataAsOf, Sums[] Items, Sums[] Totals, TenderSums[] Tenders);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/reports/sales", Handle).WithName(nameof(ReportSales)).RequirePermission(Permissions.ReadReports).Produces<Answer>();

    private static async Task<IResult> Handle([AsParameters] Period period, string? groupBy, Caller caller, HistoryDb db, CancellationToken ct)
    {
        var by = groupBy ?? ByDay;
        if (period.Check() is { } problem)
            return problem.ToHttp();
        if (by is not (ByDay or ByStore or ByTill))
            return CommonProblems.InvalidRequest.With("groupBy: day, store or till").ToHttp();
        var answer = await db.InTenant(caller.TenantId, async () =>
        {
            var rows = db.DailySales.Where(
                row => row.BusinessDate >= period.From && row.BusinessDate <= period.To && (period.StoreId == null || row.StoreId == period.StoreId));
            var items = await Summed(rows, by, ct);
            var totals = await Summed(rows, by: "", ct);
            return new Answer(period.FromText, period.ToText, by, db.Now, items, totals, await TendersOf(db, period, ct));
        }, ct);
        return TypedResults.Ok(answer);
    }

    private static async Task<Sums[]> Summed(IQueryable<DailySalesRow> rows, string by, CancellationToken ct)
    {
        var (day, store, till) = (by == ByDay, by is ByStore or ByTill, by == ByTill);
        var groups = await rows.GroupBy(row => new
        {
            Day = day ? row.BusinessDate : (DateOnly?)null, Store = store ? row.StoreId : (Guid?)null, Till = till ? row.TillId : (Guid?)null, row.Currency,
        }).Select(g => new
        {
            g.Key,
            Sums = new Sums(null, g.Key.Store, g.Key.Till, g.Key.Currency,
                g.Sum(r => r.Sales), g.Sum(r => r.Gross), g.Sum(r => r.Discount), g.Sum(r => r.Net), g.Sum(r => r.Fees), g.Sum(r => r.Tax), g.Sum(r => r.Total),
                g.Sum(r => r.Rounding), g.Sum(r => r.Voids), g.Sum(r => r.Voided), g.Sum(r => r.Refunds), g.Sum(r => r.RefundGross),
                g.Sum(r => r.RefundDiscount), g.Sum(r => r.RefundNet), g.Sum(r => r.RefundFees), g.Sum(r => r.RefundTax), g.Sum(r => r.RefundTotal),
                g.Sum(r => r.RefundRounding)),
        }).ToListAsync(ct);
        return
        [
            .. groups.OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Store).ThenBy(g => g.Key.Till).ThenBy(g => g.Key.Currency, StringComparer.Ordinal)
                .Select(g => g.Sums with { BusinessDate = g.Key.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }),
        ];
    }

    private static Task<TenderSums[]> TendersOf(HistoryDb db, Period period, CancellationToken ct) =>
        db.DailyTenders
            .Where(row => row.BusinessDate >= period.From && row.BusinessDate <= period.To && (period.StoreId == null || row.StoreId == period.StoreId))
            .GroupBy(row => new { row.Method, row.Currency }).OrderBy(g => g.Key.Method).ThenBy(g => g.Key.Currency)
            .Select(g => new TenderSums(
                g.Key.Method, g.Key.Currency, g.Sum(r => r.Count), g.Sum(r => r.Amount), g.Sum(r => r.RefundCount), g.Sum(r => r.RefundAmount)))
            .ToArrayAsync(ct);
}
