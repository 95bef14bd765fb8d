using System.Globalization;
using System.Text;

namespace WebWaka.History.Receipts.Typesetting;

/// <summary>
/// The Unicode bidirectional algorithm (UAX #9) for one line without embedding marks (PlainText.Clean takes them out) and without the
/// paired-bracket rule N0. Character classes are taken by block where .NET has no table.
/// </summary>
internal static class Bidi
{
    enum Class { L, R, AL, EN, AN, ES, ET, CS, NSM, ON }

    /// <summary>The direction of a whole paragraph, set by its first strong character.</summary>
    public static bool IsRightToLeft(string paragraph) =>
        Array.Find(Classes(paragraph), one => one is Class.L or Class.R or Class.AL) is Class.R or Class.AL;

    /// <summary>The level of every UTF-16 unit of a line in a paragraph of that direction: odd is right to left.</summary>
    public static int[] Levels(string text, bool rightToLeft)
    {
        var classes = Classes(text);
        var start = rightToLeft ? 1 : 0;
        if (start == 0 && !classes.Any(one => one is Class.R or Class.AL or Class.AN)) return new int[text.Length];
        var embedding = start == 1 ? Class.R : Class.L;
        ResolveWeak(classes, embedding);
        ResolveNeutral(classes, embedding);
        return Array.ConvertAll(classes, one => (start, one) switch
        {
            (0, Class.R) => 1,
            (0, Class.AN or Class.EN) => 2,
            (1, Class.L or Class.AN or Class.EN) => 2,
            _ => start,
        });
    }

    /// <summary>Rule L2: the order in which runs of these levels stand from left to right.</summary>
    public static int[] VisualOrder(IReadOnlyList<int> levels)
    {
        var order = Enumerable.Range(0, levels.Count).ToArray();
        for (var level = levels.DefaultIfEmpty().Max(); level > 0; level--)
        {
            for (var from = 0; from < order.Length; from++)
            {
                var to = from;
                while (to < order.Length && levels[order[to]] >= level) to++;
                if (to > from) Array.Reverse(order, from, to - from);
                from = to;
            }
        }
        return order;
    }

    static void ResolveWeak(Class[] classes, Class embedding)
    {
        var (previous, strong) = (embedding, embedding);
        for (var at = 0; at < classes.Length; at++)
        {
            if (classes[at] == Class.NSM) classes[at] = previous;                               // W1
            if (classes[at] is Class.L or Class.R or Class.AL) strong = classes[at];
            if (classes[at] == Class.EN && strong == Class.AL) classes[at] = Class.AN;          // W2
            previous = classes[at];
        }
        for (var at = 0; at < classes.Length; at++)
            if (classes[at] == Class.AL) classes[at] = Class.R;                                 // W3
        for (var at = 1; at < classes.Length - 1; at++)
        {
            var (before, after) = (classes[at - 1], classes[at + 1]);
            if (before != after) continue;
            if (before == Class.EN && classes[at] is Class.ES or Class.CS) classes[at] = before;  // W4
            else if (before == Class.AN && classes[at] == Class.CS) classes[at] = before;
        }
        for (var at = 0; at < classes.Length; at++)
        {
            if (classes[at] != Class.ET) continue;
            var end = at;
            while (end < classes.Length && classes[end] == Class.ET) end++;
            var number = (at > 0 && classes[at - 1] == Class.EN) || (end < classes.Length && classes[end] == Class.EN);
            Array.Fill(classes, number ? Class.EN : Class.ON, at, end - at);                    // W5, W6
            at = end - 1;
        }
        strong = embedding;
        for (var at = 0; at < classes.Length; at++)
        {
            if (classes[at] is Class.ES or Class.CS) classes[at] = Class.ON;                    // W6
            if (classes[at] is Class.L or Class.R) strong = classes[at];
            if (classes[at] == Class.EN && strong == Class.L) classes[at] = Class.L;            // W7
        }
    }

    static void ResolveNeutral(Class[] classes, Class embedding)
    {
        static Class Direction(Class one) => one == Class.L ? Class.L : Class.R;
        for (var at = 0; at < classes.Length; at++)
        {
            if (classes[at] != Class.ON) continue;
            var end = at;
            while (end < classes.Length && classes[end] == Class.ON) end++;
            var before = at == 0 ? embedding : Direction(classes[at - 1]);
            var after = end == classes.Length ? embedding : Direction(classes[end]);
            Array.Fill(classes, before == after ? before : embedding, at, end - at);            // N1, N2
            at = end - 1;
        }
    }

    static Class[] Classes(string text)
    {
        var classes = new Class[text.Length];
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
            for (var unit = 0; unit < rune.Utf16SequenceLength; unit++) classes[at++] = Of(rune);
        return classes;
    }

    static Class Of(Rune rune) => rune.Value switch
    {
        (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C or 0x06DD or (>= 0x0600 and <= 0x0605) => Class.AN,
        (>= '0' and <= '9') or (>= 0x06F0 and <= 0x06F9) => Class.EN,
        '+' or '-' or 0x2212 => Class.ES,
        ',' or '.' or '/' or ':' or 0xA0 or 0x060C or 0x202F => Class.CS,
        '#' or '%' or 0xB0 or 0xB1 or 0x066A or (>= 0x2030 and <= 0x2034) => Class.ET,
        _ => ByCategory(rune),
    };

    static Class ByCategory(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => Class.NSM,
        UnicodeCategory.CurrencySymbol => Class.ET,
        _ when rune.Value is (>= 0x0600 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) => Class.AL,
        _ when rune.Value is (>= 0x0590 and <= 0x085F) or (>= 0xFB1D and <= 0xFB4F) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF) => Class.R,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.SpacingCombiningMark => Class.L,
        _ => Class.ON,
    };
}
