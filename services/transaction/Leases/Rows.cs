using WebWaka.CellKit;

namespace WebWaka.Transaction.Leases;

/// <summary>
/// Uses of a coupon or of a limited promotion that a till may give out while it is offline. They are claimed when they are leased, so
/// nobody else can have them; what is not used comes back.
/// </summary>
internal sealed class LeaseRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid TillId { get; init; }
    public Guid PromotionId { get; init; }

    /// <summary>See <see cref="Core.Counters"/>.</summary>
    public required string Counter { get; init; }

    public string? Coupon { get; init; }
    public long Uses { get; init; }

    /// <summary>By sales that name the lease, those that came after it had closed among them.</summary>
    public long Used { get; init; }

    public Guid LeasedBy { get; init; }
    public DateTimeOffset LeasedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>An offline sale used more than its lease held: it has happened and stands, and a person is told.</summary>
internal sealed class ClaimExceptionRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public Guid PromotionId { get; init; }
    public required string Counter { get; init; }
    public Guid LeaseId { get; init; }
    public long Count { get; init; }
    public DateTimeOffset At { get; init; }
}
