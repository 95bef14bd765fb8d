using System.Numerics;
using WebWaka.Pricing.Rules;

namespace WebWaka.Pricing.Steps;

/// <summary>Step 3: promotions, in the order of the index: exclusive, best, stackable on lines and groups, stackable on the
/// order.</summary>
internal static class PromotionsStep
{
    static readonly List<Given> NoCodes = [];

    /// <summary>A known code: the place of its promotion, and how often the customer has used it.</summary>
    readonly record struct Given(int At, string Code, long UsedByCustomer);

    public static void Run(Work work)
    {
        var index = work.Index.Promotions;
        var candidates = work.Candidates;
        candidates.Start(index.Sorted.Length);
        var any = false;
        for (var i = work.Count - 1; i >= 0; i--)
        {
            if (!work.Lines[i].Discountable) continue;
            any = true;
            index.Enter(work.Lines[i].Source, i, candidates);
        }

        if (any)
            foreach (var at in index.ForAll) candidates.Ask(at);
        var codes = work.Cart.Coupons.Length == 0 ? NoCodes : KnownCodes(work);
        foreach (var (at, _, _) in codes) candidates.Ask(at);
        Consider(work, codes);
        if (work.EveryRule) NameTheRest(work);
    }

    static void Consider(Work work, List<Given> codes)
    {
        string? group = null;
        var marks = work.Candidates.Marks;
        for (var word = 0; word < marks.Length; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(rest);
                var promotion = work.Index.Promotions.Sorted[at];
                if (group is not null && (!promotion.IsBest || promotion.Rule.Stacking.Group != group))
                {
                    BestContest.Run(work);
                    group = null;
                }

                if (promotion.IsBest) group = promotion.Rule.Stacking.Group;
                Consider(work, promotion, at, codes, contest: promotion.IsBest);
            }
        }

        if (group is not null) BestContest.Run(work);
    }

    static void Consider(Work work, IndexedPromotion promotion, int at, List<Given> codes, bool contest)
    {
        if (promotion.Rule.Coupon is not { } coupon)
        {
            Try(work, promotion, at, null, default, contest);
            return;
        }

        var (used, given) = (0, false);
        (long Uses, long Amount) earlier = default;
        foreach (var (owner, code, byCustomer) in codes)
        {
            if (owner != at) continue;
            if (coupon.PerCustomer is { } most && (work.Cart.CustomerId is null || byCustomer >= most))
            {
                work.NotApplied.Add(promotion.Refusal(work.Cart.CustomerId is null ? Reasons.CustomerRequired : Reasons.UsedUpByCustomer, code));
                given = true;
                continue;
            }

            // In a contest several codes of one promotion would compete with each other.
            if (used == (contest ? 1 : coupon.PerOrder))
            {
                work.NotApplied.Add(promotion.Refusal(Reasons.CouponLimit, code));
                continue;
            }

            used++;
            if (Try(work, promotion, at, code, earlier, contest) is var taken && taken > 0) earlier = (earlier.Uses + 1, earlier.Amount + taken);
        }

        if (used == 0 && !given) work.NotApplied.Add(promotion.Refusal(Reasons.CouponRequired, null));
    }

    /// <summary>Applies it, or enters it in the contest, or records why not; answers what it took off.</summary>
    static long Try(Work work, IndexedPromotion promotion, int at, string? code, (long Uses, long Amount) earlier, bool contest)
    {
        var places = work.Places;
        var count = LinesOf(work, promotion, at, places);
        var reason = Eligibility.Refusal(work, promotion, places.AsSpan(0, count), earlier.Uses);
        Proposal? proposal = null;
        if (reason is null) (proposal, reason) = work.Proposals.Make(work, promotion, code, places.AsSpan(0, count), earlier.Amount);
        if (proposal is null)
        {
            work.NotApplied.Add(promotion.Refusal(reason!, code));
            return 0;
        }

        if (contest) return 0;
        var sum = proposal.Sum();
        proposal.Apply(work);
        work.Proposals.Clear();
        return sum;
    }

    /// <summary>The places of the discountable lines that are its items.</summary>
    static int LinesOf(Work work, IndexedPromotion promotion, int at, int[] places)
    {
        var count = 0;
        if (promotion.Items.TakesAll)
        {
            for (var i = 0; i < work.Count; i++)
                if (work.Lines[i].Discountable && !promotion.Items.Excludes(work.Lines[i].Source)) places[count++] = i;
            return count;
        }

        var found = work.Candidates.LinesOf(at, places);
        for (var i = 0; i < found; i++)
            if (!promotion.Items.Excludes(work.Lines[places[i]].Source)) places[count++] = places[i];
        return count;
    }

    /// <summary>The known codes with the place of their promotion, in order of the code so that the cart's order means nothing.</summary>
    static List<Given> KnownCodes(Work work)
    {
        var given = work.Cart.Coupons
            .Select(coupon => (Code: Codes.Trimmed(coupon.Code), Folded: Codes.Folded(coupon.Code), coupon.PromotionId, coupon.UsedByCustomer))
            .OrderBy(coupon => coupon.Folded, StringComparer.Ordinal).ThenBy(coupon => coupon.Code, StringComparer.Ordinal);
        var known = new List<Given>(work.Cart.Coupons.Length);
        string? last = null;
        foreach (var (code, folded, promotion, byCustomer) in given)
        {
            var at = work.Index.Promotions.Find(promotion, folded);
            if (at < 0) work.NotApplied.Add(new(null, code, Reasons.CouponUnknown));
            else if (folded == last) work.NotApplied.Add(work.Index.Promotions.Sorted[at].Refusal(Reasons.CouponRepeated, code));
            else known.Add(new(at, code, byCustomer));
            if (at >= 0) last = folded;
        }

        return known;
    }

    static void NameTheRest(Work work)
    {
        var sorted = work.Index.Promotions.Sorted;
        for (var at = 0; at < sorted.Length; at++)
            if (!work.Candidates.IsAsked(at)) work.NotApplied.Add(sorted[at].Refusal(Reasons.NoMatchingItem, null));
    }
}
