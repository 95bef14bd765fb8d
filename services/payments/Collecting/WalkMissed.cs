using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Webhooks;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Walks everything that succeeded at Paystack in the last hours and grants what was not: events that never came, payments that we had
/// given up. What no payment of ours asked for is put before a person.
/// </summary>
internal sealed class WalkMissed(
    PaymentsDb db, PaystackClient paystack, PaymentDirectory directory, WebhookInbox inbox, FollowUp followUp, PaymentsOptions options)
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

    private async Task Grant(Guid door, PaystackKey key, PaystackTransaction found, CancellationToken ct)
    {
        var payment = await directory.Find(found.Reference, ct);
        if (payment is null && found.TerminalId is { } terminal)
        {
            foreach (var waiting in await directory.AtTerminal(terminal, ct))
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
