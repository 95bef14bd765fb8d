using System.Text.Json;

namespace WebWaka.Payments.Paystack;

/// <summary>
/// An event's body. It is a poke, not a truth: whoever acts on it fetches the transaction or the refunds first. Unknown names
/// parse as well.
/// </summary>
internal sealed record PaystackEvent(string Name, JsonElement Data)
{
    public const string ChargeSuccess = "charge.success";
    public const string TransferRejected = "bank.transfer.rejected";

    /// <summary>The id of the event's subject. Refund events have none but in needs-attention, and events themselves never.</summary>
    public ulong? SubjectId => Name is TransferRejected ? Data.Object("bank_transfer")?.Id("transaction_id") : Data.Id("id");

    /// <summary>The reference of the transaction it is about, or the code of its payment request, where it says one.</summary>
    public string? TransactionReference => Data.Text("transaction_reference")
        ?? Data.Object("transaction")?.Text("reference")
        ?? (Name.StartsWith("charge.", StringComparison.Ordinal) ? Data.Text("reference") : null)
        ?? Data.Text("request_code") ?? Data.Text("invoice_code");

    /// <summary>"test" or "live".</summary>
    public string? Domain => Data.Text("domain") ?? Data.Object("customer")?.Text("domain");

    public PaystackTransaction? Transaction => Name is ChargeSuccess ? PaystackTransaction.Read(Data) : null;

    /// <returns>Null if the body is not an event: not JSON, or without a name.</returns>
    public static PaystackEvent? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var root = JsonElement.ParseValue(ref reader);
            return root.Text("event") is { } name && root.TryGetProperty("data", out var data) ? new PaystackEvent(name, data) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
