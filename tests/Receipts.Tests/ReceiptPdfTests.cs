using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SkiaSharp;
using WebWaka.History.Receipts;
using WebWaka.History.Receipts.Typesetting;
using Xunit;

namespace WebWaka.Receipts.Tests;

public sealed class ReceiptPdfTests
{
    public static TheoryData<string> All => [nameof(Samples.Nigeria), nameof(Samples.IvoryCoast), nameof(Samples.CreditNoteCopy), nameof(Samples.Training)];

    [Theory, MemberData(nameof(All))]
    public void A_receipt_is_one_small_PDF_page(string name)
    {
        var pdf = ReceiptPdf.Render(ReceiptTextTests.Sample(name));
        var seen = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "seen"));
        File.WriteAllBytes(Path.Combine(seen.FullName, name + ".pdf"), pdf);
        var raw = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-1.", raw);
        Assert.EndsWith("%%EOF", raw.TrimEnd());
        Assert.Contains("/Count 1", raw);
        // Whole fonts would be half a megabyte.
        Assert.InRange(pdf.Length, 5_000, 80_000);
    }

    [Fact]
    public void The_same_receipt_gives_the_same_bytes() =>
        Assert.Equal(ReceiptPdf.Render(Samples.CreditNoteCopy), ReceiptPdf.Render(Samples.CreditNoteCopy));

    [Fact]
    public void Receipts_rendered_at_once_do_not_mix()
    {
        Receipt[] receipts = [Samples.Nigeria, Samples.CreditNoteCopy];
        var alone = Array.ConvertAll(receipts, ReceiptPdf.Render);
        var together = new byte[64][];
        Parallel.For(0, together.Length, at => together[at] = ReceiptPdf.Render(receipts[at % 2]));
        for (var at = 0; at < together.Length; at++) Assert.Equal(alone[at % 2], together[at]);
    }

    [Property(MaxTest = 100)]
    public Property Nothing_is_drawn_beyond_the_margins() => Prop.ForAll(Texts.Any.ToArbitrary(), Texts.Amounts.ToArbitrary(), (texts, amounts) =>
        ReceiptPdf.Layout(Texts.Receipt(texts, amounts)).SelectMany(strip => strip.Text).All(line => line.Width <= Roll.Inner + 0.01f));

    [Property(MaxTest = 20)]
    public Property Any_name_makes_a_PDF() => Prop.ForAll(Texts.Any.ToArbitrary(), Texts.Amounts.ToArbitrary(), (texts, amounts) =>
        ReceiptPdf.Render(Texts.Receipt(texts, amounts)).AsSpan().StartsWith("%PDF"u8));

    [Fact]
    public void A_QR_code_of_an_authority_fits_the_roll() =>
        Assert.NotEmpty(ReceiptPdf.Render(Samples.Nigeria with { QrContent = new string('x', 1000) }));

    [Fact]
    public void The_text_can_be_copied_and_searched()
    {
        var text = Extracted(ReceiptPdf.Render(Samples.Nigeria));
        foreach (var part in (string[])["Adé & Ọmọ Supermarket", "T01A000000123", "₦26,453.48", "Ẹ̀wà oloyin", "RRN 004512889013", "2026-11-22 16:05:33 +01:00"])
            Assert.Contains(part, text);
        Assert.Contains("شكرا", Extracted(ReceiptPdf.Render(Samples.CreditNoteCopy)).Normalize(NormalizationForm.FormKC));
    }

    [Fact]
    public void Every_drawn_glyph_is_mapped_to_its_character()
    {
        // For readers that know nothing of ActualText: the fonts' ToUnicode maps, naira and alef among them.
        var maps = Inflated(ReceiptPdf.Render(Samples.CreditNoteCopy with { Currency = "NGN" })).Where(stream => stream.Contains("begincmap")).ToList();
        Assert.Equal(4, maps.Count);
        Assert.Contains(maps, map => map.Contains("<20A6>"));
        Assert.Contains(maps, map => map.Contains("<0627>"));
    }

    [Fact]
    public void A_very_long_receipt_goes_on_with_the_next_page()
    {
        var pdf = ReceiptPdf.Render(Samples.Nigeria with { Lines = [.. Enumerable.Repeat(Samples.Nigeria.Lines[0], 500)] });
        Assert.Contains("/Count 2", Encoding.Latin1.GetString(pdf));
    }

    [Theory]
    [InlineData("₦₵€£$₹ 0123456789,.-+%()/:&#'\"")]
    [InlineData("àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’…")]
    [InlineData("ẹọṣẸỌṢńǹḿƙɗɓƁƊƘịụṅŋɔɛ")]
    [InlineData("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگ٠١٢٣٤٥٦٧٨٩،؛؟")]
    public void Both_weights_have_every_character_of_our_markets(string characters)
    {
        foreach (var faces in (FontFace[][])[FontFace.Regular, FontFace.Bold])
            foreach (var run in ShapedLine.Of(characters, faces, 9, rightToLeft: false).Runs)
                Assert.DoesNotContain((ushort)0, run.Glyphs);
    }

    [Fact]
    public void Arabic_letters_join_and_run_from_the_right()
    {
        ShapedRun Shaped(string text) => Assert.Single(ShapedLine.Of(text, FontFace.Regular, 9, rightToLeft: true).Runs);
        var (alone, word) = (Shaped("ب").Glyphs, Shaped("ببب"));
        // Last, middle and first form, each its own, and the letter read first is drawn last.
        Assert.Equal(4, alone.Concat(word.Glyphs).Distinct().Count());
        Assert.Equal([4u, 2u, 0u], word.Clusters);
        Assert.Equal(word.Glyphs[0], Shaped("بب").Glyphs[0]);
    }

    [Fact]
    public void A_mark_without_a_composed_form_stands_on_its_letter()
    {
        var run = Assert.Single(ShapedLine.Of("ẹ̀", FontFace.Regular, 10, rightToLeft: false).Runs);
        var letter = Assert.Single(ShapedLine.Of("ẹ", FontFace.Regular, 10, rightToLeft: false).Runs);
        Assert.Equal(letter.Advance, run.Advance);
        using var font = new SKFont(run.Face.Typeface, run.Face.UnitsPerEm) { Hinting = SKFontHinting.None };
        foreach (var (glyph, point) in run.Glyphs.Zip(run.Points))
        {
            using var ink = font.GetGlyphPath(glyph);
            Assert.InRange(point.X + ink.TightBounds.MidX / run.Face.UnitsPerEm, run.Advance * 0.3f, run.Advance * 0.7f);
        }
    }

    [Theory]
    [InlineData("abc", "000")]
    [InlineData("شاي 12", "111122")]
    [InlineData("Tea شاي 5", "000011112")]
    [InlineData("شاي Tea", "1111222")]
    [InlineData("12 شاي", "221111")]
    [InlineData("شاي 50%", "1111221")]
    [InlineData("Tea 50% شاي", "00000000111")]
    [InlineData("شاي!", "1111")]
    [InlineData("شاي (علبة)", "1111111111")]
    [InlineData("شاي 1.5 %", "111122211")]
    public void Directions_follow_the_Unicode_algorithm(string text, string levels) =>
        Assert.Equal(levels, string.Concat(Bidi.Levels(text, Bidi.IsRightToLeft(text))));

    [Fact]
    public void A_wrapped_line_keeps_the_direction_of_its_paragraph()
    {
        Assert.Equal("222111", string.Concat(Bidi.Levels("Tea شا", rightToLeft: true)[^6..]));
        Assert.Equal([1], Bidi.Levels("!", rightToLeft: true));
        Assert.Equal([0], Bidi.Levels("!", rightToLeft: false));
    }

    [Fact]
    public void Runs_of_the_other_direction_are_turned_within_the_line()
    {
        Assert.Equal([0, 1, 2], Bidi.VisualOrder([0, 1, 0]));
        Assert.Equal([2, 1, 0], Bidi.VisualOrder([1, 2, 1]));
        Assert.Equal([0, 3, 2, 1, 4], Bidi.VisualOrder([0, 1, 2, 1, 0]));
    }

    static IEnumerable<string> Inflated(byte[] pdf)
    {
        var raw = Encoding.Latin1.GetString(pdf);
        for (var at = raw.IndexOf(" stream\n", StringComparison.Ordinal); at >= 0; at = raw.IndexOf(" stream\n", at + 1, StringComparison.Ordinal))
        {
            var start = raw.IndexOf('\n', at + 1) + 1;
            using var zlib = new ZLibStream(new MemoryStream(pdf, start, pdf.Length - start), CompressionMode.Decompress);
            using var reader = new StreamReader(zlib, Encoding.Latin1);
            yield return reader.ReadToEnd();
        }
    }

    /// <summary>By poppler's pdftotext: a reader that is not ours.</summary>
    static string Extracted(byte[] pdf)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pdftotext"), "Needs pdftotext (poppler-utils).");
        var start = new ProcessStartInfo("pdftotext", "-layout -enc UTF-8 - -") 
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8, UseShellExecute = false,
        };
        using var reader = Process.Start(start)!;
        reader.StandardInput.BaseStream.Write(pdf);
        reader.StandardInput.Close();
        var text = reader.StandardOutput.ReadToEnd();
        reader.WaitForExit();
        return text;
    }
}
