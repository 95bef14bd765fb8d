using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Payments;
using WebWaka.Payments.Core;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Brings one payment to where Paystack says it is: the same for a webhook, which is a poke and not a truth, and for the sweep.
/// Safe to run at any time, any number of times, at once.
/// </summary>
internal sealed class FollowUp(PaymentsDb db, PaystackClient paystack, PaystackAccount account, PaymentsOptions options, RefundCalls refunds)
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromHours(1);

    /// <returns>False when Paystack could not be asked: try again later.</returns>
    public async Task<bool> Run(Guid tenant, Guid id, CancellationToken ct)
    {
        var payment = await db.InTenant(tenant, () => db.Payments.AsNoTracking().SingleAsync(row => row.Id == id, ct), ct);
        var asked = payment.State is PaymentStates.Settled or PaymentStates.NeedsReview || await Confirm(tenant, payment, ct);
        await refunds.Advance(tenant, id, ct);
        await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, id, ct);
            var nextRefund = await RefundCalls.NextCheck(db, id, db.Now, ct);
            await db.CheckAt(row, Earliest(NextCheck(row), nextRefund), ct);
            return row.State;
        }, ct);
        return asked;
    }

    private async Task<bool> Confirm(Guid tenant, PaymentRow payment, CancellationToken ct)
    {
        var answer = await paystack.Verify(account.MustKey, payment.Reference, ct);
        var row = await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, payment.Id, ct);
            if (Judging.Of(row, answer, db.Now, options) is { } verdict)
                Apply(row, verdict);
            return row;
        }, ct);
        if (row.State != payment.State)
            PaymentNumbers.Ended(tenant, row, db.Now);
        return answer is PaystackOutcome<PaystackTransaction>.Done or PaystackOutcome<PaystackTransaction>.Refused;
    }

    private void Apply(PaymentRow row, Verdict verdict)
    {
        (row.State, row.Reason) = (verdict.State, verdict.Reason);
        if (verdict.Paid is not { } paid)
            return;
        (row.SettledAt, row.TransactionId, row.PaidBy) = (paid.PaidAt ?? db.Now, paid.Id, paid.Channel);
        db.LedgerEntries.AddRange(Journals.OfPayment(row, paid, db.Now));
        if (verdict.State == PaymentStates.Settled)
            db.Publish(new PaymentSettled(
                row.Id, row.SaleId, row.Tender, row.Amount, row.Currency, row.Reference, row.PaidBy ?? row.Channel, row.SettledAt.Value));
    }

    /// <summary>Often at first, then less; after its end hourly, since a page left open may be paid late; then never.</summary>
    private DateTimeOffset? NextCheck(PaymentRow row)
    {
        var age = db.Now - row.CreatedAt;
        return row.State switch
        {
            PaymentStates.Initiated or PaymentStates.Unknown => db.Now + (age / 10 > options.SweepAfter ? age / 10 : options.SweepAfter),
            PaymentStates.Abandoned when db.Now < row.ExpiresAt + options.WatchAfterEnd => db.Now + WatchEvery,
            _ => null,
        };
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
