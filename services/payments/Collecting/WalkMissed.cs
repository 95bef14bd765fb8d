using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Webhooks;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Walks everything that succeeded at Paystack in the last hours and grants what was not: events that never came, payments that we had
/// given up. What no payment of ours asked for is put before a person.
/// </summary>
internal sealed class WalkMissed(
    PaymentsDb db, PaystackClient paystack, PaymentDirectory directory, WebhookInbox inbox, FollowUp followUp, RefundCalls refunds, PaymentsOptions options)
{
    /// <param name="door">The tenant whose own key it is; empty: the platform's.</param>
    /// <returns>False when Paystack could not be asked for all of it.</returns>
    public async Task<bool> Run(Guid door, PaystackKey key, CancellationToken ct)
    {
        var (from, to) = (db.Now - options.WalkBack, db.Now);
        for (var page = 1; ; page++)
        {
            if (await paystack.ListTransactions(key, from, to, "success", page, ct)
                is not PaystackOutcome<PaystackPage<PaystackTransaction>>.Done { Data: var rows })
                return false;
            foreach (var found in rows.Items)
                await Grant(door, key, found, ct);
            if (page >= rows.PageCount)
                return rows.Unreadable == 0;
        }
    }

    /// <summary>Refunds that somebody made at Paystack and whose event never came.</summary>
    public async Task<bool> RunRefunds(Guid door, PaystackKey key, CancellationToken ct)
    {
        var (from, to, all) = (db.Now - options.WalkBack, db.Now, true);
        for (var page = 1; ; page++)
        {
            if (await paystack.ListRefunds(key, from, to, page, ct) is not PaystackOutcome<PaystackPage<PaystackRefund>>.Done { Data: var rows })
                return false;
            foreach (var transaction in rows.Items.Where(RefundCalls.IsAnothers).Select(refund => refund.TransactionId).OfType<ulong>().Distinct())
                all &= await Adopt(door, key, transaction, ct);
            if (page >= rows.PageCount)
                return all && rows.Unreadable == 0;
        }
    }

    /// <summary>A refund names its transaction by number only, and what we know of all tenants' payments is their references.</summary>
    private async Task<bool> Adopt(Guid door, PaystackKey key, ulong transaction, CancellationToken ct)
    {
        var answer = await paystack.GetTransaction(key, transaction, ct);
        if (answer is not PaystackOutcome<PaystackTransaction>.Done { Data: var found })
            return answer is PaystackOutcome<PaystackTransaction>.Refused;
        return await directory.Find(found.Reference, ct) is not { } payment || door != Guid.Empty && door != payment.TenantId
            || await refunds.Adopt(payment.TenantId, payment.PaymentId, key, ct);
    }

    private async Task Grant(Guid door, PaystackKey key, PaystackTransaction found, CancellationToken ct)
    {
        var payment = await directory.Find(found.Reference, ct);
        if (payment is null && found.Place is { } place)
        {
            foreach (var waiting in await directory.At(place, ct))
            {
                if (door == Guid.Empty || door == waiting.TenantId)
                    await followUp.Run(waiting.TenantId, waiting.PaymentId, ct);
            }

            payment = await directory.Find(found.Reference, ct);
        }

        if (payment is null || door != Guid.Empty && door != payment.TenantId)
            await inbox.StoreUnclaimed(door, key.Domain, found, ct);
        else if (await db.InTenant(payment.TenantId, () => db.Payments.AnyAsync(
            row => row.Id == payment.PaymentId && row.State != PaymentStates.Settled && row.State != PaymentStates.NeedsReview, ct), ct))
            await followUp.Run(payment.TenantId, payment.PaymentId, ct);
    }
}
