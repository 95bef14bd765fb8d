using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Payments;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Loyalty;
using WebWaka.Transaction.Shifts;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// Money that has come is given to its tender. When it was the last one awaited, the sale is completed: it gets its number and
/// is told to the other Cells. Money that the sale cannot take any more is kept for a person to decide on.
/// </summary>
internal static class SettlePayment
{
    /// <returns>False: there is no such sale here, and nothing was done.</returns>
    public static async Task<bool> Apply(TransactionDb db, Guid tenant, PaymentSettled e, CancellationToken ct)
    {
        // The till's row before the sale's, in the order of every other writer.
        if (await db.Sales.AsNoTracking().Where(row => row.Id == e.SaleId).Select(row => (Guid?)row.TillId).SingleOrDefaultAsync(ct) is not { } tillId)
            return false;
        var till = await db.TillStates.FromSql($"SELECT * FROM till_state WHERE tenant_id = {tenant} AND till_id = {tillId} FOR UPDATE").SingleAsync(ct);
        var sale = await db.Sales.FromSql($"SELECT * FROM sale WHERE tenant_id = {tenant} AND id = {e.SaleId} FOR UPDATE").SingleAsync(ct);
        var tenders = await db.PendingTenders.Where(row => row.SaleId == e.SaleId).ToListAsync(ct);
        var tender = tenders.Find(row => row.Tender == e.Tender);
        if (tender?.PaymentId == e.PaymentId)
            return true;
        if (Unfit(sale, tender, e) is { } reason)
        {
            await Keep(db, e, reason, ct);
            return true;
        }

        (tender!.PaymentId, tender.Reference, tender.SettledAt) = (e.PaymentId, e.Reference, e.PaidAt);
        if (tenders.TrueForAll(row => row.SettledAt is not null))
            await Points.Earn(db, Complete(db, sale, till, tenders), ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>Puts the payment before a person, once.</summary>
    public static async Task Keep(TransactionDb db, PaymentSettled e, string reason, CancellationToken ct)
    {
        if (await db.LatePayments.AnyAsync(row => row.PaymentId == e.PaymentId, ct))
            return;
        db.Add(new LatePaymentRow
        {
            PaymentId = e.PaymentId, SaleId = e.SaleId, Tender = e.Tender, Amount = e.Amount, Currency = e.Currency, Reference = e.Reference,
            Reason = reason, At = db.Now,
        });
        db.Publish(new PaymentNotApplied(e.PaymentId, e.SaleId, e.Tender, e.Amount, e.Currency, reason, db.Now));
        await db.SaveChangesAsync(ct);
    }

    private static string? Unfit(SaleRow sale, PendingTenderRow? tender, PaymentSettled e) =>
        sale.State == SaleStates.Voided ? "the sale was given up before the money came"
        : tender is null || tender.SettledAt is not null ? "the tender has been paid already"
        : tender.Amount != e.Amount || tender.Currency != e.Currency ? "another amount or currency than the tender's"
        : null;

    /// <summary>The sale counts in the shift that is open at its till now, and in its own when none is.</summary>
    private static SaleCompleted Complete(TransactionDb db, SaleRow sale, TillStateRow till, List<PendingTenderRow> paid)
    {
        till.SaleSeq++;
        till.LastNumber = $"{till.Code}{till.SaleSeq:00000000}";
        var draft = JsonSerializer.Deserialize<SaleCompleted>(sale.Document, Json.Tolerant)!;
        var document = draft with
        {
            Number = till.LastNumber,
            ShiftId = till.ShiftId ?? sale.ShiftId,
            CompletedAt = db.Now,
            Tenders = Array.ConvertAll(draft.Tenders, t => paid.Find(row => row.Tender == t.Tender) is { } row ? t with { Reference = row.Reference } : t),
        };
        sale.State = SaleStates.Completed;
        sale.Number = document.Number;
        sale.Seq = till.SaleSeq;
        sale.ShiftId = document.ShiftId;
        sale.At = document.CompletedAt;
        sale.Document = JsonSerializer.Serialize(document, Json.Options);
        db.Commits = CommitPoints.Settled;
        db.Publish(document);
        return document;
    }
}
