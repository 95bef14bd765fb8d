using FsCheck;
using FsCheck.Fluent;
using WebWaka.Pricing.Differential;

namespace WebWaka.Pricing.Tests;

/// <summary>What holds of the points of every cart under every kind of rule. FsCheck prints the seed that breaks one.</summary>
public sealed class LoyaltyPropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(4_000).WithEndSize(int.MaxValue);

    static readonly Gen<int> Seeds = Gen.Choose(0, int.MaxValue);

    /// <summary>A cart of the differential run whose customer is known, with a programme and points asked for as they come.</summary>
    static void ForAll(Func<Cart, LoyaltyProgramme, PricedCart, bool> holds) => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var one = new RandomCase(seed).Next(1);
        var cart = one.Carts[0].Cart with { CustomerId = Make.Id(920), BurnPoints = Math.Max(0, one.Carts[0].Cart.BurnPoints) };
        return one.Rules.Loyalty is not { } programme || Pricer.Price(cart, one.Rules).Value is not { } priced || holds(cart, programme, priced);
    }).Check(Many);

    static CartLine Of(Cart cart, PricedLine line) => cart.Lines.Single(asked => asked.Line == line.Line);

    [Fact]
    public void Points_are_earned_on_what_is_paid_and_never_below_zero() => ForAll((cart, programme, priced) =>
    {
        var earned = priced.Loyalty!.Earned;
        if (programme.Earn is not { } earn) return earned == 0;
        Int128 paid = 0;
        foreach (var line in priced.Lines.Where(l => Matches(earn.Items, Of(cart, l)) && !(earn.FullPriceOnly && l.Discounts.Sum(d => d.Amount) != 0)))
            paid += earn.Basis == LoyaltyBasis.Net ? line.Net : line.Total;
        // The most points whose amount has been paid, and never more than can be kept.
        return paid <= 0
            ? earned == 0
            : (Int128)earned * earn.Amount <= paid * earn.Points && (earned == Limits.MaxPoints || paid * earn.Points < ((Int128)earned + 1) * earn.Amount);
    });

    [Fact]
    public void Points_spent_are_at_most_those_asked_and_what_the_cap_allows() => ForAll((cart, programme, priced) =>
    {
        var (burned, value, said) = (priced.Loyalty!.Burned, priced.Loyalty.Value, priced.Loyalty.NotBurned);
        if (cart.BurnPoints == 0 || programme.Burn is not { } burn)
            return burned == 0 && value == 0 && said == (cart.BurnPoints == 0 ? null : "points_not_taken");
        var payable = priced.Lines.Where(l => Payable(cart, burn, l)).Sum(Before);
        var cap = decimal.Floor(payable * burn.MaxPercent / 100);
        // One point more was not asked for, or is worth more than the cap has.
        var most = Math.Min(cart.BurnPoints, decimal.Floor(cap / burn.PointValue));
        return burned == 0
            ? value == 0 && said is not null && (most < burn.MinimumPoints || decimal.Floor(most * burn.PointValue) == 0)
            : said is null && burned == most && burned >= burn.MinimumPoints
                && value == decimal.Floor(burned * burn.PointValue) && value > 0 && value <= cap;
    });

    [Fact]
    public void What_points_pay_comes_off_the_payable_lines_and_leaves_none_below_zero() => ForAll((cart, programme, priced) =>
    {
        var parts = priced.Lines.SelectMany(l => l.Discounts.Where(d => d.Source == DiscountSource.Loyalty).Select(d => (Line: l, Discount: d))).ToList();
        return parts.Sum(part => part.Discount.Amount) == priced.Loyalty!.Value && parts.All(part =>
            Payable(cart, programme.Burn!, part.Line) && part.Discount.Base == Before(part.Line) && part.Discount.Amount > 0
            && part.Discount.Amount <= part.Discount.Base && part.Discount.PromotionId == programme.Id);
    });

    [Fact]
    public void Any_split_into_refunds_moves_all_points_once_and_never_leaves_more_than_before() => Prop.ForAll(Seeds.ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        long Pick(params long[] most) => random.NextInt64(most[random.Next(most.Length)] + 1);
        var (earned, burned) = (Pick(3, 5_000, Limits.MaxPoints), Pick(3, 5_000, Limits.MaxPoints));
        var gross = Pick(0, 7, 1_000_000, Limits.MaxAmount);
        var (had, refunded, parts) = (new PointsBack(0, 0), 0L, random.Next(1, 9));
        for (var part = 1; part <= parts; part++)
        {
            refunded = part == parts ? gross : refunded + random.NextInt64(gross - refunded + 1);
            var now = LoyaltyRefunds.SoFar(earned, burned, gross, refunded, whole: part == parts);
            if (now.TakenBack < had.TakenBack || now.GivenBack < had.GivenBack || now.TakenBack > earned || now.GivenBack > burned) return false;
            if (refunded < gross && ((Int128)now.TakenBack * gross < (Int128)earned * refunded || (Int128)now.GivenBack * gross > (Int128)burned * refunded))
                return false;
            had = now;
        }

        return had == new PointsBack(earned, burned);
    }).Check(Many);

    static bool Payable(Cart cart, LoyaltyBurn burn, PricedLine line) =>
        Of(cart, line) is { NotDiscountable: false, IsReturn: false } asked && Matches(burn.Items, asked);

    /// <summary>What the line cost when points had their turn: after its own discount and promotions, before the order's.</summary>
    static long Before(PricedLine line) => line.Gross
        - line.Discounts.Where(d => d.Source is DiscountSource.ManualLine or DiscountSource.Promotion).Sum(d => d.Amount);

    static bool Matches(ItemSelector? items, CartLine line)
    {
        if (items is null) return true;
        bool In(Guid[] products, string[] categories, string[] brands, string[] tags) =>
            (line.ProductId is { } id && products.Contains(id)) || categories.Intersect(line.Categories).Any()
            || (line.Brand is { } brand && brands.Contains(brand)) || tags.Intersect(line.Tags).Any();
        var all = items.Products.Length + items.Categories.Length + items.Brands.Length + items.Tags.Length == 0;
        return (all || In(items.Products, items.Categories, items.Brands, items.Tags))
            && !In(items.ExcludedProducts, items.ExcludedCategories, items.ExcludedBrands, items.ExcludedTags);
    }
}
