using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WebWaka.PaystackSandbox;

/// <summary>What initialize and charge have in common, validated in Paystack's order.</summary>
internal sealed partial record PaymentRequest(string Email, long Amount, string Currency, string Reference, JsonNode Metadata,
    string? CallbackUrl, Split? Split)
{
    /// <summary>Call under the integration's gate and keep it until the transaction is saved: the reference is taken then.</summary>
    public static (PaymentRequest? Request, Answer? Refusal) Read(Body body, Integration books)
    {
        if (body.Text("email") is not { } email)
            return (null, Refusals.Missing("Email Address is required"));
        if (!EmailPattern().IsMatch(email))
            return (null, Refusals.InvalidEmail());
        if (body.Amount("amount") is not var (amount, refusal))
            return (null, Refusals.Missing("Amount is required"));
        if (refusal is not null)
            return (null, refusal);
        // Without a currency Paystack charges the integration's default, silently. A caller that forgets it must meet that here.
        var currency = body.Text("currency") ?? books.Switches.DefaultCurrency;
        if (!books.Switches.EnabledCurrencies.Contains(currency))
            return (null, Refusals.UnsupportedCurrency());
        amount = Currencies.Whole(amount, currency);
        if (amount < Currencies.Minimum[currency])
            return (null, Refusals.AmountBelowMinimum(Currencies.Minimum[currency], currency));
        var reference = body.Text("reference") ?? RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);
        if (!ReferencePattern().IsMatch(reference))
            return (null, Refusals.Invalid("Invalid reference: use letters, digits, '-', '.' and '='"));
        if (books.Find(reference) is not null)
            return (null, Refusals.DuplicateReference());
        var (split, unshared) = ReadSplit.OfPayment(body, books, amount, currency);
        return unshared is not null
            ? (null, unshared)
            : (new PaymentRequest(email, amount, currency, reference, ReadMetadata(body["metadata"]), body.Text("callback_url"), split), null);
    }

    public Transaction ToTransaction(Integration books, string entryPoint) => new()
    {
        Id = books.NextId(), Reference = Reference,
        AccessCode = RandomNumberGenerator.GetHexString(15, lowercase: true),
        Customer = books.CustomerOf(Email), RequestedAmount = Amount, Amount = Amount, Currency = Currency,
        EntryPoint = entryPoint, CreatedAt = books.Clock.Now, Metadata = Metadata, CallbackUrl = CallbackUrl, Split = Split,
    };

    // Metadata sent as text keeps its number types; sent as an object its numbers come back as strings; none comes back as "".
    static JsonNode ReadMetadata(JsonNode? sent)
    {
        if (sent?.GetValueKind() is JsonValueKind.String)
        {
            try
            {
                return JsonNode.Parse(sent.GetValue<string>()) as JsonObject ?? sent.DeepClone();
            }
            catch (JsonException)
            {
                return sent.DeepClone();
            }
        }
        return sent is null ? JsonValue.Create("") : WithTextNumbers(sent);
    }

    static JsonNode WithTextNumbers(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : WithTextNumbers(m.Value)))),
        JsonArray a => new JsonArray([.. a.Select(m => m is null ? null : WithTextNumbers(m))]),
        _ when node.GetValueKind() is JsonValueKind.Number => JsonValue.Create(node.ToJsonString()),
        _ => node.DeepClone(),
    };

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$", RegexOptions.ExplicitCapture)]
    private static partial Regex EmailPattern();

    // The underscore is not documented and was seen accepted.
    [GeneratedRegex("^[A-Za-z0-9._=-]{1,100}$", RegexOptions.ExplicitCapture)]
    private static partial Regex ReferencePattern();
}
