using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Terminals;

namespace WebWaka.Payments.Collecting;

/// <summary>The one call to Paystack that begins a payment, and what its answer means.</summary>
internal sealed class Initiation(
    PaymentsDb db, PaystackClient paystack, PaystackAccounts accounts, AtTerminal terminal, FollowUp followUp, NobodysEmail emails)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Paystack wants to be left ten seconds before it is asked what became of a charge.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <param name="State">What it makes of the payment; null: it stays on its way.</param>
    private sealed record Beginning(string? State = null, string? Reason = null, bool Sent = true, string? Url = null, PaystackCharge? Charge = null)
    {
        public bool IsPaid => Charge?.Status is "success";
    }

    /// <summary>A problem when Paystack did nothing and a new attempt may be made at once.</summary>
    public async Task<Problem?> Begin(Guid tenant, PaymentRow payment, CreatePayment.Request request, CancellationToken ct)
    {
        var account = await accounts.Of(tenant, ct);
        var (key, split) = (account.KeyOf(payment.Account)!, payment.Account == AccountKinds.Platform ? account.SplitCode : null);
        var asking = Stopwatch.GetTimestamp();
        if (payment.Channel == Channels.Terminal)
        {
            // One customer for each shop: whoever pays at the device is not known.
            var began = await terminal.Begin(tenant, payment, key, emails.Of(tenant), split, ct);
            await Answered(tenant, payment, Of(began), asking, ct);
            return began.Problem;
        }

        if (payment.Channel == Channels.DedicatedAccount)
        {
            // The number is known already: Paystack has nothing to be asked but whether the customer was faster than the cashier.
            await Answered(tenant, payment, new Beginning(), asking, ct);
            await followUp.Run(tenant, payment.Id, ct);
            return null;
        }

        var amount = PaystackAmount.FromMinor(payment.Amount, payment.Currency);
        var asked = new PaystackPayment(payment.Reference, amount, request.Email ?? emails.Of(payment.SaleId))
        {
            Metadata = new JsonObject { ["sale"] = payment.SaleId.ToString(), ["tender"] = payment.Tender }, SplitCode = split,
        };
        var begun = request.Instrument(payment.ExpiresAt) is { } instrument
            ? Read(await paystack.Charge(key, asked, instrument, ct))
            : Read(await paystack.Initialize(key, asked, channels: null, callback: null, ct));
        await Answered(tenant, payment, begun, asking, ct);
        if (begun.IsPaid)
            await followUp.Run(tenant, payment.Id, ct);
        return begun.Sent ? null : Problems.PaystackUnavailable;
    }

    private static Beginning Of(AtTerminal.Begun begun) => begun.Problem is { } problem
        ? new Beginning(PaymentStates.Failed, problem.Detail ?? problem.Title, Sent: false)
        : new Beginning(begun.State, begun.Reason);

    /// <summary>Waits until the request that made the payment has its answer from Paystack.</summary>
    public async Task Begun(Guid tenant, Guid id, TimeSpan atMost, CancellationToken ct)
    {
        var until = db.Now + atMost;
        while (!await db.InTenant(tenant, () => db.Payments.AnyAsync(
            row => row.Id == id && (row.AnsweredAt != null || row.CreatedAt < db.Now - atMost), ct), ct) && db.Now < until)
            await Task.Delay(Poll, db.Clock, ct);
    }

    private async Task Answered(Guid tenant, PaymentRow payment, Beginning begun, long asking, CancellationToken ct)
    {
        PaymentNumbers.Answered(tenant, payment.Channel, asking, begun.State);
        if (await db.InTenant(tenant, () => Save(tenant, payment.Id, begun, ct), ct) && begun.State == PaymentStates.Failed)
            PaymentNumbers.Failed(tenant, payment.Channel);
    }

    /// <returns>Whether it made of the payment what it says.</returns>
    private async Task<bool> Save(Guid tenant, Guid id, Beginning begun, CancellationToken ct)
    {
        var row = await db.LockPayment(tenant, id, ct);
        row.AnsweredAt = db.Now;
        row.AuthorizationUrl = begun.Url;
        if (begun.Charge is { } charge)
        {
            (row.AccountNumber, row.AccountName, row.AccountReference) = (charge.AccountNumber, charge.AccountName, charge.AccountReference);
            (row.Bank, row.UssdCode, row.DisplayText) = (charge.BankName, charge.UssdCode, charge.DisplayText);
            // Paystack keeps an account number for a quarter of an hour at least, whatever was asked.
            if (charge.AccountExpiresAt > row.ExpiresAt)
                row.ExpiresAt = charge.AccountExpiresAt.Value;
        }

        // An event may have been faster than this answer: what it found out stands.
        if (begun.State is null || row.State != PaymentStates.Initiated)
            return false;
        (row.State, row.Reason) = (begun.State, begun.Reason);
        await db.CheckAt(row, begun.State == PaymentStates.Failed ? null : db.Now + Soon, ct);
        return true;
    }

    private static Beginning Read(PaystackOutcome<PaystackCheckout> answer) =>
        answer is PaystackOutcome<PaystackCheckout>.Done { Data: var page } ? new Beginning(Url: page.AuthorizationUrl) : ReadFailure(answer);

    private static Beginning Read(PaystackOutcome<PaystackCharge> answer) => answer switch
    {
        PaystackOutcome<PaystackCharge>.Done { Data: { Status: "failed" or "timeout" } charge } =>
            new Beginning(PaymentStates.Failed, Text.Short(charge.Message ?? "declined"), Charge: charge),
        PaystackOutcome<PaystackCharge>.Done { Data: var charge } => new Beginning(Charge: charge),
        _ => ReadFailure(answer),
    };

    private static Beginning ReadFailure<T>(PaystackOutcome<T> answer) => answer switch
    {
        // Our reference is random: if it is there already, it is from this very call, sent again below us.
        PaystackOutcome<T>.Refused { Error.IsDuplicateReference: true } => new Beginning(PaymentStates.Unknown, "Paystack knows the reference already"),
        PaystackOutcome<T>.Refused { Error.IsUnsupportedCurrency: true } =>
            new Beginning(PaymentStates.Failed, "this Paystack account does not take the currency: enable it in Paystack's dashboard"),
        PaystackOutcome<T>.Refused { Error: var error } => new Beginning(PaymentStates.Failed, Text.Short(error.Message)),
        PaystackOutcome<T>.NotDone { Why: var why } => new Beginning(PaymentStates.Failed, why, Sent: false),
        PaystackOutcome<T>.Unknown { Why: var why } => new Beginning(PaymentStates.Unknown, why),
        _ => throw new InvalidOperationException(answer.GetType().Name),
    };
}

/// <summary>Paystack demands an address; these of our own domain are read by nobody and name nobody.</summary>
internal sealed class NobodysEmail(IConfiguration configuration)
{
    private readonly string _domain = StartSettings.RootDomain(configuration) switch
    {
        var root when root.Contains('.', StringComparison.Ordinal) => root,
        var root => root + ".invalid",
    };

    /// <summary>One for each id, the same each time: at Paystack an address is a customer.</summary>
    public string Of(Guid id) => $"no-reply+{id:N}@{_domain}";

    /// <summary>Of an id that the caller chose: another tenant may choose the same, and is another customer.</summary>
    public string Of(Guid tenant, Guid id) => Of(new Guid(SHA256.HashData([.. tenant.ToByteArray(), .. id.ToByteArray()]).AsSpan(0, 16)));
}

internal static class Text
{
    private const int MaxReason = 300;

    /// <summary>
    /// Another's words, as long as we keep them, and never with a card's number: struck before the end is cut off, or what is left of it
    /// would pass for none.
    /// </summary>
    public static string Short(string text)
    {
        var clean = CardNumbers.Struck(text);
        return clean.Length <= MaxReason ? clean : clean[..MaxReason];
    }
}
