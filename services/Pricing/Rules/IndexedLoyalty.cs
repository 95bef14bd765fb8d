namespace WebWaka.Pricing.Rules;

/// <summary>A programme made ready, and what must hold of one.</summary>
internal sealed class IndexedLoyalty(LoyaltyProgramme rule)
{
    const long MaxPoints = 1_000_000;
    const int MaxDays = 3_650;

    public LoyaltyProgramme Rule { get; } = rule;

    public Selector Earning { get; } = Selector.Of(rule.Earn?.Items);

    public Selector Payable { get; } = Selector.Of(rule.Burn?.Items);

    /// <summary>Minor units x 10^4.</summary>
    public long PointValue { get; } = rule.Burn is { } burn ? Limits.Scaled(burn.PointValue, Limits.PricePlaces) : 0;

    /// <summary>Percent x 10^6.</summary>
    public long MaxPercent { get; } = rule.Burn is { } burn ? Limits.Scaled(burn.MaxPercent, Limits.RatePlaces) : 0;

    public static string? Fault(LoyaltyProgramme programme)
    {
        if (programme is { Earn: null, Burn: null }) return "it neither gives nor takes points";
        if (programme.Earn is { Points: < 1 or > MaxPoints }) return "points are 1 to 1000000";
        if (programme.Earn is { Amount: < 1 or > Limits.MaxAmount }) return "points are for an amount of at least one minor unit";
        if (programme.ExpiresAfterDays is < 1 or > MaxDays) return "points last 1 to 3650 days";
        if (programme.Burn is not { } burn) return null;
        if (burn.PointValue <= 0 || !Limits.TryScale(burn.PointValue, Limits.PricePlaces, MaxPoints, out _))
            return "a point is worth more than nothing, with at most four decimals of a minor unit";
        if (burn.MinimumPoints is < 1 or > Limits.MaxPoints) return "the fewest points to spend are 1 or more";
        return burn.MaxPercent is > 0 and <= 100 && Limits.TryScale(burn.MaxPercent, Limits.RatePlaces, 100, out _)
            ? null : "points pay more than 0 and at most 100 percent, with at most six decimals";
    }
}
