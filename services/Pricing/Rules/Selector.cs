using System.Collections.Frozen;

namespace WebWaka.Pricing.Rules;

/// <summary>An <see cref="ItemSelector"/> with its lists as sets.</summary>
internal sealed class Selector(ItemSelector rule)
{
    readonly FrozenSet<Guid> products = rule.Products.ToFrozenSet();
    readonly FrozenSet<string> categories = Set(rule.Categories);
    readonly FrozenSet<string> brands = Set(rule.Brands);
    readonly FrozenSet<string> tags = Set(rule.Tags);
    readonly FrozenSet<Guid> withoutProducts = rule.ExcludedProducts.ToFrozenSet();
    readonly FrozenSet<string> withoutCategories = Set(rule.ExcludedCategories);
    readonly FrozenSet<string> withoutBrands = Set(rule.ExcludedBrands);
    readonly FrozenSet<string> withoutTags = Set(rule.ExcludedTags);

    readonly bool excludes = rule.ExcludedProducts.Length + rule.ExcludedCategories.Length + rule.ExcludedBrands.Length
        + rule.ExcludedTags.Length > 0;

    public ItemSelector Rule { get; } = rule;

    public bool TakesAll { get; } =
        rule.Products.Length == 0 && rule.Categories.Length == 0 && rule.Brands.Length == 0 && rule.Tags.Length == 0;

    public static Selector Of(ItemSelector? rule) => new(rule ?? new ItemSelector());

    public bool Matches(CartLine line) =>
        (TakesAll || Any(line, products, categories, brands, tags)) && !Excludes(line);

    public bool Excludes(CartLine line) => excludes && Any(line, withoutProducts, withoutCategories, withoutBrands, withoutTags);

    static bool Any(
        CartLine line, FrozenSet<Guid> products, FrozenSet<string> categories, FrozenSet<string> brands, FrozenSet<string> tags)
    {
        if (line.ProductId is { } product && products.Contains(product)) return true;
        if (line.Brand is { } brand && brands.Contains(brand)) return true;
        return HasAny(categories, line.Categories) || HasAny(tags, line.Tags);
    }

    static bool HasAny(FrozenSet<string> wanted, string[] words)
    {
        if (wanted.Count == 0) return false;
        foreach (var word in words)
            if (wanted.Contains(word)) return true;
        return false;
    }

    static FrozenSet<string> Set(string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
