using System.Text;

namespace WebWaka.CellKit;

/// <summary>
/// A card's number must not be kept anywhere, and a tired cashier types it where the slip's reference belongs. Found by what
/// schemes give: 13 to 19 digits, perhaps in groups, of a known first digit and length, with Luhn's check digit.
/// </summary>
public static class CardNumbers
{
    private const int MostDigits = 19;
    private const int IdLength = 36;
    private const int HexLength = 32;

    public static bool In(string? text) => Find(text, from: 0) is not null;

    /// <summary>The text with each card's number struck out: for others' words, which we keep and cannot refuse.</summary>
    public static string Struck(string text)
    {
        if (!In(text))
            return text;
        var clean = new StringBuilder(text);
        for (var at = Find(text, 0); at is var (first, end); at = Find(text, end))
        {
            for (var i = first; i < end; i++)
                clean[i] = char.IsAsciiDigit(clean[i]) ? '*' : clean[i];
        }

        return clean.ToString();
    }

    /// <summary>
    /// The first card's number from there on. Groups of digits that follow each other with one space or hyphen between them may be one
    /// number, and what is beside it, say its month of expiry or a till's number, may be digits too: each row of whole groups is tried.
    /// </summary>
    private static (int First, int End)? Find(string? text, int from)
    {
        Span<int> digits = stackalloc int[MostDigits];
        for (var first = from; first < text?.Length; first++)
        {
            if (IdAt(text, first) is > 0 and var length)
            {
                first += length - 1;
                continue;
            }

            if (!char.IsAsciiDigit(text[first]) || first > from && char.IsAsciiDigit(text[first - 1]))
                continue;
            var count = 0;
            for (var i = first; i < text.Length && count < MostDigits; i++)
            {
                if (char.IsAsciiDigit(text[i]))
                {
                    digits[count++] = text[i] - '0';
                    var ends = i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]);
                    if (ends && IsCard(digits[..count]))
                        return (first, i + 1);
                }
                else if (text[i] is not (' ' or '-') || i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]))
                {
                    break;
                }
            }
        }

        return null;
    }

    /// <summary>The length of an id there, with its hyphens or without: it may be digits for long stretches, and is no card.</summary>
    private static int IdAt(string text, int at)
    {
        if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
            return 0;
        if (at + IdLength <= text.Length && text[at + 8] == '-' && Guid.TryParseExact(text.AsSpan(at, IdLength), "D", out _))
            return IdLength;
        var ends = at + HexLength == text.Length || at + HexLength < text.Length && !char.IsAsciiLetterOrDigit(text[at + HexLength]);
        return ends && Guid.TryParseExact(text.AsSpan(at, HexLength), "N", out _) ? HexLength : 0;
    }

    private static bool IsCard(ReadOnlySpan<int> digits) => digits.Length switch
    {
        13 => digits[0] == 4 && HasLuhnDigit(digits),
        14 or 15 => digits[0] == 3 && HasLuhnDigit(digits),
        >= 16 and <= 19 => digits[0] is >= 2 and <= 6 && HasLuhnDigit(digits),
        _ => false,
    };

    private static bool HasLuhnDigit(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var fromEnd = 0; fromEnd < digits.Length; fromEnd++)
        {
            var digit = digits[^(fromEnd + 1)] * (fromEnd % 2 + 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }
}
