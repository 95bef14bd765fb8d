using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>A promotion with its selectors as sets and its place in the order of evaluation.</summary>
internal sealed class IndexedPromotion(Promotion rule)
{
    public Promotion Rule { get; } = rule;

    public Selector Items { get; } = Selector.Of(rule.Items);

    /// <summary>Which lines the minima count.</summary>
    public Selector Counted { get; } = Selector.Of(rule.Conditions.Of ?? rule.Items);

    /// <summary>What a buy-X-get-Y gives.</summary>
    public Selector Given { get; } = Selector.Of((rule as BuyXGetY)?.GetItems ?? rule.Items);

    public bool IsExclusive => Rule.Stacking.Mode == StackingMode.Exclusive;

    public bool IsBest => Rule.Stacking.Mode == StackingMode.Best;

    /// <summary>Exclusive, then best, then stackable on lines and groups, then stackable on the order.</summary>
    public int Phase => Rule.Stacking.Mode switch
    {
        StackingMode.Exclusive => 0,
        StackingMode.Best => 1,
        _ => Rule.Scope == PromotionScope.Order ? 3 : 2,
    };
}

/// <summary>Promotions in order of evaluation, found by what is in the cart instead of scanned.</summary>
internal sealed class PromotionIndex
{
    readonly FrozenDictionary<Guid, int[]> byProduct;
    readonly FrozenDictionary<Guid, int[]> byCategory;
    readonly FrozenDictionary<string, int[]> byBrand;
    readonly FrozenDictionary<string, int[]> byTag;
    readonly int[] always;
    readonly FrozenDictionary<Guid, int> byId;
    readonly FrozenDictionary<string, int> byCode;

    public PromotionIndex(Promotion[] rules)
    {
        Sorted = Sort(rules);
        byProduct = By(s => s.Products);
        byCategory = By(s => s.Categories);
        byBrand = By(s => s.Brands, StringComparer.Ordinal);
        byTag = By(s => s.Tags, StringComparer.Ordinal);
        always = [.. Places().Where(at => Sorted[at].Items.TakesAll)];
        byId = Places().ToFrozenDictionary(at => Sorted[at].Rule.Id);
        byCode = Places().SelectMany(at => (Sorted[at].Rule.Coupon?.Codes ?? []).Select(code => (code, at)))
            .DistinctBy(pair => pair.code, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.code, pair => pair.at, StringComparer.OrdinalIgnoreCase);
    }

    public static PromotionIndex Empty { get; } = new([]);

    public IndexedPromotion[] Sorted { get; }

    /// <summary>The place of the promotion a coupon belongs to; below zero where there is none.</summary>
    public int Find(CartCoupon coupon)
    {
        if (coupon.PromotionId is { } id)
            return byId.TryGetValue(id, out var known) && Sorted[known].Rule.Coupon is not null ? known : -1;
        return byCode.TryGetValue(coupon.Code.Trim(), out var at) ? at : -1;
    }

    /// <summary>Sets the bit of every promotion whose items may be on the line.</summary>
    public void Mark(CartLine line, Span<ulong> marks)
    {
        Set(marks, always);
        if (line.ProductId is { } product && byProduct.TryGetValue(product, out var places)) Set(marks, places);
        if (line.Brand is { } brand && byBrand.TryGetValue(brand, out places)) Set(marks, places);
        foreach (var category in line.Categories)
            if (byCategory.TryGetValue(category, out places)) Set(marks, places);
        foreach (var tag in line.Tags)
            if (byTag.TryGetValue(tag, out places)) Set(marks, places);
    }

    static void Set(Span<ulong> marks, int[] places)
    {
        foreach (var at in places) marks[at >> 6] |= 1UL << (at & 63);
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
            .ThenBy(p => p.Rule.Id.ToString("D"), StringComparer.Ordinal)];
    }

    IEnumerable<int> Places() => Enumerable.Range(0, Sorted.Length);

    FrozenDictionary<TKey, int[]> By<TKey>(Func<ItemSelector, TKey[]> keys, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull =>
        Places().SelectMany(at => keys(Sorted[at].Items.Rule).Distinct(comparer).Select(key => (key, at)))
            .GroupBy(pair => pair.key, pair => pair.at, comparer)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), comparer);
}
