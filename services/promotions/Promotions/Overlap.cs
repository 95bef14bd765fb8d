using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>Whether two promotions can meet on a line, as far as their words tell: a product and a category may, and are passed over.</summary>
internal static class Overlap
{
    public static bool Of(Promotion one, Promotion other) =>
        Items(one.Items ?? new(), other.Items ?? new())
        && Times(one.Conditions, other.Conditions)
        && Lists(one.Conditions.Stores, other.Conditions.Stores) && Lists(one.Conditions.Tills, other.Conditions.Tills)
        && Lists(one.Conditions.Customers, other.Conditions.Customers) && Lists(one.Conditions.Weekdays, other.Conditions.Weekdays);

    /// <summary>Whether <paramref name="first"/> takes every line that <paramref name="second"/> could have.</summary>
    public static bool Shadows(Promotion first, Promotion second)
    {
        if (first.Stacking.Mode != StackingMode.Exclusive || first.Coupon is not null || first is BuyXGetY or Bundle or FreeGift or Tiered)
            return false;
        if (second.Stacking.Mode == StackingMode.Exclusive && first.Priority <= second.Priority)
            return false;
        var (mine, theirs) = (first.Conditions, second.Conditions);
        var free = mine is
        {
            Customers.Length: 0, CustomerGroups.Length: 0, Tills.Length: 0, Tenders.Length: 0, Hours.Length: 0, FirstPurchaseOnly: false,
            MinimumQuantity: null, MinimumAmount: null,
        };
        var uncapped = first.Caps is { UsesPerCustomer: null, UsesPerDay: null, UsesInTotal: null, Budget: null, UnitsPerLine: null };
        return free && uncapped && Covers(first.Items ?? new(), second.Items ?? new())
            && (mine.ValidFrom is null || mine.ValidFrom <= theirs.ValidFrom) && (mine.ValidTo is null || mine.ValidTo >= theirs.ValidTo)
            && Holds(mine.Stores, theirs.Stores) && Holds(mine.Weekdays, theirs.Weekdays);
    }

    private static bool Items(ItemSelector one, ItemSelector other) =>
        TakesAll(one) || TakesAll(other) || one.Products.Intersect(other.Products).Any() || one.Categories.Intersect(other.Categories).Any()
        || one.Brands.Intersect(other.Brands).Any() || one.Tags.Intersect(other.Tags).Any();

    private static bool Covers(ItemSelector wide, ItemSelector narrow) =>
        wide.ExcludedProducts.Length + wide.ExcludedCategories.Length + wide.ExcludedBrands.Length + wide.ExcludedTags.Length == 0
        && (TakesAll(wide) || (!TakesAll(narrow) && Holds(wide.Products, narrow.Products, empty: true) && Holds(wide.Categories, narrow.Categories, empty: true)
            && Holds(wide.Brands, narrow.Brands, empty: true) && Holds(wide.Tags, narrow.Tags, empty: true)));

    private static bool TakesAll(ItemSelector items) =>
        items.Products.Length + items.Categories.Length + items.Brands.Length + items.Tags.Length == 0;

    private static bool Times(PromotionConditions one, PromotionConditions other) =>
        !(one.ValidTo <= other.ValidFrom) && !(other.ValidTo <= one.ValidFrom);

    // An empty list means any.
    private static bool Lists<T>(T[] one, T[] other) => one.Length == 0 || other.Length == 0 || one.Intersect(other).Any();

    private static bool Holds<T>(T[] wide, T[] narrow, bool empty = false) => empty
        ? narrow.All(wide.Contains)
        : wide.Length == 0 || (narrow.Length > 0 && narrow.All(wide.Contains));
}
