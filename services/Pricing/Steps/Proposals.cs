using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>The proposals of one contest (otherwise one at a time), and how those without units are worked out.</summary>
internal sealed class Proposals
{
    readonly List<Proposal> made = [];
    int[] order = [];

    public int Count { get; private set; }

    /// <summary>For a contest: who has each line, and what it gives there.</summary>
    public int[] Owners { get; private set; } = [];

    public long[] Held { get; private set; } = [];

    public bool[] Locked { get; private set; } = [];

    /// <summary>What the units of each line of a buy-X-get-Y may serve as.</summary>
    public List<Pool> Pools { get; } = [];

    public Proposal this[int at] => made[at];

    public void Clear() => Count = 0;

    /// <summary>Room for an order of the proposal's lines: as they come.</summary>
    public Span<int> OrderOf(Proposal proposal)
    {
        if (order.Length < proposal.Count) order = new int[proposal.Places.Length];
        for (var k = 0; k < proposal.Count; k++) order[k] = k;
        return order.AsSpan(0, proposal.Count);
    }

    public void StartContest(int lines)
    {
        if (Owners.Length < lines) (Owners, Held, Locked) = (new int[lines], new long[lines], new bool[lines]);
        Owners.AsSpan(0, lines).Fill(-1);
        Held.AsSpan(0, lines).Clear();
        Locked.AsSpan(0, lines).Clear();
    }

    /// <summary>Either a proposal that gives something or the reason's code.</summary>
    public (Proposal? Proposal, string? Reason) Make(
        Work work, IndexedPromotion promotion, string? coupon, ReadOnlySpan<int> items, long earlier)
    {
        if (items.Length == 0) return (null, Reasons.NoMatchingItem);
        if (Count == made.Count) made.Add(new Proposal());
        var proposal = made[Count];
        proposal.Start(promotion, coupon, work.Count);
        if (Fill(work, proposal, items) is { } reason) return (null, reason);
        proposal.Cap(work, earlier);
        if (proposal.Sum() == 0) return (null, Reasons.NothingToDiscount);
        Count++;
        return (proposal, null);
    }

    /// <summary>A line carries promotions of one group. Exclusive ones go first and close theirs, so they find lines untouched.</summary>
    public static bool IsOpen(WorkLine line, IndexedPromotion promotion) =>
        !line.Closed && (line.Group is null || line.Group == promotion.Rule.Stacking.Group);

    static string? Fill(Work work, Proposal proposal, ReadOnlySpan<int> items)
    {
        var promotion = proposal.Promotion;
        if (promotion.Rule is FreeGift gift) return GiftProposal.Fill(work, proposal, gift);
        if (!AnyOpen(work, promotion, items)) return Reasons.NotCombinable;
        if (promotion.Rule is BuyXGetY get) return BuyXGetYProposal.Fill(work, proposal, get, items);
        if (promotion.Rule is Bundle bundle) return BundleProposal.Fill(work, proposal, bundle, items);
        foreach (var at in items)
            if (IsOpen(work.Lines[at], promotion)) proposal.Add(at);
        if (promotion.Rule is not Tiered tiered)
        {
            Give(work, proposal, promotion.Benefit);
            return null;
        }

        if (Reached(work, proposal, tiered.Basis) is not { } reached)
            return tiered.Basis == TierBasis.Quantity ? Reasons.BelowMinimumQuantity : Reasons.BelowMinimumAmount;
        Give(work, proposal, reached);
        return null;
    }

    static bool AnyOpen(Work work, IndexedPromotion promotion, ReadOnlySpan<int> items)
    {
        foreach (var at in items)
            if (IsOpen(work.Lines[at], promotion)) return true;
        return false;
    }

    static void Give(Work work, Proposal proposal, Benefit benefit)
    {
        var (amounts, rule) = (proposal.Amounts, proposal.Promotion.Rule);
        if (rule.Scope == PromotionScope.Line)
        {
            for (var k = 0; k < proposal.Count; k++)
                amounts[k] = benefit.OnLine(work.Lines[proposal.Places[k]], proposal.Promotion.UnitsPerLine, work.Rounding.Mode);
            return;
        }

        var weights = work.Weights.AsSpan(0, proposal.Count);
        long sum = 0;
        for (var k = 0; k < weights.Length; k++) sum += weights[k] = work.Lines[proposal.Places[k]].Left;
        Allocation.Split(benefit.OnSum(sum, work.Rounding.Mode), weights, amounts.AsSpan(0, weights.Length), rule.Spread);
    }

    static Benefit? Reached(Work work, Proposal proposal, TierBasis basis)
    {
        Int128 measure = 0;
        for (var k = 0; k < proposal.Count; k++)
        {
            var line = work.Lines[proposal.Places[k]];
            measure += basis == TierBasis.Quantity ? line.Quantity : (Int128)line.Left * 100_000;
        }

        Benefit? reached = null;
        foreach (var (from, benefit) in proposal.Promotion.Tiers)
            if (from <= measure) reached = benefit;
        return reached;
    }
}
