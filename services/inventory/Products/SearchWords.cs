using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Whatever a product is found by.</summary>
    public static string TextOf(ProductRow product) => string.Join('\n', [product.Name, product.Sku, product.Brand, .. product.Barcodes]);

    /// <summary>
    /// The texts with their accents apart from their letters. The database does it: without globalization data .NET leaves
    /// all but ASCII as it is.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Decompose(InventoryDb db, string[] texts, CancellationToken ct) =>
        texts.All(text => Ascii.IsValid(text))
            ? texts
            : await db.Database.SqlQuery<string>(
                $"SELECT normalize(t.text, NFKD) AS \"Value\" FROM unnest({texts}) WITH ORDINALITY AS t(text, place) ORDER BY t.place").ToListAsync(ct);

    /// <summary>Runs of letters and digits of a decomposed text, in lower case, without accents: "Crème 5-L" is creme, 5, l.</summary>
    public static IEnumerable<string> Split(string decomposed)
    {
        var word = new StringBuilder();
        foreach (var c in decomposed)
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
