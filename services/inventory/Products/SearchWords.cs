using System.Globalization;
using System.Text;

namespace WebWaka.Inventory.Products;

/// <summary>
/// Search by the beginnings of words, from a table of words under an ordinary index. Text search and trigram operators are
/// not leakproof, so PostgreSQL does not use their indexes under row-level security; comparisons are, and it does.
/// </summary>
internal static class SearchWords
{
    private const int MaxWord = 64;

    /// <summary>Sorts after every text that begins with what it is appended to, in byte order.</summary>
    public const string Last = "\U0010FFFF";

    public static HashSet<string> Of(ProductRow product)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        words.UnionWith(Split(product.Name));
        words.UnionWith(Split(product.Sku));
        words.UnionWith(Split(product.Brand));
        foreach (var barcode in product.Barcodes)
            words.UnionWith(Split(barcode));
        return words;
    }

    /// <summary>Runs of letters and digits, in lower case, without accents: "Crème 5-L" is creme, 5, l.</summary>
    public static IEnumerable<string> Split(string? text)
    {
        var word = new StringBuilder();
        foreach (var c in (text ?? "").Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                yield return Cut(word);
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return Cut(word);
    }

    /// <summary>Never between the halves of a pair.</summary>
    private static string Cut(StringBuilder word)
    {
        var length = Math.Min(word.Length, MaxWord);
        if (char.IsHighSurrogate(word[length - 1]))
            length--;
        return word.ToString(0, length);
    }
}
