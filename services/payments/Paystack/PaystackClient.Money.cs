using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Payments.Paystack;

/// <summary>Subaccounts and splits, disputes, settlements.</summary>
internal sealed partial class PaystackClient
{
    /// <summary>Where a tenant's share is paid out. The percentage is what the main account keeps.</summary>
    public Task<PaystackOutcome<string>> CreateSubaccount(
        PaystackKey key, string name, string bank, string accountNumber, int percentKept, CancellationToken ct) =>
        transport.Write(key, "subaccount", new JsonObject
        {
            ["business_name"] = name, ["settlement_bank"] = bank, ["bank_code"] = bank, ["account_number"] = accountNumber,
            ["percentage_charge"] = percentKept,
        }, data => data.Text("subaccount_code"), ct);

    /// <summary>How payments are shared with one subaccount, which bears Paystack's fee.</summary>
    public Task<PaystackOutcome<string>> CreateSplit(
        PaystackKey key, string name, string currency, string subaccount, int percent, CancellationToken ct) =>
        transport.Write(key, "split", new JsonObject
        {
            ["name"] = name, ["type"] = "percentage", ["currency"] = currency, ["bearer_type"] = "subaccount", ["bearer_subaccount"] = subaccount,
            ["subaccounts"] = new JsonArray(new JsonObject { ["subaccount"] = subaccount, ["share"] = percent }),
        }, data => data.Text("split_code"), ct);

    public Task<PaystackOutcome<PaystackDispute>> GetDispute(PaystackKey key, ulong id, CancellationToken ct) =>
        transport.Read(key, string.Create(CultureInfo.InvariantCulture, $"dispute/{id}"), PaystackDispute.Read, ct);

    /// <summary>The merchant's answer: <c>merchant-accepted</c> gives the money back, <c>declined</c> keeps it.</summary>
    public Task<PaystackOutcome<JsonBox>> ResolveDispute(
        PaystackKey key, ulong id, string resolution, string message, PaystackAmount amount, CancellationToken ct) =>
        transport.Do(key, HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"dispute/{id}/resolve"), new JsonObject
        {
            ["resolution"] = resolution, ["message"] = message, ["refund_amount"] = amount.Subunits, ["uploaded_filename"] = "",
        }, ct);

    /// <summary>Payouts, newest first. <paramref name="subaccount"/> null: the main account's.</summary>
    public Task<PaystackOutcome<PaystackPage<PaystackSettlement>>> ListSettlements(
        PaystackKey key, string? subaccount, DateTimeOffset from, int page, CancellationToken ct) =>
        transport.ReadPage(
            key, $"settlement?perPage=100&page={page}&from={Moment(from)}&subaccount={Uri.EscapeDataString(subaccount ?? "none")}",
            PaystackSettlement.Read, ct);

    public Task<PaystackOutcome<PaystackPage<PaystackTransaction>>> ListSettled(PaystackKey key, ulong settlement, int page, CancellationToken ct) =>
        transport.ReadPage(
            key, string.Create(CultureInfo.InvariantCulture, $"settlement/{settlement}/transactions?perPage=100&page={page}"), PaystackTransaction.Read, ct);
}

/// <summary>An answer whose members nobody needs, or one member alone.</summary>
internal sealed record JsonBox(JsonElement Data);

/// <summary>A dispute as events and reads give it.</summary>
internal sealed record PaystackDispute(
    ulong Id, string Reference, PaystackAmount Amount, string Status, string? Resolution, DateTimeOffset? DueAt, DateTimeOffset? ResolvedAt)
{
    public static PaystackDispute? Read(JsonElement data) =>
        data.Id("id") is { } id && data.Text("status") is { } status && data.Whole("refund_amount") is { } amount && data.Text("currency") is { } currency
            && data.Object("transaction")?.Text("reference") is { } reference
            ? new PaystackDispute(
                id, reference, PaystackAmount.Reported(amount, currency), status, data.Text("resolution"), data.Moment("dueAt"), data.Moment("resolvedAt"))
            : null;
}

/// <summary>A payout: gross less fees less what was taken back is what came to the bank. In subunits.</summary>
internal sealed record PaystackSettlement(ulong Id, string Status, string Currency, long Gross, long Fees, long Net, DateTimeOffset? At)
{
    public static PaystackSettlement? Read(JsonElement data) =>
        data.Id("id") is { } id && data.Text("status") is { } status && data.Text("currency") is { } currency
            && data.Whole("total_processed") is { } gross && data.Whole("total_amount") is { } net
            ? new PaystackSettlement(
                id, status, currency, gross, data.Whole("total_fees") ?? 0, net, data.Moment("settlement_date") ?? data.Moment("createdAt"))
            : null;
}
