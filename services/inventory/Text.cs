namespace WebWaka.Inventory;

/// <summary>What a text from outside must be before it is stored.</summary>
internal static class Text
{
    /// <summary>What is wrong with the text, or null. Lengths are in UTF-16 units, after trimming.</summary>
    public static string? Fault(string? text, int max, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(text))
            return required ? "is required" : null;
        if (text.Trim().Length > max)
            return $"at most {max} characters";
        return text.Any(char.IsControl) || !IsWellFormed(text) ? "no control characters" : null;
    }

    /// <summary>The text trimmed, or null when nothing is left of it.</summary>
    public static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Half a surrogate pair is no character: PostgreSQL would refuse it.</summary>
    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
