using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>What somebody who saves a promotion should know. It is stored all the same.</summary>
/// <param name="Code">Stable: see <see cref="PromotionWarnings"/>.</param>
/// <param name="PromotionId">The other promotion, where it is about two.</param>
internal sealed record PromotionWarning(string Code, string Detail, Guid? PromotionId = null);

/// <summary>Rules that contradict themselves or each other, found without a cart: by what they say of items, time, place and order.</summary>
internal static class PromotionWarnings
{
    private const int Most = 50;

    /// <param name="rule">The promotion.</param>
    /// <param name="others">The tenant's others that are not archived; itself is passed over.</param>
    /// <param name="codes">How many coupons it has.</param>
    /// <param name="today">By the clock of no store in particular: what ended a day ago has ended everywhere.</param>
    public static PromotionWarning[] Of(Promotion rule, IEnumerable<Promotion> others, long codes, DateTime today)
    {
        var own = Alone(rule, codes, today);
        var pairs = others.Where(other => other.Id != rule.Id && Overlap.Of(rule, other)).OrderBy(other => other.Id).SelectMany(other => Between(rule, other));
        return [.. own.Concat(pairs).Take(Most)];
    }

    private static IEnumerable<PromotionWarning> Alone(Promotion rule, long codes, DateTime today)
    {
        var (conditions, caps) = (rule.Conditions, rule.Caps);
        if (conditions.ValidTo <= today.AddDays(-1))
            yield return new("ended", $"it ended on {conditions.ValidTo:yyyy-MM-dd}");
        if (Never(conditions))
            yield return new("never_applies", "none of its weekdays lies between its dates");
        if (caps is { UsesInTotal: 0 } or { UsesPerDay: 0 } or { UsesPerCustomer: 0 } or { Budget: 0 } or { AmountPerOrder: 0 } or { AmountPerLine: 0 })
            yield return new("never_applies", "a cap of nothing lets nothing through");
        if (rule.Items is { } items && ExcludesAll(items))
            yield return new("never_applies", "it excludes every item that it is for");
        if (GivesNothing(rule))
            yield return new("never_applies", "it takes nothing off");
        if (rule is AmountOff { Amount: var amount } && Least(caps.AmountPerLine, caps.AmountPerOrder, caps.Budget) is { } cap && amount > cap)
            yield return new("cap_below_amount", $"it never gives its {amount}: a cap stops it at {cap}");
        if (rule is PercentOff { Percent: var percent } && conditions.MinimumAmount is { } least && Least(caps.AmountPerOrder, caps.Budget) is { } top
            && decimal.Truncate(least * percent / 100) >= top && rule.Scope != PromotionScope.Line)
            yield return new("minimum_above_cap", $"from its minimum of {least} on it always gives the cap of {top}, whatever its percentage");
        if (rule is Tiered { Basis: TierBasis.Quantity } tiered && conditions.MinimumQuantity is { } units
            && tiered.Tiers.Count(tier => tier.From <= units) > 1)
            yield return new("tier_never_reached", $"the minimum of {units} passes over its first tiers");
        if (rule.Coupon is not null && codes == 0)
            yield return new("coupon_without_codes", "it needs a code and has none yet");
    }

    private static IEnumerable<PromotionWarning> Between(Promotion rule, Promotion other)
    {
        if (Same(rule, other))
            yield return new("same_rule", $"{other.Name} says the same: both would be given", other.Id);
        var (mine, theirs) = (rule.Stacking, other.Stacking);
        if (mine.Mode == StackingMode.Exclusive && theirs.Mode == StackingMode.Exclusive && rule.Priority == other.Priority)
            yield return new("exclusive_tie", $"{other.Name} is exclusive with the same priority: their ids decide which is given", other.Id);
        if (Overlap.Shadows(other, rule))
            yield return new("shadowed", $"{other.Name} is exclusive, goes first and is for all that this is for: this is never given", other.Id);
        if (Overlap.Shadows(rule, other))
            yield return new("shadows", $"{other.Name} is never given while this is: this is exclusive and goes first", other.Id);
        if (mine.Mode == StackingMode.Exclusive || theirs.Mode == StackingMode.Exclusive)
            yield break;
        if (mine.Group != theirs.Group)
            yield return new("not_combinable", $"{other.Name} is of another group: a line gets the one that goes first", other.Id);
        else if (mine.Mode == StackingMode.Stackable && theirs.Mode == StackingMode.Stackable && rule.Priority == other.Priority
            && rule.GetType() != other.GetType())
            yield return new("priority_tie", $"{other.Name} has the same priority: their ids decide which goes first, and so what they come to", other.Id);
    }

    private static long? Least(params long?[] caps) => caps.Min();

    private static bool Never(PromotionConditions conditions)
    {
        if (conditions.Weekdays.Length == 0 || conditions.ValidFrom is not { } from || conditions.ValidTo is not { } to || to - from >= TimeSpan.FromDays(7))
            return false;
        for (var day = from.Date; day < to; day = day.AddDays(1))
            if (Array.IndexOf(conditions.Weekdays, (Weekday)(int)day.DayOfWeek) >= 0)
                return false;
        return true;
    }

    private static bool ExcludesAll(ItemSelector items) =>
        items.Products.Length + items.Categories.Length + items.Brands.Length + items.Tags.Length > 0
        && items.Products.All(items.ExcludedProducts.Contains) && items.Categories.All(items.ExcludedCategories.Contains)
        && items.Brands.All(items.ExcludedBrands.Contains) && items.Tags.All(items.ExcludedTags.Contains);

    private static bool GivesNothing(Promotion rule) => rule switch
    {
        PercentOff { Percent: 0 } or AmountOff { Amount: 0 } or BuyXGetY { Percent: 0 } or FreeGift { Percent: 0 } => true,
        Bundle { Amount: 0 } or Bundle { AmountEach: 0 } or Bundle { Percent: 0 } => true,
        Tiered tiered => tiered.Tiers.All(tier => tier.Percent == 0 || tier.Amount == 0),
        _ => false,
    };

    private static bool Same(Promotion one, Promotion other) => Bare(one) == Bare(other);

    private static string Bare(Promotion rule) => PromotionDocument.Write(rule with { Id = Guid.Empty, Version = 0, Name = "" });
}
