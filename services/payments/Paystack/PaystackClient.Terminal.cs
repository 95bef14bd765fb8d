using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Payments.Paystack;

/// <summary>Terminals: a payment request that is pushed to a device. A push that was taken is not yet shown.</summary>
internal sealed partial class PaystackClient
{
    /// <summary>One customer for each address, however often it is asked for.</summary>
    public Task<PaystackOutcome<string>> CreateCustomer(PaystackKey key, string email, CancellationToken ct) =>
        transport.Write(key, "customer", new JsonObject { ["email"] = email }, data => data.Text("customer_code"), ct);

    public Task<PaystackOutcome<PaystackInvoice>> CreateInvoice(
        PaystackKey key, string customer, PaystackAmount amount, string description, string? split, CancellationToken ct)
    {
        var body = new JsonObject
        {
            ["customer"] = customer, ["amount"] = amount.Subunits, ["currency"] = amount.Currency, ["description"] = description,
            ["send_notification"] = false,
        };
        body.Put("split_code", split);
        return transport.Write(key, "paymentrequest", body, PaystackInvoice.Read, ct);
    }

    public Task<PaystackOutcome<PaystackInvoice>> VerifyInvoice(PaystackKey key, string code, CancellationToken ct) =>
        transport.Read(key, "paymentrequest/verify/" + Uri.EscapeDataString(code), PaystackInvoice.Read, ct);

    /// <summary>What is archived cannot be paid any more.</summary>
    public Task<PaystackOutcome<JsonBox>> ArchiveInvoice(PaystackKey key, ulong id, CancellationToken ct) =>
        transport.Do(key, HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"paymentrequest/archive/{id}"), [], ct);

    public Task<PaystackOutcome<PaystackPresence>> GetPresence(PaystackKey key, string terminal, CancellationToken ct) =>
        transport.Read(key, $"terminal/{Uri.EscapeDataString(terminal)}/presence",
            data => new PaystackPresence(data.Flag("online") is true, data.Flag("available") is true), ct);

    /// <summary>The id of the push, by which its delivery is asked.</summary>
    public Task<PaystackOutcome<string>> Push(PaystackKey key, string terminal, ulong invoice, string offlineReference, CancellationToken ct) =>
        transport.Write(key, $"terminal/{Uri.EscapeDataString(terminal)}/event", new JsonObject
        {
            ["type"] = "invoice", ["action"] = "process", ["data"] = new JsonObject { ["id"] = invoice, ["reference"] = offlineReference },
        }, data => data.Text("id"), ct);

    public Task<PaystackOutcome<JsonBox>> GetPush(PaystackKey key, string terminal, string push, CancellationToken ct) =>
        transport.Read(key, $"terminal/{Uri.EscapeDataString(terminal)}/event/{Uri.EscapeDataString(push)}", data => new JsonBox(data.Clone()), ct);

    /// <summary>What was paid at a device since then.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackTransaction>>> ListAtTerminal(
        PaystackKey key, string terminal, DateTimeOffset since, CancellationToken ct) =>
        transport.ReadPage(
            key, $"transaction?perPage=100&page=1&status=success&channel=pos&from={Moment(since)}&terminalid={Uri.EscapeDataString(terminal)}",
            PaystackTransaction.Read, ct);
}

internal sealed record PaystackPresence(bool Online, bool Available);

/// <summary>A payment request as creation and verify give it.</summary>
internal sealed record PaystackInvoice(
    ulong Id, string Code, string OfflineReference, PaystackAmount Amount, string Status, bool Paid, DateTimeOffset? PaidAt)
{
    public static PaystackInvoice? Read(JsonElement data) =>
        data.Id("id") is { } id && data.Text("request_code") is { } code && data.Text("offline_reference") is { } reference
            && data.Whole("amount") is { } amount && data.Text("currency") is { } currency && data.Text("status") is { } status
            ? new PaystackInvoice(id, code, reference, PaystackAmount.Reported(amount, currency), status, data.Flag("paid") is true, data.Moment("paid_at"))
            : null;
}
