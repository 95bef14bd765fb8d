using System.Globalization;
using System.Text;
using HarfBuzzSharp;
using SkiaSharp;

namespace WebWaka.History.Receipts.Typesetting;

/// <summary>
/// An embedded font: HarfBuzz's view for shaping (in font units) and Skia's for looking glyphs up. Loaded once and never changed after, so
/// threads share it.
/// </summary>
internal sealed class FontFace
{
    public static readonly FontFace[] Regular = [Load("NotoSans-Regular"), Load("NotoSansArabic-Regular")];
    public static readonly FontFace[] Bold = [Load("NotoSans-Bold"), Load("NotoSansArabic-Bold")];

    FontFace(string name, Face face, Font shaper, SKTypeface typeface) =>
        (Name, Face, Shaper, Typeface, UnitsPerEm) = (name, face, shaper, typeface, face.UnitsPerEm);

    public string Name { get; }
    public Face Face { get; }
    public Font Shaper { get; }
    public SKTypeface Typeface { get; }
    public int UnitsPerEm { get; }

    /// <summary>The first of the faces that has every character of the grapheme, or the first of all, whose box then shows that one is missing.</summary>
    public static FontFace For(string grapheme, FontFace[] faces) => Array.Find(faces, face => face.Has(grapheme)) ?? faces[0];

    public bool Has(string grapheme) => grapheme.EnumerateRunes().All(rune =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is >= 0xFE00 and <= 0xFE0F || Typeface.ContainsGlyph(rune.Value));

    static FontFace Load(string name)
    {
        using var resource = typeof(FontFace).Assembly.GetManifestResourceStream(name + ".ttf")
            ?? throw new InvalidOperationException($"Font {name} is not embedded.");
        using var data = SKData.Create(resource);
        // Not Blob.FromStream: it keeps the address of a managed array that the collector may move, and the process dies.
        using var blob = new Blob(data.Data, (int)data.Size, MemoryMode.Duplicate);
        blob.MakeImmutable();
        var face = new Face(blob, 0);
        face.MakeImmutable();
        var shaper = new Font(face);
        shaper.SetScale(face.UnitsPerEm, face.UnitsPerEm);
        shaper.SetFunctionsOpenType();
        return new FontFace(name, face, shaper, SKTypeface.FromData(data));
    }
}
