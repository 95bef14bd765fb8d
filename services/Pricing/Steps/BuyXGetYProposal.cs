using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Buy X get Y. Only whole units count; the cheapest units that qualify are given.</summary>
internal static class BuyXGetYProposal
{
    public static string? Fill(Work work, Proposal proposal, BuyXGetY rule, ReadOnlySpan<int> items)
    {
        proposal.CountsUnits = true;
        proposal.Sets = 0;
        var pools = Pools(work, proposal, rule, items);
        var order = work.Proposals.OrderOf(proposal);
        if (rule.Match == BuyXGetYMatch.Cheapest) Fill(work, proposal, rule, pools, order);
        else ByProduct(work, proposal, rule, pools, order);
        return proposal.Sets == 0 ? Reasons.BelowMinimumQuantity : null;
    }

    /// <summary>The open lines with whole free units, and what those may serve as.</summary>
    static List<Pool> Pools(Work work, Proposal proposal, BuyXGetY rule, ReadOnlySpan<int> items)
    {
        var (promotion, pools) = (proposal.Promotion, work.Proposals.Pools);
        pools.Clear();
        if (rule.GetItems is null)
        {
            foreach (var at in items) Add(work, proposal, at, new(Units.FreeOf(work.Lines[at]), Buys: true, Gives: true));
            return pools;
        }

        var next = 0;
        for (var i = 0; i < work.Count; i++)
        {
            var line = work.Lines[i];
            var buys = next < items.Length && items[next] == i;
            if (buys) next++;
            Add(work, proposal, i, new(Units.FreeOf(line), buys, line.Discountable && promotion.Given.Matches(line.Source)));
        }

        return pools;
    }

    static void Add(Work work, Proposal proposal, int at, Pool pool)
    {
        if (!(pool.Buys || pool.Gives) || !Proposals.IsOpen(work.Lines[at], proposal.Promotion) || pool.Units <= 0) return;
        work.Proposals.Pools.Add(pool);
        proposal.Add(at);
    }

    /// <summary>Each product by itself; a custom line has none and is its own.</summary>
    static void ByProduct(Work work, Proposal proposal, BuyXGetY rule, List<Pool> pools, Span<int> order)
    {
        order.Sort((a, b) => ProductAt(a).CompareTo(ProductAt(b)) is var by and not 0 ? by : a.CompareTo(b));
        var from = 0;
        for (var i = 1; i <= order.Length; i++)
        {
            if (i < order.Length && ProductAt(order[i]) != Guid.Empty && ProductAt(order[i]) == ProductAt(order[from])) continue;
            Fill(work, proposal, rule, pools, order[from..i]);
            from = i;
        }

        Guid ProductAt(int k) => work.Lines[proposal.Places[k]].Source.ProductId ?? Guid.Empty;
    }

    static void Fill(Work work, Proposal proposal, BuyXGetY rule, List<Pool> pools, Span<int> order)
    {
        var (sets, free) = Sets(rule, pools, order);
        proposal.Sets = (int)Math.Min((long)proposal.Sets + sets, int.MaxValue);
        Units.Sort(work, proposal, order, UnitOrder.Cheapest);
        // Units that can be bought must stay behind for buying.
        long buyable = 0;
        foreach (var k in order)
            if (pools[k].Buys) buyable += pools[k].Units;
        var spare = buyable - sets * rule.Buy;
        foreach (var k in order)
        {
            if (!pools[k].Gives) continue;
            var units = Math.Min(free, pools[k].Units);
            if (pools[k].Buys) spare -= units = Math.Min(units, spare);
            free -= units;
            proposal.Units[k] = units;
            proposal.Amounts[k] = Units.PercentOff(work, work.Lines[proposal.Places[k]], units, proposal.Promotion.Benefit.Rate);
        }

        // The dearest of the others count as bought.
        var bought = sets * rule.Buy;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            var k = order[i];
            if (!pools[k].Buys) continue;
            var units = Math.Min(bought, pools[k].Units - proposal.Units[k]);
            proposal.Units[k] += units;
            bought -= units;
        }
    }

    /// <summary>The most units that can be given, and the sets it takes. With b units that can only be bought, g only given
    /// and o both, s sets give min(get x s, g + min(o, b + o - buy x s)): rising, then falling, so the best is where they cross.</summary>
    static (long Sets, long Free) Sets(BuyXGetY rule, List<Pool> pools, ReadOnlySpan<int> order)
    {
        long onlyBuy = 0, onlyGive = 0, both = 0;
        foreach (var k in order)
        {
            var pool = pools[k];
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
}

/// <summary>The free whole units of a line and what they may serve as.</summary>
internal readonly record struct Pool(long Units, bool Buys, bool Gives);
