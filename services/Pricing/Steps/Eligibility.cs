using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Whether a promotion's conditions hold; the answer is the reason's code, null where they do.</summary>
internal static class Eligibility
{
    /// <param name="work">The cart.</param>
    /// <param name="promotion">The promotion.</param>
    /// <param name="items">Places of the lines that are its items.</param>
    /// <param name="uses">How often it was given in this cart already.</param>
    public static string? Refusal(Work work, IndexedPromotion promotion, ReadOnlySpan<int> items, long uses)
    {
        var cart = work.Cart;
        var conditions = promotion.Rule.Conditions;
        if (Array.IndexOf(cart.ExhaustedPromotions, promotion.Rule.Id) >= 0) return Reasons.Exhausted;
        if (conditions.ValidFrom > work.Local || conditions.ValidTo <= work.Local) return Reasons.OutsideDates;
        if (!InHours(conditions, work.Local)) return Reasons.OutsideHours;
        if (!Allows(conditions.Stores, cart.StoreId)) return Reasons.OtherStore;
        if (!Allows(conditions.Tills, cart.TillId)) return Reasons.OtherTill;
        if (!Allows(conditions.Customers, cart.CustomerId)) return Reasons.OtherCustomer;
        if (conditions.CustomerGroups.Length > 0 && !HasAny(conditions.CustomerGroups, cart.CustomerGroups)) return Reasons.OtherCustomerGroup;
        if (conditions.FirstPurchaseOnly && !cart.IsFirstPurchase) return Reasons.NotFirstPurchase;
        if (conditions.Tenders.Length > 0 && !PaidBy(conditions.Tenders, cart.Tenders)) return Reasons.OtherTender;
        return UsedUp(cart, promotion.Rule, uses) ?? BelowMinimum(work, promotion, items);
    }

    /// <summary>What the promotion has given before this cart.</summary>
    public static PromotionUsage? UsageOf(Cart cart, Guid promotion)
    {
        foreach (var usage in cart.Usage)
            if (usage.PromotionId == promotion) return usage;
        return null;
    }

    internal static bool HasAny(string[] wanted, string[] given)
    {
        foreach (var one in given)
            if (Array.IndexOf(wanted, one) >= 0) return true;
        return false;
    }

    static string? UsedUp(Cart cart, Promotion rule, long uses)
    {
        var caps = rule.Caps;
        if (caps is { UsesPerCustomer: null, UsesPerDay: null, UsesInTotal: null, Budget: null }) return null;
        if (caps.UsesPerCustomer is not null && cart.CustomerId is null) return Reasons.CustomerRequired;
        var usage = UsageOf(cart, rule.Id);
        if (uses + (usage?.Total ?? 0) >= caps.UsesInTotal) return Reasons.UsedUpInTotal;
        if (uses + (usage?.Today ?? 0) >= caps.UsesPerDay) return Reasons.UsedUpToday;
        if (uses + (usage?.ByCustomer ?? 0) >= caps.UsesPerCustomer) return Reasons.UsedUpByCustomer;
        return (usage?.Spent ?? 0) >= caps.Budget ? Reasons.BudgetSpent : null;
    }

    static string? BelowMinimum(Work work, IndexedPromotion promotion, ReadOnlySpan<int> items)
    {
        var conditions = promotion.Rule.Conditions;
        if (conditions.MinimumQuantity is null && conditions.MinimumAmount is null) return null;
        Int128 quantity = 0, amount = 0;
        if (promotion.Counted is { } counted)
        {
            foreach (var line in work.Lines)
                if (line.Discountable && counted.Matches(line.Source)) Count(line);
        }
        else
        {
            foreach (var at in items) Count(work.Lines[at]);
        }

        var above = conditions.MoreThanMinimum ? 1 : 0;
        if (promotion.MinimumQuantity is { } least && quantity < least + above) return Reasons.BelowMinimumQuantity;
        return conditions.MinimumAmount is { } lowest && amount < (Int128)lowest + above ? Reasons.BelowMinimumAmount : null;

        void Count(WorkLine line)
        {
            quantity += line.Quantity;
            amount += conditions.AmountBasis switch
            {
                AmountBasis.Gross => line.Gross,
                AmountBasis.Net => work.NetOf(line),
                _ => line.Left,
            };
        }
    }

    static bool InHours(PromotionConditions conditions, DateTime local)
    {
        if (conditions.Hours.Length == 0) return OnDay(conditions.Weekdays, local.DayOfWeek);
        var time = TimeOnly.FromDateTime(local);
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

    static bool PaidBy(string[] allowed, string[] tenders) =>
        tenders.Length > 0 && Array.TrueForAll(tenders, tender => Array.IndexOf(allowed, tender) >= 0);
}
