using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Refunds;

/// <summary>
/// Asks Paystack for refunds, each once. A call whose outcome is unknown is looked for among the transaction's refunds, by the
/// note we wrote beside it, and made again only when it is certain that it never arrived.
/// </summary>
internal sealed class RefundCalls(PaymentsDb db, PaystackClient paystack, PaymentsOptions options)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    /// <summary>What a call or a look-up found. <c>State</c> null: nothing new.</summary>
    private sealed record Found(string? State, string? Reason = null, ulong? Id = null, TimeSpan? Wait = null);

    /// <summary>Every refund of the payment one step further, as far as there is one.</summary>
    public async Task Advance(Guid tenant, Guid paymentId, PaystackKey key, CancellationToken ct)
    {
        var open = await db.InTenant(tenant, () => db.RefundRequests.AsNoTracking()
            .Where(row => row.PaymentId == paymentId && RefundStates.Open.Contains(row.State)).OrderBy(row => row.Id).ToListAsync(ct), ct);
        if (open.Count == 0)
            return;
        var payment = await db.InTenant(tenant, () => db.Payments.AsNoTracking().SingleAsync(row => row.Id == paymentId, ct), ct);
        foreach (var refund in open)
        {
            var found = refund.State switch
            {
                RefundStates.Queued => await Ask(tenant, refund, payment, key, ct),
                RefundStates.Calling => await LookFor(refund, payment, key, ct),
                _ => Read(await paystack.GetRefund(key, refund.PaystackRefundId!.Value, ct)),
            };
            await db.InTenant(tenant, () => Save(tenant, paymentId, refund.Id, refund.State, found, ct), ct);
        }
    }

    /// <summary>Refunds of the payment that were made at Paystack and by no call of ours: from now on they are followed like ours.</summary>
    /// <returns>False when Paystack could not be asked.</returns>
    public async Task<bool> Adopt(Guid tenant, Guid paymentId, PaystackKey key, CancellationToken ct)
    {
        var payment = await db.InTenant(tenant, () => db.Payments.AsNoTracking().SingleAsync(row => row.Id == paymentId, ct), ct);
        if (payment.TransactionId is not { } transaction)
            return true;
        var made = new List<PaystackRefund>();
        for (var page = 1; ; page++)
        {
            if (await paystack.ListRefunds(key, transaction, page, ct) is not PaystackOutcome<PaystackPage<PaystackRefund>>.Done { Data: var rows })
                return false;
            made.AddRange(rows.Items.Where(IsAnothers));
            if (page >= rows.PageCount)
                break;
        }

        if (made.Count > 0)
            await db.InTenant(tenant, () => Adopt(tenant, paymentId, made, ct), ct);
        return true;
    }

    /// <summary>Whether somebody made it at Paystack. A failed one has moved nothing.</summary>
    public static bool IsAnothers(PaystackRefund refund) =>
        refund.Status is not "failed" && refund.MerchantNote?.StartsWith(RefundRequestRow.NoteStart, StringComparison.Ordinal) is not true;

    private async Task<bool> Adopt(Guid tenant, Guid paymentId, List<PaystackRefund> made, CancellationToken ct)
    {
        var payment = await db.LockPayment(tenant, paymentId, ct);
        var known = await db.RefundRequests.Where(row => row.PaymentId == paymentId && row.PaystackRefundId != null)
            .Select(row => row.PaystackRefundId!.Value).ToListAsync(ct);
        foreach (var refund in made.Where(refund => !known.Contains(refund.Id)))
        {
            var (id, found) = (db.NewId(), Read(refund));
            var row = new RefundRequestRow
            {
                Id = id, SourceKind = Sources.Dashboard, SourceId = id, SaleId = payment.SaleId, Tender = payment.Tender, PaymentId = paymentId,
                Amount = refund.Amount.ToMinorRounded(), Currency = refund.Amount.Currency, State = found.State!, Reason = found.Reason,
                PaystackRefundId = refund.Id, CreatedAt = db.Now, NextAt = db.Now + (found.Wait ?? TimeSpan.Zero),
            };
            db.Add(row);
            if (row.State == RefundStates.Processed)
                db.AddRange(Journals.OfPaystackRefund(row, db.Now));
            else
                await db.CheckAt(payment, db.Now, ct);
        }

        await RefundRequests.OweLess(db, payment, ct);
        return true;
    }

    /// <summary>When the payment's refunds want to be looked at next; null: none is open.</summary>
    public static Task<DateTimeOffset?> NextCheck(PaymentsDb db, Guid paymentId, DateTimeOffset now, CancellationToken ct) => db.RefundRequests
        .Where(row => row.PaymentId == paymentId && RefundStates.Open.Contains(row.State)).MinAsync(row => (DateTimeOffset?)row.NextAt, ct);

    private async Task<Found> Ask(Guid tenant, RefundRequestRow refund, PaymentRow payment, PaystackKey key, CancellationToken ct)
    {
        if (payment.TransactionId is not { } transaction)
            return new Found(RefundStates.NeedsReview, "Paystack has not said which charge it was: give it back in its dashboard");
        if (refund.NextAt > db.Now || !await Claim(tenant, refund.Id, ct))
            return new Found(State: null);
        var answer = await paystack.Refund(key, transaction, PaystackAmount.FromMinor(refund.Amount, refund.Currency), refund.Note, CancellationToken.None);
        return answer switch
        {
            PaystackOutcome<PaystackRefund>.Done { Data: var made } => Read(made),
            // Given back already, by this very request or in the dashboard: the list says by which.
            PaystackOutcome<PaystackRefund>.Refused { Error: { IsAlreadyReversed: true } reversed } =>
                await LookFor(refund, payment, key, ct, anybodys: true) is { State: not (null or RefundStates.Queued) } found
                    ? found
                    : new Found(RefundStates.Failed, reversed.Message),
            PaystackOutcome<PaystackRefund>.Refused { Error: var error } => new Found(RefundStates.Failed, Text.Short(error.Message)),
            PaystackOutcome<PaystackRefund>.NotDone { Why: var why, RetryAfter: var wait } => new Found(RefundStates.Queued, why, Wait: wait ?? Soon),
            _ => new Found(RefundStates.Calling, "Paystack did not answer", Wait: Soon),
        };
    }

    /// <summary>The call is written down before it is made, and by one only.</summary>
    private async Task<bool> Claim(Guid tenant, Guid id, CancellationToken ct) => await db.InTenant(tenant, () => db.RefundRequests
        .Where(row => row.Id == id && row.State == RefundStates.Queued)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RefundStates.Calling)
            .SetProperty(row => row.CalledAt, db.Now).SetProperty(row => row.NextAt, db.Now + Soon), ct), ct) == 1;

    /// <param name="anybodys">Paystack says that nothing is left: one of the same amount that somebody made there is this one.</param>
    private async Task<Found> LookFor(RefundRequestRow refund, PaymentRow payment, PaystackKey key, CancellationToken ct, bool anybodys = false)
    {
        var claimed = anybodys ? await Claimed(refund, ct) : [];
        for (var page = 1; ; page++)
        {
            if (await paystack.ListRefunds(key, payment.TransactionId!.Value, page, ct)
                is not PaystackOutcome<PaystackPage<PaystackRefund>>.Done { Data: var rows })
                return new Found(State: null, Wait: Soon);
            if (rows.Items.FirstOrDefault(row => row.MerchantNote == refund.Note) is { } there)
                return Read(there);
            if (anybodys && rows.Items.FirstOrDefault(row => IsSame(row, refund) && !claimed.Contains(row.Id)) is { } elsewhere)
                return Read(elsewhere) with { Reason = "it was given back at Paystack already" };
            // What cannot be read may be ours: a person looks before anything is asked twice.
            if (rows.Unreadable > 0)
                return new Found(State: null, "a refund at Paystack cannot be read", Wait: Seldom);
            if (page >= rows.PageCount)
                return db.Now - refund.CalledAt >= options.NeverArrivedAfter
                    ? new Found(RefundStates.Queued, "it never reached Paystack")
                    : new Found(State: null, Wait: Soon);
        }
    }

    /// <summary>Those that other requests of the payment are. One of the dashboard that is no request's yet may be this one.</summary>
    private Task<List<ulong>> Claimed(RefundRequestRow refund, CancellationToken ct) => db.InTenant(refund.TenantId, () => db.RefundRequests
        .Where(row => row.PaymentId == refund.PaymentId && row.Id != refund.Id && row.PaystackRefundId != null
            && !(row.SourceKind == Sources.Dashboard && row.SourceId == row.Id))
        .Select(row => row.PaystackRefundId!.Value).ToListAsync(ct), ct);

    private static bool IsSame(PaystackRefund there, RefundRequestRow refund) =>
        there.Amount == PaystackAmount.FromMinor(refund.Amount, refund.Currency) && there.Status is not "failed";

    private static Found Read(PaystackOutcome<PaystackRefund> answer) =>
        answer is PaystackOutcome<PaystackRefund>.Done { Data: var refund } ? Read(refund) : new Found(State: null, Wait: Soon);

    private static Found Read(PaystackRefund refund) => refund.Status switch
    {
        "processed" => new Found(RefundStates.Processed, Id: refund.Id),
        "failed" => new Found(RefundStates.Failed, "Paystack could not give it back", refund.Id),
        "needs-attention" => new Found(RefundStates.NeedsAttention, "Paystack needs the customer's bank details", refund.Id, Seldom),
        _ => new Found(RefundStates.Pending, Id: refund.Id, Wait: Seldom),
    };

    private async Task<bool> Save(Guid tenant, Guid paymentId, Guid id, string seen, Found found, CancellationToken ct)
    {
        // The payment's lock first: one made in the dashboard may be becoming a request's, or be owed no more.
        var payment = await db.LockPayment(tenant, paymentId, ct);
        var row = await RefundRequests.Lock(db, tenant, id, ct);
        // What another has found out meanwhile stands: only the state that this step began from is moved.
        if (row.State != seen && !(seen == RefundStates.Queued && row.State == RefundStates.Calling && found.State is not null))
            return false;
        if (found.Wait is { } wait)
            row.NextAt = db.Now + wait;
        row.Reason = found.Reason ?? (found.State is null ? row.Reason : null);
        if (found.State is not { } state)
            return false;
        if (found.Id is { } there && await db.RefundRequests.SingleOrDefaultAsync(
            other => other.PaymentId == paymentId && other.PaystackRefundId == there && other.Id != id, ct) is { } adopted)
        {
            // Made in the dashboard, and seen there, before we could ask for it: one refund is one row.
            db.Remove(row);
            await db.SaveChangesAsync(ct);
            adopted.BecomeOf(row.SourceId, row.Tender);
            return true;
        }

        (row.State, row.PaystackRefundId) = (state, found.Id ?? row.PaystackRefundId);
        if (state == RefundStates.Processed)
            db.AddRange(Journals.OfPaystackRefund(row, db.Now));
        await RefundRequests.OweLess(db, payment, ct);
        return true;
    }
}
