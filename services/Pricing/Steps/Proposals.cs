using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Works out proposals of percentages, amounts, prices and tiers; buy X get Y has its own file.</summary>
internal static class Proposals
{
    /// <summary>Either a proposal that gives something or the reason's code.</summary>
    public static (Proposal? Proposal, string? Reason) Make(Work work, IndexedPromotion promotion, string? coupon, long earlier)
    {
        var matches = false;
        var open = new bool[work.Lines.Length];
        var count = 0;
        for (var i = 0; i < open.Length; i++)
        {
            var line = work.Lines[i];
            if (!line.Discountable || !promotion.Items.Matches(line.Source)) continue;
            matches = true;
            open[i] = IsOpen(line, promotion);
            if (open[i]) count++;
        }

        if (!matches) return (null, Reasons.NoMatchingItem);
        if (count == 0) return (null, Reasons.NotCombinable);
        var proposal = new Proposal(promotion, coupon, open.Length);
        if (Fill(work, proposal, open) is { } reason) return (null, reason);
        proposal.Cap(earlier);
        return proposal.Sum() == 0 ? (null, Reasons.NothingToDiscount) : (proposal, null);
    }

    /// <summary>A line carries promotions of one group. Exclusive ones go first and close theirs, so they find lines untouched.</summary>
    public static bool IsOpen(WorkLine line, IndexedPromotion promotion) =>
        !line.Closed && (line.Group is null || line.Group == promotion.Rule.Stacking.Group);

    static string? Fill(Work work, Proposal proposal, bool[] open)
    {
        switch (proposal.Promotion.Rule)
        {
            case PercentOff rule:
                Give(work, proposal, open, Benefit.Percent(rule.Percent));
                return null;
            case AmountOff rule:
                Give(work, proposal, open, Benefit.Amount(rule.Amount, rule.PerUnit));
                return null;
            case FixedPrice rule:
                Give(work, proposal, open, Benefit.Price(rule.Price));
                return null;
            case Tiered rule:
                if (Reached(work, rule, open) is not { } tier)
                    return rule.Basis == TierBasis.Quantity ? Reasons.BelowMinimumQuantity : Reasons.BelowMinimumAmount;
                Give(work, proposal, open, Benefit.Of(tier));
                return null;
            case BuyXGetY rule:
                return BuyXGetYProposal.Fill(work, proposal, rule, open);
            default:
                throw new InvalidOperationException("Checked when the rule book was indexed.");
        }
    }

    static void Give(Work work, Proposal proposal, bool[] open, Benefit benefit)
    {
        var amounts = proposal.Amounts;
        if (proposal.Promotion.Rule.Scope == PromotionScope.Line)
        {
            for (var i = 0; i < open.Length; i++)
                if (open[i])
                    amounts[i] = benefit.OnLine(work.Lines[i], proposal.Promotion.Rule.Caps.UnitsPerLine, work.Rounding.Mode);
            return;
        }

        var weights = new long[open.Length];
        long sum = 0;
        for (var i = 0; i < open.Length; i++)
        {
            if (!open[i]) continue;
            weights[i] = work.Lines[i].Left;
            sum += weights[i];
        }

        Allocation.Split(benefit.OnSum(sum, work.Rounding.Mode), weights, amounts);
    }

    static Tier? Reached(Work work, Tiered rule, bool[] open)
    {
        decimal measure = 0;
        for (var i = 0; i < open.Length; i++)
            if (open[i])
                measure += rule.Basis == TierBasis.Quantity ? work.Lines[i].Source.Quantity : work.Lines[i].Left;
        Tier? reached = null;
        foreach (var tier in rule.Tiers)
            if (tier.From <= measure && (reached is null || tier.From > reached.From)) reached = tier;
        return reached;
    }
}
