using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>Promotions in order of evaluation, found by what is in the cart instead of scanned.</summary>
internal sealed class PromotionIndex
{
    readonly FrozenDictionary<Guid, int[]> byProduct;
    readonly FrozenDictionary<string, int[]> byCategory;
    readonly FrozenDictionary<string, int[]> byBrand;
    readonly FrozenDictionary<string, int[]> byTag;
    readonly FrozenDictionary<Guid, int> byId;
    readonly FrozenDictionary<string, int> byCode;

    public PromotionIndex(Promotion[] rules)
    {
        Sorted = Sort(rules);
        byProduct = By(s => s.Products);
        byCategory = By(s => s.Categories, StringComparer.Ordinal);
        byBrand = By(s => s.Brands, StringComparer.Ordinal);
        byTag = By(s => s.Tags, StringComparer.Ordinal);
        ForAll = [.. Places().Where(at => Sorted[at].Items.TakesAll)];
        byId = Places().ToFrozenDictionary(at => Sorted[at].Rule.Id);
        byCode = Places().SelectMany(at => (Sorted[at].Rule.Coupon?.Codes ?? []).Select(code => (Code: Codes.Folded(code), at)))
            .DistinctBy(pair => pair.Code, StringComparer.Ordinal)
            .ToFrozenDictionary(pair => pair.Code, pair => pair.at, StringComparer.Ordinal);
    }

    public static PromotionIndex Empty { get; } = new([]);

    public IndexedPromotion[] Sorted { get; }

    /// <summary>Places of the promotions that are for all items.</summary>
    public int[] ForAll { get; }

    /// <summary>The place of the promotion a coupon belongs to; below zero where there is none.</summary>
    /// <param name="promotion">As the caller found the code; absent: it is looked for here.</param>
    /// <param name="folded">The code, folded.</param>
    public int Find(Guid? promotion, string folded)
    {
        if (promotion is { } id) return byId.TryGetValue(id, out var known) && Sorted[known].Rule.Coupon is not null ? known : -1;
        return byCode.TryGetValue(folded, out var at) ? at : -1;
    }

    /// <summary>Enters the line with every promotion whose items it may be.</summary>
    public void Enter(CartLine line, int place, Candidates candidates)
    {
        if (line.ProductId is { } product && byProduct.TryGetValue(product, out var places)) candidates.Add(places, place);
        if (line.Brand is { } brand && byBrand.TryGetValue(brand, out places)) candidates.Add(places, place);
        foreach (var category in line.Categories)
            if (byCategory.TryGetValue(category, out places)) candidates.Add(places, place);
        foreach (var tag in line.Tags)
            if (byTag.TryGetValue(tag, out places)) candidates.Add(places, place);
    }

    static IndexedPromotion[] Sort(Promotion[] rules)
    {
        // The contests of best groups stand where the strongest of each group stands, each group together.
        var strongest = rules.Where(r => r.Stacking.Mode == StackingMode.Best)
            .GroupBy(r => r.Stacking.Group, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Max(r => r.Priority), StringComparer.Ordinal);
        return [.. rules.Select(r => new IndexedPromotion(r))
            .OrderBy(p => p.Phase)
            .ThenByDescending(p => p.IsBest ? strongest[p.Rule.Stacking.Group] : 0)
            .ThenBy(p => p.IsBest ? p.Rule.Stacking.Group : "", StringComparer.Ordinal)
            .ThenByDescending(p => p.Rule.Priority)
            .ThenBy(p => p.Rule.Id.ToString(), StringComparer.Ordinal)];
    }

    IEnumerable<int> Places() => Enumerable.Range(0, Sorted.Length);

    FrozenDictionary<TKey, int[]> By<TKey>(Func<ItemSelector, TKey[]> keys, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull =>
        Places().SelectMany(at => keys(Sorted[at].Items.Rule).Distinct(comparer).Select(key => (key, at)))
            .GroupBy(pair => pair.key, pair => pair.at, comparer)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), comparer);
}

/// <summary>Coupon codes as they are compared: without the blanks around them, A to Z in capitals. Other letters stay, so that every
/// machine compares alike.</summary>
internal static class Codes
{
    public static string Trimmed(string code) => code.Trim(' ', '\t', '\r', '\n');

    public static string Folded(string code) => string.Create(Trimmed(code).Length, Trimmed(code), static (folded, from) =>
    {
        for (var i = 0; i < folded.Length; i++) folded[i] = from[i] is >= 'a' and <= 'z' ? (char)(from[i] - 32) : from[i];
    });
}
