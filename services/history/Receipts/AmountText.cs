using System.Globalization;
using System.Text.RegularExpressions;

namespace WebWaka.History.Receipts;

/// <summary>How a language groups and points its numbers.</summary>
internal readonly record struct NumberMarks(string Group, string Point)
{
    public static readonly NumberMarks English = new(",", ".");

    /// <summary>A no-break space: a narrow one is missing from most printers' code pages.</summary>
    public static readonly NumberMarks French = new("\u00A0", ",");
}

/// <summary>Integers of minor units as text, by digits alone: no floating point and no rounding takes part.</summary>
internal static partial class AmountText
{
    // Int128 so that every long can also be negated (a discount is printed with the other sign).
    public static string Of(Int128 minor, int exponent, NumberMarks marks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 4);
        var digits = Int128.Abs(minor).ToString(CultureInfo.InvariantCulture);
        return (minor < 0 ? "-" : "") + Pointed(digits, exponent, marks);
    }

    /// <summary>Formats a unit price that may have up to four decimals of a minor unit ("12.3456"); zeros beyond the exponent are left out.</summary>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static string OfUnitPrice(string minor, int exponent, NumberMarks marks)
    {
        var negative = minor.StartsWith('-');
        var parts = minor[(negative ? 1 : 0)..].Split('.');
        var fraction = parts.Length == 2 ? parts[1] : "";
        if (parts.Length > 2 || !IsDigits(parts[0]) || (parts.Length == 2 && !IsDigits(fraction)) || fraction.Length > 4)
            throw new FormatException($"'{minor}' is no unit price.");
        var finer = fraction.TrimEnd('0');
        var whole = parts[0].TrimStart('0');
        return (negative ? "-" : "") + Pointed(whole + finer, exponent + finer.Length, marks);
    }

    /// <summary>A decimal string ("2", "7.5"), also with its unit ("0.750 kg", "3 pcs."), in the marks of the language.</summary>
    public static string OfDecimal(string value, NumberMarks marks) => DecimalPoint().Replace(value, marks.Point);

    [GeneratedRegex(@"(?<=[0-9])\.(?=[0-9])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecimalPoint();

    static string Pointed(string digits, int exponent, NumberMarks marks)
    {
        digits = digits.PadLeft(exponent + 1, '0');
        var whole = Grouped(digits[..^exponent], marks.Group);
        return exponent == 0 ? whole : whole + marks.Point + digits[^exponent..];
    }

    static string Grouped(string digits, string group)
    {
        for (var at = digits.Length - 3; at > 0; at -= 3) digits = digits.Insert(at, group);
        return digits;
    }

    static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
