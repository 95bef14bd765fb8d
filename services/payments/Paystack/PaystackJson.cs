using System.Globalization;
using System.Text.Json;

namespace WebWaka.Payments.Paystack;

/// <summary>
/// Reads members whose types drift: amounts as numbers or text, ids beyond 32 bits or as text, objects that are null, "" or 0.
/// What is missing or of another kind is null; nothing here throws on a shape.
/// </summary>
internal static class PaystackJson
{
    public static JsonElement? Object(this JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Object
            ? member : null;

    public static JsonElement? Array(this JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.Array
            ? member : null;

    /// <summary>Null also for the empty string.</summary>
    public static string? Text(this JsonElement of, string name)
    {
        if (of.ValueKind is not JsonValueKind.Object || !of.TryGetProperty(name, out var member))
            return null;
        return member.ValueKind switch
        {
            JsonValueKind.String when member.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        };
    }

    /// <summary>A whole number, also as text and also written 100.0. A fraction is null: no money is guessed.</summary>
    public static long? Whole(this JsonElement of, string name) =>
        decimal.TryParse(of.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    public static ulong? Id(this JsonElement of, string name) =>
        ulong.TryParse(of.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public static DateTimeOffset? Moment(this JsonElement of, string name) =>
        DateTimeOffset.TryParse(of.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment : null;

    public static bool? Flag(this JsonElement of, string name) =>
        of.ValueKind is JsonValueKind.Object && of.TryGetProperty(name, out var member)
            && member.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.GetBoolean()
            : null;
}
