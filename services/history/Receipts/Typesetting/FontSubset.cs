using System.Runtime.InteropServices;
using SkiaSharp;

namespace WebWaka.History.Receipts.Typesetting;

/// <summary>
/// Fonts cut down to the glyphs that one document draws. Skia embeds a font whole, 250 kB each, and a receipt is sent over mobile data.
/// HarfBuzz's own subsetter does it; its C# binding does not bind those functions.
/// </summary>
internal static class FontSubset
{
    // hb-subset.h: glyphs keep their numbers, so what was shaped by the whole font is drawn by the subset; and glyphs that ligatures
    // could make of these are not pulled in, since shaping is over.
    const uint retainGlyphIds = 0x2, noLayoutClosure = 0x200, droppedTables = 3;

    // Only shaping reads these: "GDEF", "GPOS", "GSUB".
    static readonly uint[] layoutTables = [0x47444546, 0x47504F53, 0x47535542];

    /// <param name="face">The whole font.</param>
    /// <param name="glyphs">The glyphs drawn. HarfBuzz keeps their characters too, so that a reader can copy and search the text.</param>
    public static SKTypeface Of(FontFace face, IEnumerable<ushort> glyphs)
    {
        var input = hb_subset_input_create_or_fail();
        if (input == 0) throw new InvalidOperationException("No memory for a font subset.");
        var set = hb_subset_input_glyph_set(input);
        foreach (var glyph in glyphs) hb_set_add(set, glyph);
        var dropped = hb_subset_input_set(input, droppedTables);
        foreach (var table in layoutTables) hb_set_add(dropped, table);
        hb_subset_input_set_flags(input, retainGlyphIds | noLayoutClosure);
        var subset = hb_subset_or_fail(face.Face.Handle, input);
        hb_subset_input_destroy(input);
        if (subset == 0) throw new InvalidOperationException($"{face.Name} cannot be cut to a subset.");
        var blob = hb_face_reference_blob(subset);
        using var data = SKData.CreateCopy(hb_blob_get_data(blob, out var length), length);
        hb_blob_destroy(blob);
        hb_face_destroy(subset);
        return SKTypeface.FromData(data);
    }

    const string library = "libHarfBuzzSharp";

    [DllImport(library)] static extern nint hb_subset_input_create_or_fail();
    [DllImport(library)] static extern nint hb_subset_input_glyph_set(nint input);
    [DllImport(library)] static extern nint hb_subset_input_set(nint input, uint which);
    [DllImport(library)] static extern void hb_subset_input_set_flags(nint input, uint flags);
    [DllImport(library)] static extern void hb_subset_input_destroy(nint input);
    [DllImport(library)] static extern nint hb_subset_or_fail(nint face, nint input);
    [DllImport(library)] static extern void hb_set_add(nint set, uint value);
    [DllImport(library)] static extern nint hb_face_reference_blob(nint face);
    [DllImport(library)] static extern void hb_face_destroy(nint face);
    [DllImport(library)] static extern nint hb_blob_get_data(nint blob, out uint length);
    [DllImport(library)] static extern void hb_blob_destroy(nint blob);
}
