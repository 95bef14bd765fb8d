using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>The whole units of lines that promotions of units count. Each serves one such promotion.</summary>
internal static class Units
{
    const int Few = 24;

    public static long FreeOf(WorkLine line) => line.FreeQuantity / 100_000;

    /// <summary>Puts the places of a proposal in order of what one of their free units costs, ties in order of the lines. Each must have
    /// a free unit: without one it would compare as equal to all.</summary>
    public static void Sort(Work work, Proposal proposal, Span<int> order, UnitOrder by)
    {
        if (by == UnitOrder.LineOrder) return;
        var sign = by == UnitOrder.Cheapest ? 1 : -1;
        if (order.Length > Few)
        {
            SortMany(work, proposal, order, sign);
            return;
        }

        for (var i = 1; i < order.Length; i++)
        {
            var (at, k) = (i, order[i]);
            for (; at > 0 && Compare(work, proposal, sign, order[at - 1], k) > 0; at--) order[at] = order[at - 1];
            order[at] = k;
        }
    }

    // Apart, because what the comparison captures would be allocated for few lines too.
    static void SortMany(Work work, Proposal proposal, Span<int> order, int sign) => order.Sort((a, b) => Compare(work, proposal, sign, a, b));

    static int Compare(Work work, Proposal proposal, int sign, int a, int b) =>
        sign * ByUnitValue(work.Lines[proposal.Places[a]], work.Lines[proposal.Places[b]]) is var by and not 0 ? by : a.CompareTo(b);

    /// <summary>A percentage off so many of the line's free units.</summary>
    public static long PercentOff(Work work, WorkLine line, long units, long rate) => Rounding.Quotient(
        (Int128)line.LeftOfFree * units * 100_000 * rate, (Int128)line.FreeQuantity * 100_000_000, work.Rounding.Mode);

    // What a free unit of each costs, compared without a fraction.
    static int ByUnitValue(WorkLine a, WorkLine b) =>
        ((Int128)a.LeftOfFree * b.FreeQuantity).CompareTo((Int128)b.LeftOfFree * a.FreeQuantity);
}

/// <summary>A free gift: the cheapest units that may be given.</summary>
internal static class GiftProposal
{
    public static string? Fill(Work work, Proposal proposal, FreeGift rule)
    {
        var (promotion, inCart) = (proposal.Promotion, false);
        for (var i = 0; i < work.Count; i++)
        {
            var line = work.Lines[i];
            if (!line.Discountable || Units.FreeOf(line) <= 0 || !promotion.Given.Matches(line.Source)) continue;
            inCart = true;
            if (Proposals.IsOpen(line, promotion)) proposal.Add(i);
        }

        if (proposal.Count == 0) return inCart ? Reasons.NotCombinable : Reasons.GiftNotInCart;
        proposal.CountsUnits = true;
        var order = work.Proposals.OrderOf(proposal);
        Units.Sort(work, proposal, order, UnitOrder.Cheapest);
        long left = rule.Quantity;
        foreach (var k in order)
        {
            var line = work.Lines[proposal.Places[k]];
            var units = Math.Min(left, Units.FreeOf(line));
            proposal.Units[k] = units;
            proposal.Amounts[k] = Units.PercentOff(work, line, units, promotion.Benefit.Rate);
            left -= units;
        }

        return null;
    }
}

/// <summary>A bundle: as many complete sets as there are, its parts filled in order as written from the units not yet taken.</summary>
internal static class BundleProposal
{
    public static string? Fill(Work work, Proposal proposal, Bundle rule, ReadOnlySpan<int> items)
    {
        proposal.CountsUnits = true;
        foreach (var at in items)
            if (Proposals.IsOpen(work.Lines[at], proposal.Promotion) && Units.FreeOf(work.Lines[at]) > 0) proposal.Add(at);
        var order = work.Proposals.OrderOf(proposal);
        long units = 0, perSet = 0;
        foreach (var k in order) units += Units.FreeOf(work.Lines[proposal.Places[k]]);
        foreach (var part in rule.Parts) perSet += part.Quantity;
        Units.Sort(work, proposal, order, rule.Take);
        var (low, high) = (0L, units / perSet);
        if (!rule.Repeat) high = Math.Min(high, 1);
        // Fewer sets take the beginning of what more sets take, so what works for more works for fewer.
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (Takes(work, proposal, rule, order, middle)) low = middle;
            else high = middle - 1;
        }

        if (low == 0) return Reasons.BelowMinimumQuantity;
        Takes(work, proposal, rule, order, low);
        proposal.Sets = (int)Math.Min(low, int.MaxValue);
        Give(work, proposal, rule, low);
        return null;
    }

    /// <summary>Whether there is enough for so many sets; the units are then what they take.</summary>
    static bool Takes(Work work, Proposal proposal, Bundle rule, ReadOnlySpan<int> order, long sets)
    {
        var taken = proposal.Units;
        Array.Clear(taken, 0, proposal.Count);
        for (var p = 0; p < rule.Parts.Length; p++)
        {
            var missing = rule.Parts[p].Quantity * sets;
            foreach (var k in order)
            {
                var line = work.Lines[proposal.Places[k]];
                if (!proposal.Promotion.Parts[p].Matches(line.Source)) continue;
                var units = Math.Min(missing, Units.FreeOf(line) - taken[k]);
                taken[k] += units;
                missing -= units;
            }

            if (missing > 0) return false;
        }

        return true;
    }

    static void Give(Work work, Proposal proposal, Bundle rule, long sets)
    {
        var weights = work.Weights.AsSpan(0, proposal.Count);
        long sum = 0;
        for (var k = 0; k < weights.Length; k++)
        {
            weights[k] = work.Lines[proposal.Places[k]].ValueOf(proposal.Units[k]);
            sum += weights[k];
            if (rule.AmountEach is { } each) proposal.Amounts[k] = Least((Int128)each * proposal.Units[k], weights[k]);
        }

        if (rule.AmountEach is not null) return;
        var amount = rule switch
        {
            { Price: { } price } => sum - Least((Int128)price * sets, sum),
            { Amount: { } off } => Least((Int128)off * sets, sum),
            _ => Rounding.PercentOff(sum, proposal.Promotion.Benefit.Rate, work.Rounding.Mode),
        };
        Allocation.Split(amount, weights, proposal.Amounts.AsSpan(0, weights.Length));
    }

    static long Least(Int128 wanted, long most) => wanted > most ? most : (long)wanted;
}
