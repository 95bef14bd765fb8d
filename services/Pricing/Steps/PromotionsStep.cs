using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 3: promotions, in the order of the index: exclusive, best, stackable on lines and groups, stackable on the
/// order.</summary>
internal static class PromotionsStep
{
    public static void Run(Work work)
    {
        var index = work.Index.Promotions;
        if (index.Sorted.Length == 0 && work.Cart.Coupons.Length == 0) return;
        var codes = Codes(work);
        var words = (index.Sorted.Length + 63) >> 6;
        Span<ulong> marks = words <= 64 ? stackalloc ulong[words] : new ulong[words];
        marks.Clear();
        foreach (var line in work.Lines)
            if (line.Discountable) index.Mark(line.Source, marks);
        foreach (var (at, _) in codes) marks[at >> 6] |= 1UL << (at & 63);

        List<Proposal>? contest = null;
        string? group = null;
        for (var word = 0; word < marks.Length; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
            {
                var at = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(rest);
                var promotion = index.Sorted[at];
                if (contest is not null && (!promotion.IsBest || promotion.Rule.Stacking.Group != group))
                {
                    BestContest.Run(work, contest);
                    contest = null;
                }

                if (promotion.IsBest && contest is null) (contest, group) = ([], promotion.Rule.Stacking.Group);
                Consider(work, promotion, at, codes, contest);
            }
        }

        if (contest is not null) BestContest.Run(work, contest);
    }

    static void Consider(Work work, IndexedPromotion promotion, int at, List<(int At, string Code)> codes, List<Proposal>? contest)
    {
        if (promotion.Rule.Coupon is not { } coupon)
        {
            Try(work, promotion, null, 0, contest);
            return;
        }

        var used = 0;
        long earlier = 0;
        foreach (var (owner, code) in codes)
        {
            if (owner != at) continue;
            // In a contest several codes of one promotion would compete with each other.
            if (used == (contest is null ? coupon.PerOrder : 1))
            {
                work.NotApplied.Add(new(promotion.Rule.Id, code, Reasons.CouponLimit));
                continue;
            }

            used++;
            earlier += Try(work, promotion, code, earlier, contest);
        }

        if (used == 0) work.NotApplied.Add(new(promotion.Rule.Id, null, Reasons.CouponRequired));
    }

    /// <summary>Applies it, or enters it in the contest, or records why not; answers what it took off.</summary>
    static long Try(Work work, IndexedPromotion promotion, string? code, long earlier, List<Proposal>? contest)
    {
        var reason = Eligibility.Refusal(work, promotion);
        Proposal? proposal = null;
        if (reason is null) (proposal, reason) = Proposals.Make(work, promotion, code, earlier);
        if (proposal is null)
        {
            work.NotApplied.Add(new(promotion.Rule.Id, code, reason!));
            return 0;
        }

        if (contest is not null)
        {
            contest.Add(proposal);
            return 0;
        }

        proposal.Apply(work);
        return proposal.Sum();
    }

    /// <summary>The known codes with the place of their promotion, in order of the code so that the cart's order means nothing.</summary>
    static List<(int At, string Code)> Codes(Work work)
    {
        var known = new List<(int At, string Code)>(work.Cart.Coupons.Length);
        foreach (var coupon in work.Cart.Coupons)
        {
            var code = coupon.Code.Trim();
            var at = work.Index.Promotions.Find(coupon);
            if (at < 0) work.NotApplied.Add(new(null, code, Reasons.CouponUnknown));
            else if (known.Exists(other => string.Equals(other.Code, code, StringComparison.OrdinalIgnoreCase)))
                work.NotApplied.Add(new(work.Index.Promotions.Sorted[at].Rule.Id, code, Reasons.CouponRepeated));
            else known.Add((at, code));
        }

        known.Sort(static (a, b) => string.CompareOrdinal(a.Code, b.Code));
        return known;
    }
}
