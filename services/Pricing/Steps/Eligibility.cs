using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Whether a promotion's conditions hold; the answer is the reason's code, null where they do.</summary>
internal static class Eligibility
{
    public static string? Refusal(Work work, IndexedPromotion promotion)
    {
        var cart = work.Cart;
        var conditions = promotion.Rule.Conditions;
        if (Array.IndexOf(cart.ExhaustedPromotions, promotion.Rule.Id) >= 0) return Reasons.Exhausted;
        if (conditions.ValidFrom > work.Local || conditions.ValidTo <= work.Local) return Reasons.OutsideDates;
        if (!InHours(conditions, work.Local)) return Reasons.OutsideHours;
        if (!Allows(conditions.Stores, cart.StoreId)) return Reasons.OtherStore;
        if (!Allows(conditions.Tills, cart.TillId)) return Reasons.OtherTill;
        if (!Allows(conditions.Customers, cart.CustomerId)) return Reasons.OtherCustomer;
        if (!InGroup(conditions.CustomerGroups, cart.CustomerGroups)) return Reasons.OtherCustomerGroup;
        if (conditions.FirstPurchaseOnly && !cart.IsFirstPurchase) return Reasons.NotFirstPurchase;
        return BelowMinimum(work, promotion);
    }

    static string? BelowMinimum(Work work, IndexedPromotion promotion)
    {
        var conditions = promotion.Rule.Conditions;
        if (conditions.MinimumQuantity is null && conditions.MinimumAmount is null) return null;
        decimal quantity = 0;
        long amount = 0;
        foreach (var line in work.Lines)
        {
            if (!line.Discountable || !promotion.Counted.Matches(line.Source)) continue;
            quantity += line.Source.Quantity;
            amount += conditions.AmountBasis == AmountBasis.Gross ? line.Gross : line.Left;
        }

        if (quantity < conditions.MinimumQuantity) return Reasons.BelowMinimumQuantity;
        return amount < conditions.MinimumAmount ? Reasons.BelowMinimumAmount : null;
    }

    static bool InHours(PromotionConditions conditions, DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        if (conditions.Hours.Length == 0) return OnDay(conditions.Weekdays, local.DayOfWeek);
        foreach (var (from, to) in conditions.Hours)
        {
            if (from < to)
            {
                if (time >= from && time < to && OnDay(conditions.Weekdays, local.DayOfWeek)) return true;
                continue;
            }

            if (time >= from && OnDay(conditions.Weekdays, local.DayOfWeek)) return true;
            var yesterday = (DayOfWeek)(((int)local.DayOfWeek + 6) % 7);
            if (time < to && OnDay(conditions.Weekdays, yesterday)) return true;
        }

        return false;
    }

    static bool OnDay(Weekday[] days, DayOfWeek day) => days.Length == 0 || Array.IndexOf(days, (Weekday)(int)day) >= 0;

    static bool Allows(Guid[] allowed, Guid? id) => allowed.Length == 0 || (id is { } known && Array.IndexOf(allowed, known) >= 0);

    static bool InGroup(string[] allowed, string[] groups)
    {
        if (allowed.Length == 0) return true;
        foreach (var group in groups)
            if (Array.IndexOf(allowed, group) >= 0) return true;
        return false;
    }
}

/// <summary>Why a promotion gave nothing.</summary>
internal static class Reasons
{
    public const string Exhausted = "exhausted";
    public const string OutsideDates = "outside_dates";
    public const string OutsideHours = "outside_hours";
    public const string OtherStore = "other_store";
    public const string OtherTill = "other_till";
    public const string OtherCustomer = "other_customer";
    public const string OtherCustomerGroup = "other_customer_group";
    public const string NotFirstPurchase = "not_first_purchase";
    public const string BelowMinimumQuantity = "below_minimum_quantity";
    public const string BelowMinimumAmount = "below_minimum_amount";
    public const string CouponRequired = "coupon_required";
    public const string CouponUnknown = "coupon_unknown";
    public const string CouponRepeated = "coupon_repeated";
    public const string CouponLimit = "coupon_limit";
    public const string NoMatchingItem = "no_matching_item";
    public const string NotCombinable = "not_combinable";
    public const string BetterPromotion = "better_promotion";
    public const string NothingToDiscount = "nothing_to_discount";
}
