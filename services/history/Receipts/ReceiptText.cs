using System.Text;

namespace WebWaka.History.Receipts;

/// <summary>A receipt as plain UTF-8 text for a roll of 42 (80 mm) or 32 (58 mm) columns, lines ending in "\n". Arabic is in logical order.</summary>
internal static class ReceiptText
{
    public const int Wide = 42;
    public const int Narrow = 32;

    public static string Render(Receipt receipt, int columns = Wide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, Narrow);
        var text = new StringBuilder();
        foreach (var line in ReceiptRows.Of(receipt).SelectMany(row => Lines(row, columns)))
            text.Append(line.TrimEnd(' ')).Append('\n');
        return text.ToString();
    }

    static IEnumerable<string> Lines(Row row, int columns) => row switch
    {
        Row.Centred centred => Wrapped(centred.Text, columns).Select(line => Centre(line, columns)),
        Row.Banner banner => Wrapped(banner.Text, columns - 8).Select(line => Centre($"*** {line} ***", columns)),
        Row.Left left => Wrapped(left.Text, columns),
        Row.Pair pair => PairLines(pair, columns),
        Row.Rule => [new string('-', columns)],
        Row.Qr => [],
        _ => throw new InvalidOperationException($"{row.GetType().Name} has no text form."),
    };

    static IEnumerable<string> PairLines(Row.Pair pair, int columns)
    {
        const int leastLabel = 8;
        var indent = pair.Indented ? "  " : "";
        var value = PlainText.Clean(pair.Value);
        var room = columns - indent.Length - PlainText.Width(value) - 1;
        var beside = room >= leastLabel || PlainText.Width(PlainText.Clean(pair.Label)) <= room;
        var labels = Wrapped(pair.Label, beside ? room : columns - indent.Length).ConvertAll(line => indent + line);
        if (!beside || labels.Count == 0) return [.. labels, .. Wrapped(value, columns).Select(line => Right("", line, columns))];
        labels[^1] = Right(labels[^1], value, columns);
        return labels;
    }

    static List<string> Wrapped(string text, int columns) => PlainText.Wrap(PlainText.Clean(text), part => PlainText.Width(part) <= columns);

    static string Centre(string line, int columns) => new string(' ', Math.Max(0, (columns - PlainText.Width(line)) / 2)) + line;

    static string Right(string label, string value, int columns) =>
        label + new string(' ', Math.Max(0, columns - PlainText.Width(label) - PlainText.Width(value))) + value;
}
