namespace WebWaka.Pricing.Steps;

/// <summary>Steps 2 and 4: what a person takes off, first on single lines, at the end on the order.</summary>
internal static class ManualDiscountsStep
{
    public static PricingFailure? OnLines(Work work)
    {
        foreach (var line in work.Lines)
        {
            if (line.Source.Discount is not { } discount) continue;
            if (Check(discount, line.Source.Line) is { } failure) return failure;
            // A returned line costs less than nothing; its discount mirrors the one of a sale.
            var sign = Math.Sign(line.Left);
            var amount = sign * AmountOf(discount, Math.Abs(line.Left), work.Rounding.Mode);
            line.Take(amount, new(DiscountSource.ManualLine, null, null, discount.Reason, amount, line.Left));
        }

        return null;
    }

    public static PricingFailure? OnOrder(Work work)
    {
        if (work.Cart.OrderDiscount is not { } discount) return null;
        if (Check(discount, null) is { } failure) return failure;
        var weights = new long[work.Lines.Length];
        long sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!work.Lines[i].Discountable) continue;
            weights[i] = work.Lines[i].Left;
            sum += weights[i];
        }

        var amount = AmountOf(discount, sum, work.Rounding.Mode);
        if (amount == 0) return null;
        var parts = Allocation.Split(amount, weights);
        for (var i = 0; i < parts.Length; i++)
            work.Lines[i].Take(parts[i], new(DiscountSource.ManualOrder, null, null, discount.Reason, parts[i], work.Lines[i].Left));
        return null;
    }

    /// <summary>Never more than there is.</summary>
    static long AmountOf(ManualDiscount discount, long of, RoundingMode mode)
    {
        if (discount.Amount is { } amount) return Math.Min(amount, of);
        Limits.TryScale(discount.Percent!.Value, Limits.RatePlaces, 100, out var percent);
        return Rounding.PercentOff(of, percent, mode);
    }

    static PricingFailure? Check(ManualDiscount discount, int? line) => discount switch
    {
        { Amount: null, Percent: null } or { Amount: not null, Percent: not null } =>
            new("discount_invalid", "A discount is either an amount or a percentage.", line),
        { Amount: < 0 or > Limits.MaxAmount } => new("discount_invalid", "A discount is zero or more.", line),
        { Percent: { } percent } when percent is < 0 or > 100 || !Limits.TryScale(percent, Limits.RatePlaces, 100, out _) =>
            new("discount_invalid", "A percentage is 0 to 100 with at most six decimals.", line),
        _ => null,
    };
}
