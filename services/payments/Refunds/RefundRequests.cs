using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Refunds;

/// <summary>From tenders that give back by Paystack to requests on the payments that took the money.</summary>
internal static class RefundRequests
{
    private const string Paystack = "paystack";

    /// <summary>Never more of a payment than it took, less what was asked back of it before; the rest waits for a person.</summary>
    public static async Task Add(PaymentsDb db, Guid tenant, string kind, Guid source, Guid sale, string currency, SaleTender[] tenders, CancellationToken ct)
    {
        var wanted = Array.FindAll(tenders, tender => tender.Method == Paystack && tender.Amount > 0);
        if (wanted.Length == 0)
            return;
        var payments = await db.Payments
            .FromSql($"SELECT * FROM payment WHERE tenant_id = {tenant} AND sale_id = {sale} AND state = 'settled' ORDER BY id FOR UPDATE").AsNoTracking()
            .ToListAsync(ct);
        var asked = await db.RefundRequests.AsNoTracking().Where(row => row.SaleId == sale && row.PaymentId != null && row.State != RefundStates.Failed)
            .GroupBy(row => row.PaymentId!.Value).Select(group => new { group.Key, Sum = group.Sum(row => row.Amount) })
            .ToDictionaryAsync(sum => sum.Key, sum => sum.Sum, ct);
        var left = payments.ToDictionary(payment => payment.Id, payment => payment.Amount - asked.GetValueOrDefault(payment.Id));
        foreach (var tender in wanted)
        {
            var open = tender.Amount;
            foreach (var payment in payments.OrderByDescending(p => p.Reference == tender.Reference).Where(p => left[p.Id] > 0))
            {
                var part = Math.Min(open, left[payment.Id]);
                if (part <= 0)
                    break;
                (open, left[payment.Id]) = (open - part, left[payment.Id] - part);
                db.Add(Row(payment.Id, part, RefundStates.Queued, reason: null, tender.Tender));
                await db.CheckAt(payment, db.Now, ct);
            }

            if (open > 0)
                db.Add(Row(payment: null, open, RefundStates.NeedsReview, "no payment of this sale has this money", tender.Tender));
        }

        RefundRequestRow Row(Guid? payment, long amount, string state, string? reason, int tender) => new()
        {
            Id = db.NewId(), SourceKind = kind, SourceId = source, SaleId = sale, Tender = tender, PaymentId = payment, Amount = amount, Currency = currency,
            State = state, Reason = reason, CreatedAt = db.Now, NextAt = db.Now,
        };
    }
}
