using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Shifts;

namespace WebWaka.Transaction;

/// <summary>What has happened at the tills since a time: shifts, sales, voids, refunds and money that no sale took, as their documents say.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new TransactionDb(ModelOptions.ForOwner<TransactionDb>(connection, TransactionCell.Name), context);
        var shifts = await db.Shifts.AsNoTracking().Where(row => row.TenantId == tenant && (row.OpenedAt >= since || row.ClosedAt >= since))
            .OrderBy(row => row.OpenedAt).ToListAsync();
        foreach (var shift in shifts.Where(row => row.OpenedAt >= since))
            yield return shift.ToOpened();
        // A sale that was voided later had been told as completed before.
        var sales = db.Sales.AsNoTracking().Where(row => row.TenantId == tenant && row.Number != null && row.At >= since);
        await foreach (var document in sales.OrderBy(row => row.At).Select(row => row.Document).AsAsyncEnumerable())
            yield return JsonSerializer.Deserialize<SaleCompleted>(document, Json.Tolerant)!;
        var voids = db.SaleVoids.AsNoTracking().Where(row => row.TenantId == tenant && row.At >= since);
        await foreach (var document in voids.OrderBy(row => row.At).Select(row => row.Document).AsAsyncEnumerable())
            yield return JsonSerializer.Deserialize<SaleVoided>(document, Json.Tolerant)!;
        var refunds = db.Refunds.AsNoTracking().Where(row => row.TenantId == tenant && row.At >= since);
        await foreach (var document in refunds.OrderBy(row => row.At).Select(row => row.Document).AsAsyncEnumerable())
            yield return JsonSerializer.Deserialize<RefundCompleted>(document, Json.Tolerant)!;
        var notApplied = db.LatePayments.AsNoTracking().Where(row => row.TenantId == tenant && row.At >= since);
        await foreach (var late in notApplied.OrderBy(row => row.At).AsAsyncEnumerable())
            yield return new PaymentNotApplied(late.PaymentId, late.SaleId, late.Tender, late.Amount, late.Currency, late.Reason, late.At);
        foreach (var shift in shifts.Where(row => row.ClosedAt >= since))
        {
            var refunded = await db.Refunds.Where(row => row.TenantId == tenant && row.ShiftId == shift.Id).SumAsync(row => row.Cash);
            var moved = db.CashMovements.Where(row => row.TenantId == tenant && row.ShiftId == shift.Id);
            var paidIn = await moved.Where(row => row.Kind == MoveCash.PaidIn).SumAsync(row => row.Amount);
            yield return shift.ToClosed(refunded, paidIn, await moved.SumAsync(row => row.Amount) - paidIn);
        }
    }
}
