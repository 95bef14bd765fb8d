namespace WebWaka.Pricing.Rules;

/// <summary>Why a rule gave or charged nothing.</summary>
internal static class Reasons
{
    public const string Exhausted = "exhausted";
    public const string OutsideDates = "outside_dates";
    public const string OutsideHours = "outside_hours";
    public const string OtherStore = "other_store";
    public const string OtherTill = "other_till";
    public const string OtherZone = "other_zone";
    public const string OtherCustomer = "other_customer";
    public const string OtherCustomerGroup = "other_customer_group";
    public const string NotFirstPurchase = "not_first_purchase";
    public const string OtherTender = "other_tender";
    public const string CustomerRequired = "customer_required";
    public const string UsedUpInTotal = "used_up_in_total";
    public const string UsedUpToday = "used_up_today";
    public const string UsedUpByCustomer = "used_up_by_customer";
    public const string BudgetSpent = "budget_spent";
    public const string BelowMinimumQuantity = "below_minimum_quantity";
    public const string BelowMinimumAmount = "below_minimum_amount";
    public const string CouponRequired = "coupon_required";
    public const string CouponUnknown = "coupon_unknown";
    public const string CouponRepeated = "coupon_repeated";
    public const string CouponLimit = "coupon_limit";
    public const string NoMatchingItem = "no_matching_item";
    public const string GiftNotInCart = "gift_not_in_cart";
    public const string NotCombinable = "not_combinable";
    public const string BetterPromotion = "better_promotion";
    public const string NothingToDiscount = "nothing_to_discount";
    public const string NotChosen = "not_chosen";
    public const string CustomerExempt = "customer_exempt";
    public const string NothingToCharge = "nothing_to_charge";
    public const string PointsNotTaken = "points_not_taken";
    public const string BelowMinimumPoints = "below_minimum_points";

    public static readonly string[] All =
    [
        Exhausted, OutsideDates, OutsideHours, OtherStore, OtherTill, OtherZone, OtherCustomer, OtherCustomerGroup, NotFirstPurchase, OtherTender,
        CustomerRequired, UsedUpInTotal, UsedUpToday, UsedUpByCustomer, BudgetSpent, BelowMinimumQuantity, BelowMinimumAmount, CouponRequired,
        CouponUnknown, CouponRepeated, CouponLimit, NoMatchingItem, GiftNotInCart, NotCombinable, BetterPromotion, NothingToDiscount, NotChosen,
        CustomerExempt, NothingToCharge, PointsNotTaken, BelowMinimumPoints,
    ];
}
