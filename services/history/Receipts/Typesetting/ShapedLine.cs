using System.Text;
using HarfBuzzSharp;
using SkiaSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace WebWaka.History.Receipts.Typesetting;

/// <summary>Glyphs of one face and direction, from left to right. Points are from the run's start, in units of the font's size; y grows downwards.</summary>
internal sealed record ShapedRun(FontFace Face, string Text, ushort[] Glyphs, SKPoint[] Points, uint[] Clusters, float Advance);

/// <summary>One line of text as glyphs in the order they stand on paper. <c>Width</c> and <c>Size</c> are points.</summary>
internal sealed record ShapedLine(IReadOnlyList<ShapedRun> Runs, float Size, float Width)
{
    /// <param name="text">The line, without line breaks.</param>
    /// <param name="faces">Where glyphs are looked for, in this order.</param>
    /// <param name="size">In points.</param>
    /// <param name="rightToLeft">The direction of the paragraph the line is from.</param>
    public static ShapedLine Of(string text, FontFace[] faces, float size, bool rightToLeft)
    {
        var parts = Parts(text, faces, Bidi.Levels(text, rightToLeft));
        var order = Bidi.VisualOrder(parts.ConvertAll(part => part.Level));
        var runs = Array.ConvertAll(order, at => Shape(parts[at].Text, parts[at].Face, parts[at].Level % 2 == 1));
        return new ShapedLine(runs, size, runs.Sum(run => run.Advance) * size);
    }

    static List<(string Text, FontFace Face, int Level)> Parts(string text, FontFace[] faces, int[] levels)
    {
        var parts = new List<(string Text, FontFace Face, int Level)>();
        var at = 0;
        foreach (var grapheme in PlainText.Graphemes(text))
        {
            var (face, level) = (FontFace.For(grapheme, faces), levels[at]);
            if (parts.Count > 0 && parts[^1].Face == face && parts[^1].Level == level) parts[^1] = (parts[^1].Text + grapheme, face, level);
            else parts.Add((grapheme, face, level));
            at += grapheme.Length;
        }
        return parts;
    }

    static ShapedRun Shape(string text, FontFace face, bool rightToLeft)
    {
        using var buffer = new Buffer();
        // As UTF-8, since clusters then count in the bytes that the PDF's ActualText is made of.
        buffer.AddUtf8(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = rightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        face.Shaper.Shape(buffer);
        var (infos, positions) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var points = new SKPoint[infos.Length];
        var x = 0;
        for (var at = 0; at < infos.Length; at++)
        {
            points[at] = new SKPoint(x + positions[at].XOffset, -positions[at].YOffset);
            points[at] = new SKPoint(points[at].X / face.UnitsPerEm, points[at].Y / face.UnitsPerEm);
            x += positions[at].XAdvance;
        }
        return new ShapedRun(face, text, Array.ConvertAll(infos, info => (ushort)info.Codepoint), points,
            Array.ConvertAll(infos, info => info.Cluster), (float)x / face.UnitsPerEm);
    }

    /// <summary>Draws with its baseline's left end at (x, y). The text goes into the document beside the glyphs, for copying and search.</summary>
    public void Draw(SKCanvas canvas, float x, float y, SKPaint paint, Func<FontFace, SKTypeface> typefaces)
    {
        foreach (var run in Runs)
        {
            using var font = new SKFont(typefaces(run.Face), Size) { Subpixel = true, Hinting = SKFontHinting.None };
            using var builder = new SKTextBlobBuilder();
            var utf8 = Encoding.UTF8.GetBytes(run.Text);
            var buffer = builder.AllocatePositionedTextRun(font, run.Glyphs.Length, utf8.Length);
            buffer.SetGlyphs(run.Glyphs);
            buffer.SetPositions(Array.ConvertAll(run.Points, point => new SKPoint(point.X * Size, point.Y * Size)));
            buffer.SetText(utf8);
            buffer.SetClusters(run.Clusters);
            using var blob = builder.Build();
            if (blob is not null) canvas.DrawText(blob, x, y, paint);
            x += run.Advance * Size;
        }
    }
}
