using WebWaka.CellKit;

namespace WebWaka.Promotions.Redemptions;

/// <summary>
/// One promotion given in one sale, or taken back with it. The key is the business's, not the event's: however often and in
/// whatever order the sale, its void and its refund are heard, there is one row of each kind.
/// </summary>
internal sealed class RedemptionRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public Guid PromotionId { get; init; }

    /// <summary>Empty where no code was needed, since a key has no null.</summary>
    public required string Coupon { get; init; }

    public bool Reversal { get; init; }

    /// <summary>Minor units that were taken off; positive in both kinds.</summary>
    public long Amount { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>How often a promotion was given and taken back: the sum of its redemption rows, kept in their transaction.</summary>
internal sealed class PromotionUsageRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid PromotionId { get; init; }
    public long Redeemed { get; init; }
    public long Reversed { get; init; }

    /// <summary>Minor units given less those taken back.</summary>
    public long Amount { get; init; }
}

/// <inheritdoc cref="PromotionUsageRow"/>
internal sealed class CouponUsageRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid PromotionId { get; init; }
    public required string Coupon { get; init; }
    public long Redeemed { get; init; }
    public long Reversed { get; init; }
    public long Amount { get; init; }
}
