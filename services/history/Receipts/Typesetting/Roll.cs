using SkiaSharp;

namespace WebWaka.History.Receipts.Typesetting;

/// <summary>What is drawn with, once all is laid out: the page, and for each face the subset that was drawn.</summary>
internal sealed record Pen(SKCanvas Canvas, Func<FontFace, SKTypeface> Typefaces);

/// <summary>A strip across the roll: its height, the text in it (so that fonts can be cut to it), and how it is drawn from its top, in points.</summary>
internal sealed record Strip(float Height, IReadOnlyList<ShapedLine> Text, Action<Pen, float> Draw);

/// <summary>Strips one under the other on paper of 80 mm, as long as they are together.</summary>
internal static class Roll
{
    public const float Millimetre = 72f / 25.4f;
    public const float Width = 80 * Millimetre;
    public const float Margin = 4 * Millimetre;
    public const float Inner = Width - 2 * Margin;

    /// <summary>A PDF page ends at 14,400 points, some 5 m; a longer roll goes on with the next page.</summary>
    public const float Longest = 14_400;

    public static byte[] ToPdf(IReadOnlyList<Strip> strips, SKDocumentPdfMetadata metadata)
    {
        var subsets = Subsets(strips);
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            foreach (var page in Pages(strips))
            {
                var canvas = document.BeginPage(Width, 2 * Margin + page.Sum(strip => strip.Height));
                var y = Margin;
                foreach (var strip in page)
                {
                    strip.Draw(new Pen(canvas, face => subsets[face]), y);
                    y += strip.Height;
                }
                document.EndPage();
            }
            document.Close();
        }
        foreach (var typeface in subsets.Values) typeface.Dispose();
        return stream.ToArray();
    }

    static List<List<Strip>> Pages(IReadOnlyList<Strip> strips)
    {
        var pages = new List<List<Strip>> { new() };
        var height = 2 * Margin;
        foreach (var strip in strips)
        {
            if (height + strip.Height > Longest)
            {
                pages.Add([]);
                height = 2 * Margin;
            }
            pages[^1].Add(strip);
            height += strip.Height;
        }
        return pages;
    }

    static Dictionary<FontFace, SKTypeface> Subsets(IReadOnlyList<Strip> strips) => strips
        .SelectMany(strip => strip.Text).SelectMany(line => line.Runs).GroupBy(run => run.Face)
        .ToDictionary(runs => runs.Key, runs => FontSubset.Of(runs.Key, runs.SelectMany(run => run.Glyphs).Distinct()));
}
