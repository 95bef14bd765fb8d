using System.Globalization;
using System.Text;

namespace WebWaka.History.Receipts;

/// <summary>Text that people typed, made safe to set: columns it takes, where it may break.</summary>
internal static class PlainText
{
    /// <summary>
    /// One line of it: control characters and runs of white space become a space, halves of surrogate pairs become U+FFFD, and marks that
    /// reorder their surroundings go, so that no product name can turn the amount beside it around.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsBidiMark(rune.Value)) continue;
            if (Rune.IsControl(rune) || (Rune.IsWhiteSpace(rune) && rune.Value is not (0xA0 or 0x202F)))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else clean.Append(rune.ToString());
        }
        return clean.ToString().TrimEnd(' ');
    }

    /// <summary>Greedy lines that all <paramref name="fits"/>, broken at spaces, or between graphemes where one word is too long.
    /// Empty text has no line.</summary>
    public static List<string> Wrap(string text, Func<string, bool> fits)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (fits(longer)) { line = longer; continue; }
            if (line.Length > 0) lines.Add(line);
            line = "";
            foreach (var grapheme in Graphemes(word))
            {
                if (line.Length > 0 && !fits(line + grapheme)) { lines.Add(line); line = ""; }
                line += grapheme;
            }
        }
        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>Columns of a fixed-width font: 2 for East Asian wide characters and emoji, 0 for what only marks or joins, else 1 per grapheme.</summary>
    public static int Width(string text) => Graphemes(text).Sum(GraphemeWidth);

    public static IEnumerable<string> Graphemes(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    static int GraphemeWidth(string grapheme)
    {
        var width = 0;
        foreach (var rune in grapheme.EnumerateRunes())
        {
            if (IsWide(rune.Value)) return 2;
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
                width = 1;
        }
        return width;
    }

    // Unicode's East Asian Width W and F, taken as whole blocks, with the emoji presentation selector.
    static bool IsWide(int rune) => rune is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or 0xFE0F or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);

    static bool IsBidiMark(int rune) => rune is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
