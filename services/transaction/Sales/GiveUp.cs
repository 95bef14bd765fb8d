using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Loyalty;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// Ends a sale that awaits payment. Nobody was told of it, so nobody is told of its end: its claims are released, and money that
/// has come for some of its tenders is put before a person and told back to Payments.
/// </summary>
internal static class GiveUp
{
    /// <param name="sale">Locked by the caller, and awaiting payment.</param>
    public static async Task Apply(TransactionDb db, SaleRow sale, string reason, CancellationToken ct)
    {
        var paid = await db.PendingTenders.Where(row => row.SaleId == sale.Id && row.SettledAt != null).ToListAsync(ct);
        db.AddRange(paid.ConvertAll(tender => new LatePaymentRow
        {
            PaymentId = tender.PaymentId!.Value, SaleId = sale.Id, Tender = tender.Tender, Amount = tender.Amount, Currency = tender.Currency,
            Reference = tender.Reference!, Reason = reason, At = db.Now,
        }));
        foreach (var tender in paid)
            db.Publish(new PaymentNotApplied(tender.PaymentId!.Value, sale.Id, tender.Tender, tender.Amount, tender.Currency, reason, db.Now));
        await Claimed.Release(db, sale.Id, Ending.GivenUp, ct);
        var document = JsonSerializer.Deserialize<SaleCompleted>(sale.Document, Json.Tolerant)!;
        await Claimed.Forget(db, document, ct);
        await Points.TakeBack(db, document, sale.Id, earned: 0, document.Loyalty?.Burned ?? 0, ct);
        sale.State = SaleStates.Voided;
    }
}
