using QRCoder;
using SkiaSharp;
using WebWaka.History.Receipts.Typesetting;

namespace WebWaka.History.Receipts;

/// <summary>A receipt as a PDF for a roll of 80 mm, as long as its content. The same receipt gives the same bytes.</summary>
internal static class ReceiptPdf
{
    const float lineHeight = 1.36f, ascent = 1.04f, indentWidth = 8, gap = 6;

    /// <exception cref="QRCoder.Exceptions.DataTooLongException">The QR content is longer than a code holds.</exception>
    public static byte[] Render(Receipt receipt)
    {
        var words = ReceiptWords.In(receipt.Language);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = PlainText.Clean($"{words.Title(receipt.Title)} {receipt.Number}"),
            Author = PlainText.Clean(receipt.ShopName),
            // The document's own time, not the clock's: a reprint is the same file.
            Creation = receipt.IssuedAt.UtcDateTime,
            Modified = receipt.IssuedAt.UtcDateTime,
            RasterDpi = 300,
            EncodingQuality = 100,
        };
        return Roll.ToPdf(Layout(receipt), metadata);
    }

    /// <summary>What is drawn, before it is: for checks on width and glyphs.</summary>
    public static List<Strip> Layout(Receipt receipt) => [.. ReceiptRows.Of(receipt).SelectMany(Strips)];

    static IEnumerable<Strip> Strips(Row row) => row switch
    {
        Row.Centred centred => Wrapped(centred.Text, centred.Style, Roll.Inner).Select(line => Line(line, (Roll.Inner - line.Width) / 2)),
        Row.Banner banner => [Banner(Wrapped(banner.Text, RowStyle.Strong, Roll.Inner - 2 * gap))],
        Row.Left left => Paragraph(left),
        Row.Pair pair => Pair(pair),
        Row.Rule => [Rule()],
        Row.Qr qr => [Qr(qr.Content)],
        _ => throw new InvalidOperationException($"{row.GetType().Name} has no printed form."),
    };

    static IEnumerable<Strip> Paragraph(Row.Left left)
    {
        var fromRight = Bidi.IsRightToLeft(PlainText.Clean(left.Text));
        yield return Space();
        foreach (var line in Wrapped(left.Text, left.Style, Roll.Inner)) yield return Line(line, fromRight ? Roll.Inner - line.Width : 0);
    }

    static Strip Space() => new(2, [], (_, _) => { });

    static IEnumerable<Strip> Pair(Row.Pair pair)
    {
        var indent = pair.Indented ? indentWidth : 0;
        if (pair.Style == RowStyle.Large) yield return Space();
        var value = Whole(pair.Value, pair.Style);
        var room = Roll.Inner - indent - value.Width - gap;
        var beside = room >= Roll.Inner / 4 || Whole(pair.Label, pair.Style).Width <= room;
        var labels = Wrapped(pair.Label, pair.Style, beside ? room : Roll.Inner - indent);
        foreach (var label in beside ? labels.SkipLast(1) : labels) yield return Line(label, indent);
        if (beside)
        {
            List<(ShapedLine, float)> both = [(value, Roll.Inner - value.Width)];
            if (labels.Count > 0) both.Insert(0, (labels[^1], indent));
            yield return Lines(both);
        }
        else
        {
            foreach (var line in Wrapped(pair.Value, pair.Style, Roll.Inner)) yield return Line(line, Roll.Inner - line.Width);
        }
    }

    static Strip Line(ShapedLine line, float x) => Lines([(line, x)]);

    static Strip Lines(IReadOnlyList<(ShapedLine Line, float X)> lines) =>
        new(lines.Max(one => one.Line.Size) * lineHeight, [.. lines.Select(one => one.Line)], (pen, y) =>
        {
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            foreach (var (line, x) in lines) line.Draw(pen.Canvas, Roll.Margin + x, y + line.Size * ascent, ink, pen.Typefaces);
        });

    // White on black: a thermal printer has no colour to warn with.
    static Strip Banner(List<ShapedLine> lines)
    {
        const float space = 3;
        var height = lines.Sum(line => line.Size * lineHeight) + 2 * space;
        return new Strip(height + 2 * space, lines, (pen, y) =>
        {
            using var black = new SKPaint { Color = SKColors.Black };
            using var white = new SKPaint { Color = SKColors.White, IsAntialias = true };
            pen.Canvas.DrawRect(Roll.Margin, y + space, Roll.Inner, height, black);
            var top = y + 2 * space;
            foreach (var line in lines)
            {
                line.Draw(pen.Canvas, Roll.Margin + (Roll.Inner - line.Width) / 2, top + line.Size * ascent, white, pen.Typefaces);
                top += line.Size * lineHeight;
            }
        });
    }

    static Strip Rule() => new(9, [], (pen, y) =>
    {
        using var dashes = SKPathEffect.CreateDash([2, 1.5f], 0);
        using var ink = new SKPaint { Color = SKColors.Black, StrokeWidth = 0.6f, IsStroke = true, PathEffect = dashes };
        pen.Canvas.DrawLine(Roll.Margin, y + 4.5f, Roll.Margin + Roll.Inner, y + 4.5f, ink);
    });

    /// <summary>At least 28 mm wide with its quiet zone, and modules of at least 0.5 mm while the roll is wide enough for them.</summary>
    static Strip Qr(string content)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var side = Math.Min(Math.Max(28 * Roll.Millimetre, rows.Count * 0.5f * Roll.Millimetre), Roll.Inner);
        return new Strip(side, [], (pen, y) =>
        {
            var module = side / rows.Count;
            var left = Roll.Margin + (Roll.Inner - side) / 2;
            using var squares = new SKPath();
            for (var row = 0; row < rows.Count; row++)
                for (var column = 0; column < rows.Count; column++)
                    if (rows[row][column]) squares.AddRect(SKRect.Create(left + column * module, y + row * module, module, module));
            // One path without antialiasing: neighbours leave no hairline between them.
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = false };
            pen.Canvas.DrawPath(squares, ink);
        });
    }

    static List<ShapedLine> Wrapped(string text, RowStyle style, float width)
    {
        var clean = PlainText.Clean(text);
        var rightToLeft = Bidi.IsRightToLeft(clean);
        return PlainText.Wrap(clean, part => Shaped(part, style, rightToLeft).Width <= width).ConvertAll(line => Shaped(line, style, rightToLeft));
    }

    static ShapedLine Shaped(string text, RowStyle style, bool rightToLeft) => style switch
    {
        RowStyle.Strong => ShapedLine.Of(text, FontFace.Bold, 9, rightToLeft),
        RowStyle.Large => ShapedLine.Of(text, FontFace.Bold, 13, rightToLeft),
        RowStyle.Small => ShapedLine.Of(text, FontFace.Regular, 7.5f, rightToLeft),
        _ => ShapedLine.Of(text, FontFace.Regular, 8.5f, rightToLeft),
    };

    static ShapedLine Whole(string text, RowStyle style)
    {
        var clean = PlainText.Clean(text);
        return Shaped(clean, style, Bidi.IsRightToLeft(clean));
    }
}
