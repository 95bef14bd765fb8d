using WebWaka.CellKit;

namespace WebWaka.Transaction;

/// <summary>Every problem this Cell can answer, by name. Listed in docs/problems.md.</summary>
internal static class Problems
{
    public static readonly Problem TenantNotReady = new("tenant_not_ready", 503, "The tenant's settings have not arrived here yet: try again in a moment");
    public static readonly Problem StoreUnknown = new("store_unknown", 404, "There is no such store");
    public static readonly Problem TillUnknown = new("till_unknown", 404, "There is no such till in this store");
    public static readonly Problem ProductUnknown = new("product_unknown", 404, "There is no such product");
    public static readonly Problem CouponUnknown = new("coupon_unknown", 404, "There is no such coupon, or it is not valid now");
    public static readonly Problem CurrencyMismatch = new("currency_mismatch", 409, "The currency is not the tenant's");
    public static readonly Problem PriceChanged = new("price_changed", 409, "The total has changed: confirm the new quote");
    public static readonly Problem CannotBePriced = new("cannot_be_priced", 400, "The cart cannot be priced");
    public static readonly Problem TendersDoNotPay = new("tenders_do_not_pay", 400, "The tenders do not pay the sale");
    public static readonly Problem ShiftNotOpen = new("shift_not_open", 409, "This shift is not open at this till");
    public static readonly Problem ShiftAlreadyOpen = new("shift_already_open", 409, "The till has an open shift: close it first");
    public static readonly Problem ShiftUnknown = new("shift_unknown", 404, "There is no such shift");
    public static readonly Problem CouponUsedUp = new("coupon_used_up", 409, "The coupon has no uses left");
    public static readonly Problem PromotionUsedUp = new("promotion_used_up", 409, "The promotion has no uses left: ask for a new quote");
    public static readonly Problem PointsInsufficient = new("points_insufficient", 409, "The customer has fewer points than these");
    public static readonly Problem CustomerRequired = new("customer_required", 400, "Points are a customer's: name the customer");
    public static readonly Problem LeaseUnknown = new("lease_unknown", 404, "There is no such lease for this till and this coupon or promotion");
    public static readonly Problem LeaseIdReused = new("lease_id_reused", 409, "This lease id is taken by a lease with another content");
    public static readonly Problem NotLimited = new("not_limited", 409, "There is no limit to lease from: sell without a lease");
    public static readonly Problem PromotionUnknown = new("promotion_unknown", 404, "There is no such promotion");
    public static readonly Problem SaleIdReused = new("sale_id_reused", 409, "This sale id is taken by a sale with another content");
    public static readonly Problem SaleUnknown = new("sale_unknown", 404, "There is no such sale");
    public static readonly Problem SaleNotCompleted = new("sale_not_completed", 409, "Only a completed sale can do this");
    public static readonly Problem SaleAlreadyVoided = new("sale_already_voided", 409, "The sale has been voided already");
    public static readonly Problem SaleHasRefunds = new("sale_has_refunds", 409, "The sale has refunds: it cannot be voided any more");
    public static readonly Problem ShiftHasClosed = new("shift_has_closed", 409, "The sale's shift has closed: refund it instead");
    public static readonly Problem RefundExceedsSale = new("refund_exceeds_sale", 409, "More would be refunded than was sold or paid");
    public static readonly Problem RefundIdReused = new("refund_id_reused", 409, "This refund id is taken by a refund with another content");
    public static readonly Problem RulesKeepMoving = CommonProblems.TryAgain.With("Prices are being changed right now.");
}
