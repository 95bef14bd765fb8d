using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 4: points that are spent come off the lines; and what the priced lines earn.</summary>
internal static class LoyaltyStep
{
    public static PricingFailure? Burn(Work work)
    {
        var asked = work.Cart.BurnPoints;
        if (asked is < 0 or > Limits.MaxPoints) return new("points_invalid", "Points to spend are zero or more.");
        if (asked == 0) return null;
        if (work.Index.Loyalty is not { Rule.Burn: { } burn } programme) work.NotBurned = Reasons.PointsNotTaken;
        else if (work.Cart.CustomerId is null) work.NotBurned = Reasons.CustomerRequired;
        else Spend(work, programme, burn, asked);
        return null;
    }

    static void Spend(Work work, IndexedLoyalty programme, LoyaltyBurn burn, long asked)
    {
        var weights = work.Weights.AsSpan(0, work.Count);
        long sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var line = work.Lines[i];
            weights[i] = line.Discountable && programme.Payable.Matches(line.Source) ? line.Left : 0;
            sum += weights[i];
        }

        // Never a point for nothing: as many as the cap holds whole, and what they are worth is rounded down.
        var most = (Int128)sum * programme.MaxPercent / Limits.WholePercent;
        var points = (long)Int128.Min(asked, most * 10_000 / programme.PointValue);
        var value = (long)((Int128)points * programme.PointValue / 10_000);
        if (value == 0 || points < burn.MinimumPoints)
        {
            work.NotBurned = sum == 0 || (value == 0 && points >= burn.MinimumPoints) ? Reasons.NothingToDiscount : Reasons.BelowMinimumPoints;
            return;
        }

        (work.Burned, work.BurnedValue) = (points, value);
        var parts = work.Parts.AsSpan(0, work.Count);
        Allocation.Split(value, weights, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            var line = work.Lines[i];
            var rule = programme.Rule;
            line.Take(parts[i], new(DiscountSource.Loyalty, rule.Id, rule.Version, rule.Name, parts[i], line.Left));
        }
    }

    /// <summary>After all else: what the lines came to. Returned lines count against it.</summary>
    public static PricedLoyalty? Sum(Work work)
    {
        var programme = work.Index.Loyalty;
        if (work.Cart.BurnPoints == 0 && (programme is null || work.Cart.CustomerId is null)) return null;
        return new(programme?.Rule.Id, programme?.Rule.Version, Earned(work, programme), work.Burned, work.BurnedValue, work.NotBurned);
    }

    static long Earned(Work work, IndexedLoyalty? programme)
    {
        if (programme?.Rule.Earn is not { } earn || work.Cart.CustomerId is null) return 0;
        Int128 sum = 0;
        foreach (var line in work.Lines)
        {
            if (!programme.Earning.Matches(line.Source) || (earn.FullPriceOnly && line.Left != line.Gross)) continue;
            sum += earn.Basis == LoyaltyBasis.Net ? line.Net : line.Total;
        }

        return sum <= 0 ? 0 : (long)Int128.Min(sum * earn.Points / earn.Amount, Limits.MaxPoints);
    }
}
