using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>An <see cref="ItemSelector"/> with its lists as sets.</summary>
internal sealed class Selector(ItemSelector rule)
{
    readonly FrozenSet<Guid> products = rule.Products.ToFrozenSet();
    readonly FrozenSet<Guid> categories = rule.Categories.ToFrozenSet();
    readonly FrozenSet<string> brands = rule.Brands.ToFrozenSet(StringComparer.Ordinal);
    readonly FrozenSet<string> tags = rule.Tags.ToFrozenSet(StringComparer.Ordinal);
    readonly FrozenSet<Guid> excluded = rule.ExcludedProducts.ToFrozenSet();

    public ItemSelector Rule { get; } = rule;

    public bool TakesAll { get; } =
        rule.Products.Length == 0 && rule.Categories.Length == 0 && rule.Brands.Length == 0 && rule.Tags.Length == 0;

    public static Selector Of(ItemSelector? rule) => new(rule ?? new ItemSelector());

    public bool Matches(CartLine line)
    {
        if (excluded.Count > 0 && line.ProductId is { } product && excluded.Contains(product)) return false;
        return TakesAll || MatchesAny(line);
    }

    bool MatchesAny(CartLine line)
    {
        if (products.Count > 0 && line.ProductId is { } product && products.Contains(product)) return true;
        if (brands.Count > 0 && line.Brand is { } brand && brands.Contains(brand)) return true;
        if (categories.Count > 0)
            foreach (var category in line.Categories)
                if (categories.Contains(category)) return true;
        if (tags.Count > 0)
            foreach (var tag in line.Tags)
                if (tags.Contains(tag)) return true;
        return false;
    }
}
