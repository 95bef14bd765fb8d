using WebWaka.CellKit;

namespace WebWaka.Transaction.Claims;

/// <summary>How much of a promotion's counter is used: uses, or minor units of a budget. Only sales write it, in their own commit.</summary>
internal sealed class PromotionUsageRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid PromotionId { get; init; }

    /// <summary>See <see cref="Core.Counters"/>.</summary>
    public required string Counter { get; init; }

    public long Used { get; set; }
}

/// <summary>What a sale has claimed, so that exactly this is given back, whatever the promotion says by then.</summary>
internal sealed class ClaimRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public Guid PromotionId { get; init; }
    public required string Counter { get; init; }
    public string? Coupon { get; init; }
    public long Count { get; init; }

    /// <summary>The promotion's <c>usesReturn</c> when it was claimed.</summary>
    public required string Returns { get; init; }

    public Guid? LeaseId { get; init; }
    public DateTimeOffset? ReleasedAt { get; set; }
}

/// <summary>A customer: how often they bought here, their points, and the groups that identity has them in. Who they are is identity's alone.</summary>
internal sealed class CustomerRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid CustomerId { get; init; }

    /// <summary>Sales that were not voided.</summary>
    public long Purchases { get; set; }

    /// <summary>Below zero where points were spent before the sale that earned them was taken back.</summary>
    public long Points { get; set; }

    public DateTimeOffset? PointsExpireAt { get; set; }

    /// <summary>Of identity's customer, the version that <see cref="Groups"/> is of; 0 while identity has said nothing.</summary>
    public long GroupsVersion { get; set; }

    public string[] Groups { get; set; } = [];

    public long PointsAt(DateTimeOffset now) => PointsExpireAt <= now ? Math.Min(0, Points) : Points;
}
