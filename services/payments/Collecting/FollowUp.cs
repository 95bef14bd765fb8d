using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Core;
using WebWaka.Payments.DedicatedAccounts;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Terminals;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Brings one payment to where Paystack says it is: the same for a webhook, which is a poke and not a truth, and for the sweep.
/// Safe to run at any time, any number of times, at once.
/// </summary>
internal sealed class FollowUp(
    PaymentsDb db, PaystackClient paystack, PaystackAccounts accounts, PaymentsOptions options, AtTerminal terminal, AtAccount account,
    RefundCalls refunds, DisputeCalls disputes)
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromSeconds(5);

    /// <returns>False when Paystack could not be asked: try again later.</returns>
    public async Task<bool> Run(Guid tenant, Guid id, CancellationToken ct)
    {
        var payment = await db.InTenant(tenant, () => db.Payments.AsNoTracking().SingleAsync(row => row.Id == id, ct), ct);
        if (await accounts.KeyOf(tenant, payment, ct) is not { } key)
            return false;
        var asked = payment.State is PaymentStates.Settled or PaymentStates.NeedsReview || await Confirm(tenant, payment, key, ct);
        await refunds.Advance(tenant, id, key, ct);
        await disputes.Advance(tenant, id, key, ct);
        await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, id, ct);
            var next = Earliest(NextCheck(row), await RefundCalls.NextCheck(db, id, db.Now, ct));
            await db.CheckAt(row, Earliest(next, await DisputeCalls.NextCheck(db, id, db.Now, ct)), ct);
            return row.State;
        }, ct);
        return asked;
    }

    private async Task<bool> Confirm(Guid tenant, PaymentRow payment, PaystackKey key, CancellationToken ct)
    {
        var answer = payment.Channel switch
        {
            Channels.Terminal => await terminal.Verify(tenant, payment, key, ct),
            Channels.DedicatedAccount => await account.Verify(tenant, payment, key, ct),
            _ => await paystack.Verify(key, payment.Reference, ct),
        };
        var (row, judged) = await db.InTenant(tenant, async () =>
        {
            var row = await db.LockPayment(tenant, payment.Id, ct);
            if (Judging.Of(row, answer, db.Now, options) is not { } verdict)
                return (row, false);
            await Apply(tenant, row, verdict, ct);
            return (row, true);
        }, ct);
        if (judged)
            PaymentNumbers.Ended(tenant, row, db.Now);
        return answer is PaystackOutcome<PaystackTransaction>.Done or PaystackOutcome<PaystackTransaction>.Refused;
    }

    private async Task Apply(Guid tenant, PaymentRow row, Verdict verdict, CancellationToken ct)
    {
        (row.State, row.Reason) = (verdict.State, verdict.Reason);
        if (verdict.Paid is not { } paid)
            return;
        (row.SettledAt, row.TransactionId, row.PaidBy) = (paid.PaidAt ?? db.Now, paid.Id == 0 ? (ulong?)null : paid.Id, paid.Channel);
        (row.Received, row.ReceivedCurrency, row.Notice) = (paid.Amount.ToMinorRounded(), paid.Amount.Currency, null);
        row.Fee = paid.FeeSubunits is { } kept ? PaystackAmount.Reported(kept, paid.Amount.Currency).ToMinorRounded() : 0;
        if (paid.Alias is { } alias)
            await db.EnterAlias(tenant, row, alias, ct);
        db.LedgerEntries.AddRange(Journals.OfPayment(row, paid, db.Now));
        if (verdict.State != PaymentStates.Settled)
            return;
        db.Commits = CommitPoints.Payment;
        db.Publish(row.ToSettled());
    }

    /// <summary>Often at first, then less; after its end hourly, since a page left open may be paid late; then never.</summary>
    private DateTimeOffset? NextCheck(PaymentRow row)
    {
        var age = db.Now - row.CreatedAt;
        var least = row.Channel == Channels.Terminal ? TerminalEvery : options.SweepAfter;
        return row.State switch
        {
            PaymentStates.Initiated or PaymentStates.Unknown => db.Now + (age / 10 > least ? age / 10 : least),
            PaymentStates.Abandoned when db.Now < row.ExpiresAt + options.WatchAfterEnd => db.Now + WatchEvery,
            _ => null,
        };
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
