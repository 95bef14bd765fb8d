namespace WebWaka.Pricing.Steps;

/// <summary>Promotions marked best: what each would give is worked out alone, then each line gets what saves most. The result
/// is never less than any one of them alone would give.</summary>
internal static class BestContest
{
    const int Nobody = -1;

    public static void Run(Work work)
    {
        var proposals = work.Proposals;
        proposals.StartContest(work.Count);
        var (owners, held) = (proposals.Owners, proposals.Held);
        for (var p = 0; p < proposals.Count; p++)
        {
            var proposal = proposals[p];
            if (!proposal.Promotion.IsByLine) continue;
            for (var k = 0; k < proposal.Count; k++)
                if (proposal.Amounts[k] > held[proposal.Places[k]]) (owners[proposal.Places[k]], held[proposal.Places[k]]) = (p, proposal.Amounts[k]);
        }

        while (MostGain(proposals) is var winner && winner != Nobody)
        {
            var proposal = proposals[winner];
            for (var k = 0; k < proposal.Count; k++)
            {
                if (!proposal.Needs(k)) continue;
                (owners[proposal.Places[k]], held[proposal.Places[k]]) = (winner, proposal.Amounts[k]);
                proposals.Locked[proposal.Places[k]] = true;
            }
        }

        Award(work, proposals);
        proposals.Clear();
    }

    /// <summary>A promotion over several lines is taken whole or not at all: it must beat what its lines hold together.</summary>
    static int MostGain(Proposals proposals)
    {
        var (best, most) = (Nobody, 0L);
        for (var p = 0; p < proposals.Count; p++)
        {
            var proposal = proposals[p];
            if (proposal.Promotion.IsByLine) continue;
            var gain = 0L;
            for (var k = 0; k < proposal.Count; k++)
            {
                if (!proposal.Needs(k)) continue;
                if (proposals.Locked[proposal.Places[k]])
                {
                    gain = long.MinValue;
                    break;
                }

                gain += proposal.Amounts[k] - proposals.Held[proposal.Places[k]];
            }

            if (gain > most) (best, most) = (p, gain);
        }

        return best;
    }

    /// <summary>Each takes off the lines it has won; one that has won nothing lost to a better one.</summary>
    static void Award(Work work, Proposals proposals)
    {
        for (var p = 0; p < proposals.Count; p++)
        {
            var proposal = proposals[p];
            for (var k = 0; k < proposal.Count; k++)
                if (proposals.Owners[proposal.Places[k]] != p) (proposal.Amounts[k], proposal.Units[k]) = (0, 0);
            if (!proposal.Apply(work)) work.NotApplied.Add(proposal.Promotion.Refusal(Rules.Reasons.BetterPromotion, proposal.Coupon));
        }
    }
}
