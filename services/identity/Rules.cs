using System.Globalization;
using System.Text.RegularExpressions;
using WebWaka.CellKit;

namespace WebWaka.Identity;

/// <summary>What members of requests must be. Each answers null, or the fault with the member's name.</summary>
internal static partial class Rules
{
    public static Problem? First(params ReadOnlySpan<string?> faults)
    {
        foreach (var fault in faults)
        {
            if (fault is not null)
                return CommonProblems.InvalidRequest.With(fault);
        }

        return null;
    }

    public static string? Text(string member, string? value, int longest, bool optional = false) =>
        value is null ? (optional ? null : $"{member}: required")
        : string.IsNullOrWhiteSpace(value) ? $"{member}: must not be blank"
        : value.Length > longest ? $"{member}: at most {longest} characters"
        : value.Any(char.IsControl) ? $"{member}: no control characters"
        : null;

    /// <summary>The same, where line breaks belong.</summary>
    public static string? Lines(string member, string? value, int longest) => Text(member, value?.Replace('\n', ' '), longest, optional: true);

    public static string? Email(string member, string? value) =>
        Text(member, value, 254) ?? (EmailForm().IsMatch(value!) ? null : $"{member}: not an e-mail address");

    public static string? Password(string member, string? value) =>
        value is null ? $"{member}: required"
        : value.Length < Tokens.Passwords.Shortest ? $"{member}: at least {Tokens.Passwords.Shortest} characters"
        : value.Length > Tokens.Passwords.Longest ? $"{member}: at most {Tokens.Passwords.Longest} characters"
        : null;

    /// <summary>Codes of stores and tills begin receipt numbers, which fiscal authorities want alphanumeric.</summary>
    public static string? Code(string member, string? value) =>
        value is not null && CodeForm().IsMatch(value) ? null : $"{member}: 2 to 6 of A-Z and 0-9";

    public static string? TimeZone(string member, string? value) =>
        value is null || (value.Length <= 60 && value.Contains('/') && TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && zone.HasIanaId)
            ? null
            : $"{member}: not an IANA time zone";

    public static string? TimeOfDay(string member, string? value) =>
        value is null || TimeOnly.TryParseExact(value, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : $"{member}: HH:mm";

    public static string? Currency(string member, string? value) =>
        value is null || Pricing.Currency.TryFind(value, out _) ? null : $"{member}: not an ISO 4217 currency";

    public static string? Permissions(string member, string[] value) =>
        value.Length is > 0 and <= 100 && value.All(CellKit.Permissions.All.Contains) ? null : $"{member}: one or more of the known permissions";

    [GeneratedRegex(@"^[^@\s\p{C}]{1,64}@[^@\s\p{C}.]+(?:\.[^@\s\p{C}.]+)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"^[A-Z0-9]{2,6}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodeForm();
}
