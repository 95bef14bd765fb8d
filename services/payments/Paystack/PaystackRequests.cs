using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WebWaka.Payments.Paystack;

/// <summary>
/// One attempt to take money: made once, sent once. <paramref name="Reference"/> is ours, unique for ever and never used again, also
/// after a failure; <paramref name="Metadata"/> is for people who look at the dashboard, never for us.
/// </summary>
internal sealed partial record PaystackPayment(string Reference, PaystackAmount Amount, string Email)
{
    public JsonObject? Metadata { get; init; }

    /// <summary>How it is shared with the tenant's subaccount, when the platform's key is used.</summary>
    public string? SplitCode { get; init; }

    internal JsonObject ToJson()
    {
        if (!ReferencePattern().IsMatch(Reference))
            throw new ArgumentException("A reference has 1 to 50 letters, digits, '-', '.' or '='.", nameof(Reference));
        if (Amount is not { Subunits: > 0, Currency.Length: 3 })
            throw new ArgumentException("A payment has an amount above 0 and a currency.", nameof(Amount));
        var body = new JsonObject
        {
            ["reference"] = Reference, ["amount"] = Amount.Subunits, ["currency"] = Amount.Currency, ["email"] = Email,
        };
        // As text, because numbers in an object come back as strings.
        body.Put("metadata", Metadata?.ToJsonString());
        body.Put("split_code", SplitCode);
        return body;
    }

    [GeneratedRegex("^[A-Za-z0-9.=-]{1,50}$", RegexOptions.ExplicitCapture)]
    private static partial Regex ReferencePattern();
}

/// <summary>
/// What is charged without a page. Cards are not among them: a card's number is for Paystack's own page, never for us.
/// </summary>
internal abstract record PaystackInstrument
{
    PaystackInstrument()
    {
    }

    /// <summary>Providers mtn, atl, vod, mpesa, orange, wave; phone as the country writes it.</summary>
    internal sealed record MobileMoney(string Provider, string Phone) : PaystackInstrument;

    /// <summary>An account number for this payment alone.</summary>
    internal sealed record BankTransfer(DateTimeOffset? ExpiresAt = null) : PaystackInstrument;

    internal sealed record Ussd(string Type) : PaystackInstrument;

    internal sealed record Eft(string Provider) : PaystackInstrument;

    internal sealed record Qr(string Provider) : PaystackInstrument;

    /// <summary>A card the customer let us keep. Only with the email it was made for.</summary>
    internal sealed record SavedAuthorization(string Code) : PaystackInstrument;

    internal void AddTo(JsonObject body)
    {
        var (name, value) = this switch
        {
            MobileMoney m => ("mobile_money", (JsonNode)new JsonObject { ["provider"] = m.Provider, ["phone"] = m.Phone }),
            BankTransfer t => ("bank_transfer",
                new JsonObject { ["account_expires_at"] = t.ExpiresAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") }),
            Ussd u => ("ussd", new JsonObject { ["type"] = u.Type }),
            Eft e => ("eft", new JsonObject { ["provider"] = e.Provider }),
            Qr q => ("qr", new JsonObject { ["provider"] = q.Provider }),
            SavedAuthorization s => ("authorization_code", JsonValue.Create(s.Code)),
            _ => throw new NotSupportedException(GetType().Name),
        };
        body[name] = value;
    }
}

/// <summary>Where the customer pays.</summary>
internal sealed record PaystackCheckout(string AuthorizationUrl, string AccessCode, string Reference);

/// <summary>One page. <paramref name="Unreadable"/> rows are in the page and not in the items: whoever reconciles must see them.</summary>
internal sealed record PaystackPage<T>(IReadOnlyList<T> Items, int Unreadable, long Total, long PageCount);

internal static class JsonObjectExtensions
{
    public static void Put(this JsonObject body, string name, JsonNode? value)
    {
        if (value is not null)
            body[name] = value;
    }
}
