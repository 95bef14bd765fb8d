using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>What a promotion would take off its lines as things stand, before it is decided whether it may. Used again and again.</summary>
internal sealed class Proposal
{
    public IndexedPromotion Promotion { get; private set; } = null!;

    public string? Coupon { get; private set; }

    /// <summary>How many lines are in question; the arrays below may be longer.</summary>
    public int Count { get; private set; }

    /// <summary>Places of the lines, rising.</summary>
    public int[] Places { get; private set; } = [];

    /// <summary>Minor units off each, never more than the line has left.</summary>
    public long[] Amounts { get; private set; } = [];

    /// <summary>Whole units it counts on each, bought and given; only with <see cref="CountsUnits"/>.</summary>
    public long[] Units { get; private set; } = [];

    public bool CountsUnits { get; set; }

    /// <summary>How often it applies: sets of units, otherwise 1.</summary>
    public int Sets { get; set; }

    public void Start(IndexedPromotion promotion, string? coupon, int most)
    {
        (Promotion, Coupon, Count, CountsUnits, Sets) = (promotion, coupon, 0, false, 1);
        if (Places.Length < most) (Places, Amounts, Units) = (new int[most], new long[most], new long[most]);
    }

    public void Add(int place)
    {
        (Places[Count], Amounts[Count], Units[Count]) = (place, 0, 0);
        Count++;
    }

    public long Sum()
    {
        long sum = 0;
        for (var k = 0; k < Count; k++) sum += Amounts[k];
        return sum;
    }

    /// <summary>Whether it needs its k-th line: gives something on it or counts its units.</summary>
    public bool Needs(int k) => Amounts[k] != 0 || (CountsUnits && Units[k] != 0);

    /// <summary>Cuts to the caps; what a cap takes away is not given elsewhere.</summary>
    /// <param name="work">The cart.</param>
    /// <param name="earlier">What the promotion has already taken off this order.</param>
    public void Cap(Work work, long earlier)
    {
        var caps = Promotion.Rule.Caps;
        if (caps.AmountPerLine is { } perLine)
            for (var k = 0; k < Count; k++)
                Amounts[k] = Math.Min(Amounts[k], perLine);
        var room = caps.AmountPerOrder ?? long.MaxValue;
        if (caps.Budget is { } budget) room = Math.Min(room, budget - (Eligibility.UsageOf(work.Cart, Promotion.Rule.Id)?.Spent ?? 0));
        if (room == long.MaxValue) return;
        room = Math.Max(0, room - earlier);
        if (Sum() <= room) return;
        var weights = work.Weights.AsSpan(0, Count);
        Amounts.AsSpan(0, Count).CopyTo(weights);
        Allocation.Split(room, weights, Amounts.AsSpan(0, Count));
    }

    /// <summary>Takes it off the lines and records it; false where there is nothing to take.</summary>
    public bool Apply(Work work)
    {
        var sum = Sum();
        if (sum == 0) return false;
        var rule = Promotion.Rule;
        long before = 0;
        for (var k = 0; k < Count; k++)
        {
            if (!Needs(k)) continue;
            var line = work.Lines[Places[k]];
            before += line.Left;
            var discount = new LineDiscount(DiscountSource.Promotion, rule.Id, rule.Version, rule.Name, Amounts[k], line.Left, Coupon);
            if (CountsUnits) line.TakeFromUnits(Units[k], Amounts[k], discount);
            else line.Take(Amounts[k], discount);
            if (Promotion.IsExclusive) line.Closed = true;
            if (Amounts[k] != 0) line.Group = rule.Stacking.Group;
        }

        work.Applied.Add(new(rule.Id, rule.Version, rule.Name, Coupon, Sets, sum, before));
        return true;
    }
}
