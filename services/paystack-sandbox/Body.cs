using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// A request's members, from JSON or from a flat form. A body that cannot be read has no members, so the first required one is
/// what is reported missing.
/// </summary>
internal sealed class Body(JsonObject members)
{
    public JsonNode? this[string name] => members[name];

    public JsonObject? Object(string name) => members[name] as JsonObject;

    /// <summary>The member as text: a number is as good as its digits, an empty string as good as none.</summary>
    public string? Text(string name) => Text(members, name);

    public static string? Text(JsonObject of, string name) =>
        of[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
            && value.ToString() is { Length: > 0 } text ? text : null;

    public bool Flag(string name) => members[name]?.GetValueKind() is JsonValueKind.True;

    /// <summary>An amount in subunits as Paystack reads it: 100, "100" and 100.0 are the same; a fraction is refused.</summary>
    /// <returns>Null when there is none; otherwise the amount, or why it is refused.</returns>
    public (long Amount, Answer? Refusal)? Amount(string name)
    {
        if (members[name] is null || Text(name) is not { } text)
            return members[name] is null ? null : (0, Refusals.AmountNotInteger());
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) || amount != decimal.Truncate(amount))
            return (0, Refusals.AmountNotInteger());
        // "100.50" was seen refused; what a string does with ".00" was not seen, so only digits pass as text.
        if (members[name]!.GetValueKind() is JsonValueKind.String && text.Contains('.'))
            return (0, Refusals.AmountNotInteger());
        return amount is <= 0 or > 999_999_999_999_999 ? (0, Refusals.AmountInvalid()) : ((long)amount, null);
    }

    public static async ValueTask<Body?> BindAsync(HttpContext context)
    {
        if (context.Request.HasFormContentType)
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            return new Body(new JsonObject(form.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.ToString()))));
        }
        try
        {
            return new Body(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject ?? []);
        }
        catch (JsonException)
        {
            return new Body([]);
        }
    }
}
