using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Ledger;

namespace WebWaka.Payments.Refunds;

/// <summary>From tenders that give back by Paystack to requests on the payments that took the money.</summary>
internal static class RefundRequests
{
    private const string Paystack = "paystack";

    /// <summary>Never more of a payment than it took, less what was taken back of it before; the rest waits for a person.</summary>
    public static async Task Add(PaymentsDb db, Guid tenant, string kind, Guid source, Guid sale, string currency, SaleTender[] tenders, CancellationToken ct)
    {
        var wanted = Array.FindAll(tenders, tender => tender.Method == Paystack && tender.Amount > 0);
        if (wanted.Length == 0)
            return;
        var payments = await db.Payments
            .FromSql($"SELECT * FROM payment WHERE tenant_id = {tenant} AND sale_id = {sale} AND state = 'settled' ORDER BY id FOR UPDATE").AsNoTracking()
            .ToListAsync(ct);
        var left = new Dictionary<Guid, long>();
        foreach (var payment in payments)
            left[payment.Id] = payment.NotApplied is null ? await LeftOf(db, payment, ct) : 0;
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

            open -= await TakeOver(tender, open);
            if (open > 0)
                db.Add(Row(payment: null, open, RefundStates.NeedsReview, "no payment of this sale has this money", tender.Tender));
        }

        // Nothing is left where somebody gave it back in the dashboard: that was this, then.
        async Task<long> TakeOver(SaleTender tender, long most)
        {
            var ofSale = payments.Where(payment => payment.NotApplied is null).Select(payment => payment.Id).ToArray();
            if (most == 0 || await db.RefundRequests
                .Where(row => ofSale.Contains(row.PaymentId!.Value) && row.SourceKind == Sources.Dashboard && row.SourceId == row.Id
                    && row.State != RefundStates.Failed && row.Amount <= most)
                .OrderByDescending(row => row.Amount).FirstOrDefaultAsync(ct) is not { } made)
                return 0;
            made.BecomeOf(source, tender.Tender);
            return made.Amount;
        }

        RefundRequestRow Row(Guid? payment, long amount, string state, string? reason, int tender) => new()
        {
            Id = db.NewId(), SourceKind = kind, SourceId = source, SaleId = sale, Tender = tender, PaymentId = payment, Amount = amount, Currency = currency,
            State = state, Reason = reason, CreatedAt = db.Now, NextAt = db.Now,
        };
    }

    /// <summary>All that is left of money that no sale took; null when nothing is. The caller holds the payment's lock.</summary>
    public static async Task<RefundRequestRow?> Return(PaymentsDb db, PaymentRow payment, string reason, CancellationToken ct)
    {
        var left = await LeftOf(db, payment, ct);
        // One that has failed is asked again as itself.
        if (left <= 0 || await db.RefundRequests.AnyAsync(row => row.SourceKind == Sources.Return && row.SourceId == payment.Id, ct))
            return null;
        var row = new RefundRequestRow
        {
            Id = db.NewId(), SourceKind = Sources.Return, SourceId = payment.Id, SaleId = payment.SaleId, Tender = payment.Tender, PaymentId = payment.Id,
            Amount = left, Currency = payment.ReceivedCurrency!, State = RefundStates.Queued, Reason = reason, CreatedAt = db.Now, NextAt = db.Now,
        };
        db.Add(row);
        await db.CheckAt(payment, db.Now, ct);
        return row;
    }

    /// <summary>What came, less refunds that have not failed and disputes that are open or lost.</summary>
    public static async Task<long> LeftOf(PaymentsDb db, PaymentRow payment, CancellationToken ct)
    {
        var refunds = await db.RefundRequests.Where(row => row.PaymentId == payment.Id && row.State != RefundStates.Failed).SumAsync(row => row.Amount, ct);
        var disputes = await db.Disputes.Where(row => row.PaymentId == payment.Id && row.Resolution != "declined").SumAsync(row => row.Amount, ct);
        return checked((payment.Received ?? payment.Amount) - refunds - disputes);
    }

    /// <summary>
    /// What disputes and the dashboard took of money that no sale took is owed to its payer no more, each once, by whichever is known
    /// second. The caller holds the payment's lock.
    /// </summary>
    public static async Task OweLess(PaymentsDb db, PaymentRow payment, CancellationToken ct)
    {
        if (payment is not ({ State: PaymentStates.NeedsReview } or { NotApplied: not null }))
            return;
        await db.SaveChangesAsync(ct);
        var gone = await db.Disputes.Where(row => row.PaymentId == payment.Id && DisputeRow.Lost.Contains(row.Resolution))
            .Select(row => new { row.Id, row.Amount, From = Accounts.DisputesLost }).ToListAsync(ct);
        gone.AddRange(await db.RefundRequests
            .Where(row => row.PaymentId == payment.Id && row.SourceKind == Sources.Dashboard && row.State == RefundStates.Processed)
            .Select(row => new { row.Id, row.Amount, From = Accounts.PaystackClearing }).ToListAsync(ct));
        var ids = gone.ConvertAll(row => row.Id);
        var booked = await db.LedgerEntries
            .Where(row => row.SourceKind == Sources.LessOwed && row.Account == Accounts.Unapplied && ids.Contains(row.SourceId))
            .ToDictionaryAsync(row => row.SourceId, row => row.Amount, ct);
        var returns = await db.RefundRequests
            .Where(row => row.PaymentId == payment.Id && row.SourceKind == Sources.Return && row.State != RefundStates.Failed).SumAsync(row => row.Amount, ct);
        var owed = checked((payment.Received ?? payment.Amount) - returns - booked.Values.Sum());
        foreach (var row in gone.Where(row => !booked.ContainsKey(row.Id)).OrderBy(row => row.Id))
        {
            var part = Math.Clamp(owed, 0, row.Amount);
            if (part > 0)
                db.AddRange(Journals.OfLessOwed(payment, row.Id, row.From, part, db.Now));
            owed -= part;
        }
    }

    public static Task<RefundRequestRow> Lock(PaymentsDb db, Guid tenant, Guid id, CancellationToken ct) =>
        db.RefundRequests.FromSql($"SELECT * FROM refund_request WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE").SingleAsync(ct);
}
