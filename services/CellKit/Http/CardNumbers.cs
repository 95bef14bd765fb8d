using System.Text;

namespace WebWaka.CellKit;

/// <summary>
/// A card's number must not be kept anywhere, and a tired cashier types it where the slip's reference belongs. Found by what
/// schemes give: 13 to 19 digits, perhaps in groups, of a known first digit and length, with Luhn's check digit.
/// </summary>
public static class CardNumbers
{
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

    private static (int First, int End)? Find(string? text, int from)
    {
        if (text is null)
            return null;
        Span<int> digits = stackalloc int[20];
        var (count, first) = (0, 0);
        for (var i = from; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                // A longer run than any card has is something else, say the session of a bank transfer.
                first = count == 0 ? i : first;
                if (count < digits.Length)
                    digits[count++] = text[i] - '0';
                continue;
            }

            var grouped = i > 0 && i < text.Length - 1 && text[i] is ' ' or '-' && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]);
            if (grouped)
                continue;
            if (IsCard(digits[..count]))
                return (first, i);
            count = 0;
        }

        return null;
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
