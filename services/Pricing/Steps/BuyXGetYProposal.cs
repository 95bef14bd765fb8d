namespace WebWaka.Pricing.Steps;

/// <summary>Buy X get Y. Only whole units count, each for one such promotion; the cheapest units that qualify are given.</summary>
internal static class BuyXGetYProposal
{
    public static string? Fill(Work work, Proposal proposal, BuyXGetY rule, bool[] open)
    {
        proposal.Units = new long[open.Length];
        proposal.Count = 0;
        var pools = Pools(work, proposal, open);
        if (rule.Match == BuyXGetYMatch.Cheapest)
        {
            Fill(work, proposal, rule, pools, Places(pools, _ => true));
        }
        else
        {
            var seen = new HashSet<Guid>();
            for (var i = 0; i < pools.Length; i++)
            {
                // A custom line has no product: it is its own.
                if (pools[i].Units == 0) continue;
                var product = work.Lines[i].Source.ProductId;
                var at = i;
                if (product is null) Fill(work, proposal, rule, pools, Places(pools, other => other == at));
                else if (seen.Add(product.Value))
                    Fill(work, proposal, rule, pools, Places(pools, other => work.Lines[other].Source.ProductId == product));
            }
        }

        return proposal.Count == 0 ? Reasons.BelowMinimumQuantity : null;
    }

    static Pool[] Pools(Work work, Proposal proposal, bool[] open)
    {
        var pools = new Pool[open.Length];
        for (var i = 0; i < pools.Length; i++)
        {
            var line = work.Lines[i];
            var given = line.Discountable && proposal.Promotion.Given.Matches(line.Source) && Proposals.IsOpen(line, proposal.Promotion);
            if (open[i] || given) pools[i] = new(line.FreeQuantity / 100_000, open[i], given);
        }

        return pools;
    }

    static void Fill(Work work, Proposal proposal, BuyXGetY rule, Pool[] pools, int[] places)
    {
        var (sets, free) = Sets(rule, pools, places);
        if (free == 0) return;
        proposal.Count += (int)Math.Min(sets, int.MaxValue);
        Limits.TryScale(rule.Percent, Limits.RatePlaces, 100, out var percent);
        Array.Sort(places, (a, b) => ByUnitValue(work.Lines[a], work.Lines[b]) is var order and not 0 ? order : a.CompareTo(b));
        // Units that can be bought must stay behind for buying.
        long buyable = 0;
        foreach (var at in places)
            if (pools[at].Buys) buyable += pools[at].Units;
        var spare = buyable - sets * rule.Buy;
        foreach (var at in places)
        {
            if (free == 0) break;
            if (!pools[at].Gives) continue;
            var units = Math.Min(free, pools[at].Units);
            if (pools[at].Buys) spare -= units = Math.Min(units, spare);
            free -= units;
            Give(work.Lines[at], at, units, percent);
        }

        var bought = sets * rule.Buy;
        for (var i = places.Length - 1; i >= 0 && bought > 0; i--)
        {
            var at = places[i];
            if (!pools[at].Buys) continue;
            var units = Math.Min(bought, pools[at].Units - proposal.Units![at]);
            proposal.Units[at] += units;
            bought -= units;
        }

        void Give(WorkLine line, int at, long units, long rate)
        {
            proposal.Units![at] += units;
            proposal.Amounts[at] += Rounding.Quotient(
                (Int128)(line.Left - line.LeftOfUsed) * units * 100_000 * rate,
                (Int128)line.FreeQuantity * 100_000_000,
                work.Rounding.Mode);
        }
    }

    /// <summary>The most units that can be given, and the sets it takes. With b units that can only be bought, g only given
    /// and o both, s sets give min(get x s, g + min(o, b + o - buy x s)): rising, then falling, so the best is where they cross.</summary>
    static (long Sets, long Free) Sets(BuyXGetY rule, Pool[] pools, int[] places)
    {
        long onlyBuy = 0, onlyGive = 0, both = 0;
        foreach (var at in places)
        {
            var pool = pools[at];
            if (pool.Buys && pool.Gives) both += pool.Units;
            else if (pool.Buys) onlyBuy += pool.Units;
            else onlyGive += pool.Units;
        }

        var most = (onlyBuy + both) / rule.Buy;
        if (!rule.Repeat) most = Math.Min(most, 1);
        long low = 0;
        var high = most;
        while (low < high)
        {
            var middle = low + (high - low + 1) / 2;
            if (rule.Get * middle <= Room(middle)) low = middle;
            else high = middle - 1;
        }

        var (sets, free) = (low, rule.Get * low);
        if (low < most && Math.Min(rule.Get * (low + 1), Room(low + 1)) is var part && part > free) (sets, free) = (low + 1, part);
        return (sets, free);

        long Room(long s) => onlyGive + Math.Min(both, onlyBuy + both - rule.Buy * s);
    }

    static int[] Places(Pool[] pools, Func<int, bool> wanted)
    {
        var places = new List<int>(pools.Length);
        for (var i = 0; i < pools.Length; i++)
            if (pools[i].Units > 0 && wanted(i)) places.Add(i);
        return [.. places];
    }

    // What a free unit of each costs, compared without a fraction.
    static int ByUnitValue(WorkLine a, WorkLine b) =>
        ((Int128)(a.Left - a.LeftOfUsed) * b.FreeQuantity).CompareTo((Int128)(b.Left - b.LeftOfUsed) * a.FreeQuantity);

    /// <summary>The free whole units of a line and what they may serve as.</summary>
    readonly record struct Pool(long Units, bool Buys, bool Gives);
}
