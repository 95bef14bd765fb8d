namespace WebWaka.Pricing.Steps;

/// <summary>Steps 2, 4 and 7: what a person takes off, first on single lines, then on the order.</summary>
internal static class ManualDiscountsStep
{
    public static PricingFailure? OnLines(Work work)
    {
        foreach (var line in work.Lines)
        {
            if (line.Source.Discount is not { } discount) continue;
            if (Check(discount, line.Source.Line) is { } failure) return failure;
            if (discount.On != DiscountBase.Listed) return new("discount_invalid", "A line's discount is off what is listed.", line.Source.Line);
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
        if (discount.On == DiscountBase.Total) return null;
        var onNet = discount.On == DiscountBase.Net;
        var weights = work.Weights.AsSpan(0, work.Count);
        long sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var line = work.Lines[i];
            weights[i] = !line.Discountable ? 0 : onNet ? Math.Max(0, work.NetOf(line)) : line.Left;
            sum += weights[i];
        }

        var amount = AmountOf(discount, sum, work.Rounding.Mode);
        if (amount == 0) return null;
        var parts = work.Parts.AsSpan(0, work.Count);
        Allocation.Split(amount, weights, parts);
        for (var i = 0; i < parts.Length; i++)
        {
            var line = work.Lines[i];
            if (parts[i] == 0) continue;
            if (onNet && Array.Exists(line.Plan.Parts, tax => tax.Included)) TakeFromNet(work, line, weights[i] - parts[i], discount.Reason);
            else line.Take(parts[i], new(DiscountSource.ManualOrder, null, null, discount.Reason, parts[i], line.Left));
        }

        return null;
    }

    /// <summary>Step 7: off the total with taxes. Net and taxes of each line give in proportion to what they are.</summary>
    public static void OnTotal(Work work)
    {
        if (work.Cart.OrderDiscount is not { On: DiscountBase.Total } discount) return;
        long total = 0;
        var weights = new List<long>();
        foreach (var line in work.Lines)
        {
            if (!Gives(line)) continue;
            total += line.Total;
            weights.Add(Math.Max(0, line.Net));
            foreach (var tax in line.Taxes) weights.Add(Math.Max(0, tax.Amount));
        }

        if (weights.Sum() > Limits.MaxAmount) throw new OverflowException();
        var amount = total <= 0 ? 0 : AmountOf(discount, total, work.Rounding.Mode);
        var parts = Allocation.Split(amount, [.. weights]);
        var at = 0;
        foreach (var line in work.Lines)
            if (Gives(line)) at += Shrink(line, parts.AsSpan(at), discount.Reason);
    }

    // A line whose net is below zero (a fixed levy above the price) has nothing to give.
    static bool Gives(WorkLine line) => line.Discountable && line.Net >= 0;

    static int Shrink(WorkLine line, ReadOnlySpan<long> parts, string reason)
    {
        var (listed, net) = (parts[0], line.Net - parts[0]);
        var amounts = new long[line.Taxes.Length];
        for (var i = 0; i < amounts.Length; i++)
        {
            amounts[i] = line.Taxes[i].Amount - parts[i + 1];
            if (line.Taxes[i].Included) listed += parts[i + 1];
        }

        if (listed != 0) line.Record(listed, new(DiscountSource.ManualOrder, null, null, reason, listed, line.Left));
        line.Set(net, TaxStep.Changed(line, net, amounts));
        return amounts.Length + 1;
    }

    // Until taxes are known the line is taken at its net and the included taxes on that, each rounded.
    static void TakeFromNet(Work work, WorkLine line, long net, string reason)
    {
        var before = line.Left;
        line.Net = net;
        line.NetIsGiven = true;
        var listed = net;
        foreach (var part in line.Plan.Parts)
            if (part.Included) listed += work.RoundedOfNet(line, part, net);

        // What it comes to is known with the taxes.
        line.Record(before - listed, new(DiscountSource.ManualOrder, null, null, reason, 0, before));
    }

    /// <summary>Never more than there is.</summary>
    static long AmountOf(ManualDiscount discount, long of, RoundingMode mode) => discount.Amount is { } amount
        ? Math.Min(amount, of)
        : Rounding.PercentOff(of, Limits.Scaled(discount.Percent!.Value, Limits.RatePlaces), mode);

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
