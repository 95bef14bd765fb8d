namespace WebWaka.Pricing.Steps;

/// <summary>Promotions marked best: what each would give is worked out alone, then each line gets what saves most. The result
/// is never less than any one of them alone would give.</summary>
internal static class BestContest
{
    const int Nobody = -1;

    public static void Run(Work work, List<Proposal> proposals)
    {
        var owner = new int[work.Lines.Length];
        var locked = new bool[owner.Length];
        Array.Fill(owner, Nobody);
        for (var p = 0; p < proposals.Count; p++)
        {
            if (!ByLine(proposals[p])) continue;
            for (var i = 0; i < owner.Length; i++)
                if (proposals[p].Amounts[i] > Held(i)) owner[i] = p;
        }

        while (MostGain() is var winner && winner != Nobody)
        {
            for (var i = 0; i < owner.Length; i++)
            {
                if (!proposals[winner].Needs(i)) continue;
                owner[i] = winner;
                locked[i] = true;
            }
        }

        Award(work, proposals, owner);

        long Held(int line) => owner[line] == Nobody ? 0 : proposals[owner[line]].Amounts[line];

        // A promotion over several lines is taken whole or not at all: it must beat what its lines hold together.
        int MostGain()
        {
            var (best, most) = (Nobody, 0L);
            for (var p = 0; p < proposals.Count; p++)
            {
                if (ByLine(proposals[p])) continue;
                var gain = 0L;
                for (var i = 0; i < owner.Length; i++)
                {
                    if (!proposals[p].Needs(i)) continue;
                    if (locked[i])
                    {
                        gain = long.MinValue;
                        break;
                    }

                    gain += proposals[p].Amounts[i] - Held(i);
                }

                if (gain > most) (best, most) = (p, gain);
            }

            return best;
        }
    }

    /// <summary>Each takes off the lines it has won; one that has won nothing lost to a better one.</summary>
    static void Award(Work work, List<Proposal> proposals, int[] owner)
    {
        for (var p = 0; p < proposals.Count; p++)
        {
            var proposal = proposals[p];
            for (var i = 0; i < owner.Length; i++)
                if (owner[i] != p) proposal.Amounts[i] = 0;
            if (!proposal.Apply(work))
                work.NotApplied.Add(new(proposal.Promotion.Rule.Id, proposal.Coupon, Reasons.BetterPromotion));
        }
    }

    static bool ByLine(Proposal proposal) => proposal.Promotion.Rule.Scope == PromotionScope.Line && proposal.Units is null;
}
