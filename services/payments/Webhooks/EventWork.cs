using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Webhooks;

/// <summary>What became of an event, and whose it was.</summary>
internal sealed record Worked(string State, string? Note = null, Guid? Tenant = null);

/// <summary>
/// Finds which payment an event is about and brings that one up to date. At a shop's own door only the shop's payments are found: another
/// shop's key says nothing about them.
/// </summary>
internal sealed class EventWork(
    WebhookInbox inbox, PaymentDirectory directory, PaystackAccounts accounts, PaystackAccount platform, PaystackClient paystack, PaymentsDb db,
    FollowUp followUp, RefundCalls refunds, DisputeCalls disputes)
{
    private const string CouldNotAsk = "Paystack could not be asked";

    public async Task<Worked> Do(ReceivedEvent e, CancellationToken ct)
    {
        var key = e.Door == Guid.Empty ? platform.Key : (await accounts.Of(e.Door, ct)).Own;
        if (key is null)
            return new Worked(WebhookStates.Received, "there is no key to ask Paystack with");
        if (e is { Name: PaystackEvent.TransferRejected, DataId: { } transaction })
            return await Rejected(e, transaction, key, ct);
        if (e.Reference is null)
            return new Worked(WebhookStates.Done, "of no payment");
        var found = await Find(e, e.Reference, ct);
        if (found is null && e.Place is { } place)
            return await Charged(e, place, ct);
        if (found is null)
            return new Worked(WebhookStates.Orphan, "unknown reference");
        var asked = await followUp.Run(found.TenantId, found.PaymentId, ct);
        if (e.Name.StartsWith("refund.", StringComparison.Ordinal))
            asked &= await refunds.Adopt(found.TenantId, found.PaymentId, key, ct);
        if (e.Name.StartsWith("charge.dispute.", StringComparison.Ordinal) && e.DataId is { } dispute)
            asked &= await disputes.Look(found.TenantId, found.PaymentId, dispute, key, ct) && await followUp.Run(found.TenantId, found.PaymentId, ct);
        return new Worked(asked ? WebhookStates.Done : WebhookStates.Received, asked ? null : CouldNotAsk, found.TenantId);
    }

    /// <summary>A charge at a device or to an account number, under a reference that Paystack made: one of the payments that wait there is its own.</summary>
    private async Task<Worked> Charged(ReceivedEvent e, string place, CancellationToken ct)
    {
        var asked = true;
        foreach (var waiting in await directory.At(place, ct))
        {
            if (e.Door == Guid.Empty || e.Door == waiting.TenantId)
                asked &= await followUp.Run(waiting.TenantId, waiting.PaymentId, ct);
        }

        if (await Find(e, e.Reference!, ct) is { } found)
            return new Worked(WebhookStates.Done, Tenant: found.TenantId);
        return asked ? new Worked(WebhookStates.Orphan, "unknown reference") : new Worked(WebhookStates.Received, CouldNotAsk);
    }

    /// <summary>A transfer of another amount was sent back. The account still waits: the cashier is told.</summary>
    private async Task<Worked> Rejected(ReceivedEvent e, ulong transaction, PaystackKey key, CancellationToken ct)
    {
        var answer = await paystack.GetTransaction(key, transaction, ct);
        if (answer is PaystackOutcome<PaystackTransaction>.Refused)
            return new Worked(WebhookStates.Orphan, "unknown transaction");
        if (answer is not PaystackOutcome<PaystackTransaction>.Done { Data: var asked })
            return new Worked(WebhookStates.Received, CouldNotAsk);
        if (await Find(e, asked.Reference, ct) is not { } found)
            return new Worked(WebhookStates.Orphan, "unknown reference");
        var sent = PaystackEvent.Read(await inbox.Body(e.Id, ct))?.Data.Object("bank_transfer")?.Whole("amount");
        await db.InTenant(found.TenantId, async () =>
        {
            var row = await db.LockPayment(found.TenantId, found.PaymentId, ct);
            if (PaymentStates.IsOpen(row.State))
                row.Notice = $"a transfer of {Minor(sent, row.Currency)} was sent back: it must be exactly {row.Amount}";
            return row.State;
        }, ct);
        return new Worked(WebhookStates.Done, Tenant: found.TenantId);
    }

    private static string Minor(long? subunits, string currency) =>
        subunits is { } amount ? $"{PaystackAmount.Reported(amount, currency).ToMinorRounded()}" : "another amount";

    private async Task<PaymentKey?> Find(ReceivedEvent e, string reference, CancellationToken ct) =>
        await directory.Find(reference, ct) is { } found && (e.Door == Guid.Empty || e.Door == found.TenantId) ? found : null;
}
