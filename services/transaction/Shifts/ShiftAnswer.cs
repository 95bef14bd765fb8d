using Microsoft.EntityFrameworkCore;
using WebWaka.Transaction.Sales;

namespace WebWaka.Transaction.Shifts;

internal static class Limits
{
    /// <summary>No drawer holds more; JavaScript still counts it exactly.</summary>
    public const long MaxCash = 1_000_000_000_000;
}

/// <summary>A shift with its running totals (X report); final once closed (Z report). Minor units of <c>Currency</c>.</summary>
public sealed record ShiftAnswer(
    Guid Id, Guid TillId, Guid StoreId, Guid OpenedBy, DateTimeOffset OpenedAt, string BusinessDate, string Currency, long Float, string Status,
    int Sales, long SalesTotal, int Refunds, long RefundsTotal, long CashSales, long CashRefunds, long PaidIn, long PaidOut, long ExpectedCash,
    DateTimeOffset? ClosedAt, Guid? ClosedBy, int? ZNumber, long? Counted, long? Variance, string? Reason)
{
    internal static ShiftAnswer Of(ShiftRow shift, ShiftTotals totals) => new(
        shift.Id, shift.TillId, shift.StoreId, shift.OpenedBy, shift.OpenedAt, shift.BusinessDate, shift.Currency, shift.Float,
        shift.ClosedAt is null ? "open" : "closed", totals.Sales, totals.SalesTotal, totals.Refunds, totals.RefundsTotal, totals.CashSales, totals.CashRefunds,
        totals.PaidIn, totals.PaidOut, shift.Expected ?? totals.ExpectedOf(shift.Float), shift.ClosedAt, shift.ClosedBy, shift.ZNumber, shift.Counted,
        shift.Counted - shift.Expected, shift.Reason);
}

/// <summary>Sums over a shift's stored figures; nothing is rounded again.</summary>
internal sealed record ShiftTotals(
    int Sales = 0, long SalesTotal = 0, int Refunds = 0, long RefundsTotal = 0, long CashSales = 0, long CashRefunds = 0, long PaidIn = 0, long PaidOut = 0)
{
    public long ExpectedOf(long openingFloat) => checked(openingFloat + CashSales - CashRefunds + PaidIn - PaidOut);

    public static async Task<ShiftTotals> Sum(TransactionDb db, ShiftRow shift, CancellationToken ct)
    {
        var sales = await db.Sales.Where(row => row.ShiftId == shift.Id && row.State == SaleStates.Completed)
            .GroupBy(_ => 1).Select(g => new { Count = g.Count(), Total = g.Sum(row => row.Total), Cash = g.Sum(row => row.Cash) }).SingleOrDefaultAsync(ct);
        var refunds = await db.Refunds.Where(row => row.ShiftId == shift.Id)
            .GroupBy(_ => 1).Select(g => new { Count = g.Count(), Total = g.Sum(row => row.Total), Cash = g.Sum(row => row.Cash) }).SingleOrDefaultAsync(ct);
        var moved = await db.CashMovements.Where(row => row.ShiftId == shift.Id)
            .GroupBy(row => row.Kind == MoveCash.PaidIn).Select(g => new { In = g.Key, Amount = g.Sum(row => row.Amount) }).ToListAsync(ct);
        return new ShiftTotals(
            sales?.Count ?? 0, sales?.Total ?? 0, refunds?.Count ?? 0, refunds?.Total ?? 0, sales?.Cash ?? 0, refunds?.Cash ?? 0,
            moved.Find(m => m.In)?.Amount ?? 0, moved.Find(m => !m.In)?.Amount ?? 0);
    }
}
