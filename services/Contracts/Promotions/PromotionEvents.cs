namespace WebWaka.Contracts.Promotions;

/// <summary>A promotion as it now is. Full state: apply only a newer <c>Version</c>.</summary>
/// <param name="Document">The rule as JSON, as <c>WebWaka.Pricing</c> reads it.</param>
/// <param name="TotalLimit">How often it may be given in all, or null for no limit.</param>
public sealed record PromotionChanged(Guid PromotionId, long Version, string Document, long? TotalLimit, bool Archived);

/// <summary>The tenant's loyalty programme as it now is. Full state: apply only a newer <c>Version</c>.</summary>
/// <param name="Document">The programme as JSON, as <c>WebWaka.Pricing</c> reads it.</param>
public sealed record LoyaltyProgrammeChanged(long Version, string Document, bool Archived);

/// <summary>A coupon code as it now is. Full state: apply only a newer <c>Version</c>.</summary>
/// <param name="Code">Upper case, as compared.</param>
/// <param name="UseLimit">How often it may be used in all, or null for no limit.</param>
public sealed record CouponChanged(
    string Code, long Version, Guid PromotionId, long? UseLimit, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, bool Archived);
