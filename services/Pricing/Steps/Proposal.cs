using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>What a promotion would take off each line as things stand, before it is decided whether it may.</summary>
internal sealed class Proposal(IndexedPromotion promotion, string? coupon, int lines)
{
    public IndexedPromotion Promotion { get; } = promotion;

    public string? Coupon { get; } = coupon;

    /// <summary>Minor units by place of the line, never more than the line has left.</summary>
    public long[] Amounts { get; } = new long[lines];

    /// <summary>Whole units a buy-X-get-Y counts on each line, bought and given.</summary>
    public long[]? Units { get; set; }

    public int Count { get; set; } = 1;

    public long Sum()
    {
        long sum = 0;
        foreach (var amount in Amounts) sum += amount;
        return sum;
    }

    /// <summary>Whether it needs this line: gives something on it or counts its units.</summary>
    public bool Needs(int line) => Amounts[line] != 0 || (Units is not null && Units[line] != 0);

    /// <summary>Cuts to the caps inside one cart; what a cap takes away is not given elsewhere.</summary>
    /// <param name="earlier">What the promotion has already taken off this order.</param>
    public void Cap(long earlier)
    {
        var caps = Promotion.Rule.Caps;
        if (caps.AmountPerLine is { } perLine)
            foreach (ref var amount in Amounts.AsSpan())
                amount = Math.Min(amount, perLine);
        if (caps.AmountPerOrder is not { } perOrder) return;
        var room = Math.Max(0, perOrder - earlier);
        if (Sum() > room) Allocation.Split(room, (long[])Amounts.Clone(), Amounts);
    }

    /// <summary>Takes it off the lines and records it; false where there is nothing to take.</summary>
    public bool Apply(Work work)
    {
        var sum = Sum();
        if (sum == 0) return false;
        var rule = Promotion.Rule;
        for (var i = 0; i < Amounts.Length; i++)
        {
            if (!Needs(i)) continue;
            var line = work.Lines[i];
            var discount = new LineDiscount(DiscountSource.Promotion, rule.Id, rule.Version, rule.Name, Amounts[i], line.Left, Coupon);
            if (Units is null) line.Take(Amounts[i], discount);
            else line.TakeFromUnits(Units[i], Amounts[i], discount);
            if (Promotion.IsExclusive) line.Closed = true;
            if (Amounts[i] != 0) line.Group = rule.Stacking.Group;
        }

        work.Applied.Add(new(rule.Id, rule.Version, rule.Name, Coupon, Count, sum));
        return true;
    }
}
