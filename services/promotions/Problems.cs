using WebWaka.CellKit;

namespace WebWaka.Promotions;

/// <summary>Every problem that this Cell can answer beside the common ones.</summary>
internal static class Problems
{
    public static readonly Problem CouponTaken = new("coupon_taken", StatusCodes.Status409Conflict, "A coupon with this code exists already");
    public static readonly Problem PromotionWithoutCoupons = new("promotion_without_coupons", StatusCodes.Status409Conflict, "This promotion is given without a code", "Give its rule a coupon member first.");
    public static readonly Problem PromotionArchived = new("promotion_archived", StatusCodes.Status409Conflict, "This promotion has been archived");
    public static readonly Problem CannotBePriced = new("cannot_be_priced", StatusCodes.Status400BadRequest, "The cart cannot be priced");
    public static readonly Problem PromotionInvalid = new("promotion_invalid", StatusCodes.Status400BadRequest, "The promotion's rule is not valid");
}
