using WebWaka.CellKit;
using WebWaka.Contracts.Promotions;

namespace WebWaka.Promotions.Coupons;

/// <summary>A code that opens a promotion. Its uses are claimed by Transaction; here it is defined and its uses are counted.</summary>
internal sealed class CouponRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }

    /// <summary>Upper case, as compared.</summary>
    public required string Code { get; init; }

    public long Version { get; set; }
    public Guid PromotionId { get; init; }
    public long? UseLimit { get; init; }
    public DateTimeOffset? ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public bool Archived { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    public CouponChanged Event() => new(Code, Version, PromotionId, UseLimit, ValidFrom, ValidTo, Archived);
}

/// <param name="Used">Redemptions less those taken back, over all completed sales heard of.</param>
internal sealed record CouponAnswer(
    string Code, long Version, Guid PromotionId, long? UseLimit, long Used, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, bool Archived)
{
    public static CouponAnswer Of(CouponRow row, long used) =>
        new(row.Code, row.Version, row.PromotionId, row.UseLimit, used, row.ValidFrom, row.ValidTo, row.Archived);
}
