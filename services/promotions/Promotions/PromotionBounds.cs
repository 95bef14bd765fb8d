using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>How large a rule may be. Whether it makes sense is Pricing's to say; that it stays small and readable is said here.</summary>
internal static class PromotionBounds
{
    public const int MaxItems = 2_000;
    public const int MaxWord = 100;

    /// <summary>The first fault as <c>member: what is wrong</c>, or null.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="stored">False where it is only tried: its codes need no counting then.</param>
    public static string? Fault(Promotion rule, bool stored) =>
        Name(rule.Name)
        ?? (rule.Priority is < -1_000_000 or > 1_000_000 ? "rule.priority: -1000000 to 1000000" : null)
        ?? Word("rule.stacking.group", rule.Stacking.Group)
        ?? Items("rule.items", rule.Items)
        ?? Items("rule.getItems", (rule as BuyXGetY)?.GetItems)
        ?? Items("rule.gifts", (rule as FreeGift)?.Gifts)
        ?? (rule is Bundle bundle ? Parts(bundle.Parts) : null)
        ?? (rule is Tiered { Tiers.Length: > 50 } ? "rule.tiers: at most 50" : null)
        ?? (rule is Tiered tiered && Array.Exists(tiered.Tiers, tier => tier is null) ? "rule.tiers: null is not a tier" : null)
        ?? Conditions(rule.Conditions)
        ?? Coupon(rule.Coupon, stored);

    public static string? Fault(LoyaltyProgramme programme) =>
        Name(programme.Name, "programme") ?? Items("programme.earn.items", programme.Earn?.Items) ?? Items("programme.burn.items", programme.Burn?.Items);

    private static string? Name(string name, string of = "rule") =>
        string.IsNullOrWhiteSpace(name) || name.Length > PromotionDocument.MaxName || name.Any(char.IsControl)
            ? $"{of}.name: 1 to {PromotionDocument.MaxName} characters, none of them a control character"
            : null;

    private static string? Conditions(PromotionConditions conditions) =>
        Count("rule.conditions.stores", conditions.Stores)
        ?? Count("rule.conditions.tills", conditions.Tills)
        ?? Count("rule.conditions.customers", conditions.Customers)
        ?? Words("rule.conditions.customerGroups", conditions.CustomerGroups)
        ?? Words("rule.conditions.tenders", conditions.Tenders)
        ?? Items("rule.conditions.of", conditions.Of)
        ?? (conditions.MinimumQuantity is < 0 or > Limits.MaxQuantity ? $"rule.conditions.minimumQuantity: 0 to {Limits.MaxQuantity}" : null)
        ?? (conditions.MinimumAmount is < 0 or > Limits.MaxAmount ? $"rule.conditions.minimumAmount: 0 to {Limits.MaxAmount}" : null)
        ?? (conditions.Weekdays.Length > 7 ? "rule.conditions.weekdays: at most 7" : null)
        ?? (conditions.Hours.Length > 24 || Array.Exists(conditions.Hours, window => window is null) ? "rule.conditions.hours: at most 24 windows" : null)
        ?? Local("rule.conditions.validFrom", conditions.ValidFrom)
        ?? Local("rule.conditions.validTo", conditions.ValidTo)
        ?? (conditions.ValidFrom >= conditions.ValidTo ? "rule.conditions.validTo: after validFrom" : null);

    // The store's clock decides, and each store has its own: an offset would say something that is not listened to.
    private static string? Local(string member, DateTime? at) =>
        at is { Kind: not DateTimeKind.Unspecified } ? $"{member}: the store's local time, without an offset" : null;

    private static string? Parts(BundlePart[] parts) =>
        Array.Exists(parts, part => part is null)
            ? "rule.parts: null is not a part"
            : parts.Select((part, at) => Items($"rule.parts[{at}].items", part.Items)).FirstOrDefault(fault => fault is not null);

    private static string? Coupon(CouponRule? coupon, bool stored) => coupon switch
    {
        null => null,
        { Codes.Length: > 0 } when stored => "rule.coupon.codes: codes are issued at /api/promotions/{id}/coupons, so that their uses are counted",
        { Codes.Length: > MaxItems } => $"rule.coupon.codes: at most {MaxItems}",
        { PerOrder: < 1 or > 100 } => "rule.coupon.perOrder: 1 to 100",
        { PerCustomer: < 1 or > 1_000_000_000 } => "rule.coupon.perCustomer: 1 to 1000000000",
        _ => null,
    };

    private static string? Items(string member, ItemSelector? items) => items is null ? null :
        Count($"{member}.products", items.Products)
        ?? Words($"{member}.categories", items.Categories)
        ?? Words($"{member}.brands", items.Brands)
        ?? Words($"{member}.tags", items.Tags)
        ?? Count($"{member}.excludedProducts", items.ExcludedProducts)
        ?? Words($"{member}.excludedCategories", items.ExcludedCategories)
        ?? Words($"{member}.excludedBrands", items.ExcludedBrands)
        ?? Words($"{member}.excludedTags", items.ExcludedTags);

    private static string? Count<T>(string member, T[] list) => list.Length > MaxItems ? $"{member}: at most {MaxItems}" : null;

    private static string? Words(string member, string?[] list) =>
        Count(member, list) ?? list.Select((word, at) => word is { Length: > 0 } ? Word($"{member}[{at}]", word) : $"{member}[{at}]: empty").FirstOrDefault(fault => fault is not null);

    private static string? Word(string member, string word) =>
        word.Length > MaxWord || word.Any(char.IsControl) ? $"{member}: at most {MaxWord} characters, none of them a control character" : null;
}
