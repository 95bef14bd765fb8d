using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Payments.Paystack;

/// <summary>
/// Paystack's API, one method a call. A write is sent once: when its answer does not come the outcome is
/// <see cref="PaystackOutcome{T}.Unknown"/>, and it is for the caller to look what happened. Once begun a write ignores its caller's
/// cancellation, because a till that hangs up does not undo a charge.
/// </summary>
internal sealed partial class PaystackClient(PaystackTransport transport)
{
    /// <summary>Opens a checkout page for a payment.</summary>
    public Task<PaystackOutcome<PaystackCheckout>> Initialize(
        PaystackKey key, PaystackPayment payment, IReadOnlyCollection<string>? channels, Uri? callback, CancellationToken ct)
    {
        var body = payment.ToJson();
        body.Put("channels", channels is null ? null : new JsonArray([.. channels.Select(c => (JsonNode)c)]));
        body.Put("callback_url", callback?.AbsoluteUri);
        return transport.Write(key, "transaction/initialize", body, data =>
            data.Text("authorization_url") is { } url && data.Text("access_code") is { } code
                ? new PaystackCheckout(url, code, data.Text("reference") ?? payment.Reference)
                : null, ct);
    }

    /// <summary>The state of a payment. This, not an event and not a redirect, is what value is given on.</summary>
    public Task<PaystackOutcome<PaystackTransaction>> Verify(PaystackKey key, string reference, CancellationToken ct) =>
        transport.Read(key, "transaction/verify/" + Uri.EscapeDataString(reference), PaystackTransaction.Read, ct);

    public Task<PaystackOutcome<PaystackTransaction>> GetTransaction(PaystackKey key, ulong id, CancellationToken ct) =>
        transport.Read(key, string.Create(CultureInfo.InvariantCulture, $"transaction/{id}"), PaystackTransaction.Read, ct);

    /// <summary>A page, newest first. <paramref name="status"/> is success, failed, abandoned or reversed; pages count from 1.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackTransaction>>> ListTransactions(
        PaystackKey key, DateTimeOffset from, DateTimeOffset to, string? status, int page, CancellationToken ct)
    {
        var path = $"transaction?perPage=100&page={page}&from={Moment(from)}&to={Moment(to)}" + (status is null ? "" : "&status=" + status);
        return transport.ReadPage(key, path, PaystackTransaction.Read, ct);
    }

    /// <summary>Whether Paystack takes this key: it is refused if not.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackTransaction>>> Ping(PaystackKey key, CancellationToken ct) =>
        transport.ReadPage(key, "transaction?perPage=1", PaystackTransaction.Read, ct);

    public Task<PaystackOutcome<PaystackCharge>> Charge(
        PaystackKey key, PaystackPayment payment, PaystackInstrument instrument, CancellationToken ct)
    {
        var body = payment.ToJson();
        instrument.AddTo(body);
        return transport.WriteCharge(key, "charge", body, payment.Reference, ct);
    }

    /// <summary>Answers what a charge asks: <paramref name="step"/> is otp, phone or birthday. A wrong answer ends the charge.</summary>
    public Task<PaystackOutcome<PaystackCharge>> Submit(PaystackKey key, string reference, string step, string answer,
        CancellationToken ct) =>
        step is "otp" or "phone" or "birthday"
            ? transport.WriteCharge(key, "charge/submit_" + step, new JsonObject { [step] = answer, ["reference"] = reference },
                reference, ct)
            : throw new ArgumentOutOfRangeException(nameof(step), step, "otp, phone or birthday");

    /// <summary>Not before 10 seconds after the charge.</summary>
    public Task<PaystackOutcome<PaystackCharge>> CheckCharge(PaystackKey key, string reference, CancellationToken ct) =>
        transport.Read(key, "charge/" + Uri.EscapeDataString(reference), data => PaystackCharge.Read(data, reference), ct);

    /// <summary>
    /// Asks for a refund. The amount is always sent: without it Paystack takes the full original, also after a partial refund. There is
    /// no reference of ours and no idempotency: after <see cref="PaystackOutcome{T}.Unknown"/> list the transaction's refunds.
    /// </summary>
    public Task<PaystackOutcome<PaystackRefund>> Refund(
        PaystackKey key, ulong transactionId, PaystackAmount amount, string merchantNote, CancellationToken ct)
    {
        if (amount is not { Subunits: > 0, Currency.Length: 3 })
            throw new ArgumentException("A refund has an amount above 0 and a currency.", nameof(amount));
        return transport.Write(key, "refund", new JsonObject
        {
            ["transaction"] = transactionId, ["amount"] = amount.Subunits, ["currency"] = amount.Currency, ["merchant_note"] = merchantNote,
        }, PaystackRefund.Read, ct);
    }

    /// <summary>Refunds of one transaction, by its number: Paystack finds none by a reference.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackRefund>>> ListRefunds(PaystackKey key, ulong transactionId, int page,
        CancellationToken ct) =>
        transport.ReadPage(key, string.Create(CultureInfo.InvariantCulture, $"refund?transaction={transactionId}&perPage=100&page={page}"),
            PaystackRefund.Read, ct);

    /// <summary>Refunds of all transactions, by when they were made, newest first.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackRefund>>> ListRefunds(
        PaystackKey key, DateTimeOffset from, DateTimeOffset to, int page, CancellationToken ct) =>
        transport.ReadPage(key, $"refund?perPage=100&page={page}&from={Moment(from)}&to={Moment(to)}", PaystackRefund.Read, ct);

    public Task<PaystackOutcome<PaystackRefund>> GetRefund(PaystackKey key, ulong id, CancellationToken ct) =>
        transport.Read(key, string.Create(CultureInfo.InvariantCulture, $"refund/{id}"), PaystackRefund.Read, ct);

    /// <summary>Gives Paystack the customer's bank account for a refund that needs attention. Refused in any other state.</summary>
    public Task<PaystackOutcome<PaystackRefund>> RetryRefund(
        PaystackKey key, ulong id, string currency, string accountNumber, string bankId, CancellationToken ct) =>
        transport.Write(key, string.Create(CultureInfo.InvariantCulture, $"refund/retry_with_customer_details/{id}"), new JsonObject
        {
            ["refund_account_details"] = new JsonObject { ["currency"] = currency, ["account_number"] = accountNumber, ["bank_id"] = bankId },
        }, PaystackRefund.Read, ct);

    static string Moment(DateTimeOffset moment) =>
        Uri.EscapeDataString(moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
