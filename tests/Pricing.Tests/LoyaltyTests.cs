namespace WebWaka.Pricing.Tests;

/// <summary>Points earned and spent, worked out by hand. The class is among the vectors, so the twin must give the same bytes.</summary>
public sealed class LoyaltyTests
{
    static readonly LoyaltyProgramme Programme = new()
    {
        Id = Make.Id(77), Version = 3, Name = "Stars",
        Earn = new() { Points = 1, Amount = 10_000 },
        Burn = new() { PointValue = 100, MinimumPoints = 10, MaxPercent = 50 },
    };

    static readonly RuleBook Rules = new RuleBook { Loyalty = Programme }.WithVat(7.5m);

    static Cart Of(long burn, params CartLine[] lines) => Make.Cart(lines) with { CustomerId = Make.Id(5), BurnPoints = burn };

    [Fact]
    public void Points_earned_are_of_the_total_rounded_down_once()
    {
        // Two lines of 100.00 and 85.99 with 7.5 %: 107.50 + 92.44 = 199.94, of which 100.00 is full once.
        var sale = Of(0, Make.Line(1, 10_000), Make.Line(2, 8_599)).Price(Rules);
        Assert.Equal(new PricedLoyalty(Programme.Id, 3, 1, 0, 0), sale.Loyalty);
    }

    [Fact]
    public void Points_spent_come_off_before_tax_and_are_split_over_the_lines()
    {
        var sale = Of(30, Make.Line(1, 10_000), Make.Line(2, 5_000)).Price(Rules);
        Assert.Equal(new PricedLoyalty(Programme.Id, 3, 1, 30, 3_000), sale.Loyalty);
        Assert.Equal([2_000L, 1_000L], sale.Lines.Select(line => Assert.Single(line.Discounts).Amount));
        Assert.All(sale.Lines, line => Assert.Equal((DiscountSource.Loyalty, Programme.Id), (line.Discounts[0].Source, line.Discounts[0].PromotionId!.Value)));
        Assert.Equal((12_000L, 900L), (sale.Net, sale.Tax));
    }

    [Fact]
    public void No_more_points_are_spent_than_may_pay()
    {
        // Half of 33.33 is 16.66, which 16 points pay.
        var sale = Of(500, Make.Line(1, 3_333)).Price(Rules);
        Assert.Equal((16L, 1_600L), (sale.Loyalty!.Burned, sale.Loyalty.Value));
    }

    [Fact]
    public void What_a_point_of_fractions_is_worth_is_rounded_down()
    {
        var rules = Rules with { Loyalty = Programme with { Burn = new() { PointValue = 33.3333m } } };
        Assert.Equal((2L, 66L), (Of(2, Make.Line(1, 10_000)).Price(rules).Loyalty!.Burned, Of(2, Make.Line(1, 10_000)).Price(rules).Loyalty!.Value));
    }

    [Fact]
    public void Where_no_points_are_spent_the_reason_is_said()
    {
        Assert.Equal("below_minimum_points", Of(9, Make.Line(1, 10_000)).Price(Rules).Loyalty!.NotBurned);
        var nobodys = (Of(30, Make.Line(1, 10_000)) with { CustomerId = null }).Price(Rules).Loyalty!;
        Assert.Equal(("customer_required", 0L), (nobodys.NotBurned, nobodys.Earned));
        Assert.Equal("points_not_taken", Of(30, Make.Line(1, 10_000)).Price(Make.Rules()).Loyalty!.NotBurned);
        Assert.Equal("nothing_to_discount", Of(30, Make.Line(1, 10_000) with { NotDiscountable = true }).Price(Rules).Loyalty!.NotBurned);
        Assert.Null((Of(0, Make.Line(1, 10_000)) with { CustomerId = null }).Price(Rules).Loyalty);
    }

    [Fact]
    public void Exclusions_and_discounted_lines_earn_nothing_and_a_return_counts_against_it()
    {
        var rules = Rules with
        {
            Loyalty = Programme with
            {
                Earn = new() { Points = 5, Amount = 1_000, Basis = LoyaltyBasis.Net, Items = new() { ExcludedProducts = [Make.Id(2)] }, FullPriceOnly = true },
            },
        };
        var sale = Of(0, Make.Line(1, 10_000), Make.Line(2, 50_000), Make.Line(3, 7_000) with { Discount = new() { Amount = 1, Reason = "dent" } },
            Make.Line(4, 2_000, -1)).Price(rules);
        Assert.Equal(40, sale.Loyalty!.Earned);
        Assert.Equal(0, Of(0, Make.Line(4, 2_000, -1)).Price(rules).Loyalty!.Earned);
    }

    [Fact]
    public void A_programme_that_makes_no_sense_is_refused()
    {
        static LoyaltyProgramme Earn(long points, long amount) => Programme with { Earn = new() { Points = points, Amount = amount } };
        static LoyaltyProgramme Burn(decimal value, long minimum = 1, decimal percent = 100) =>
            Programme with { Burn = new() { PointValue = value, MinimumPoints = minimum, MaxPercent = percent } };
        (LoyaltyProgramme Programme, string Fault)[] wrong =
        [
            (Programme with { Earn = null, Burn = null }, "it neither gives nor takes points"),
            (Earn(0, 100), "points are 1 to 1000000"),
            (Earn(1_000_001, 100), "points are 1 to 1000000"),
            (Earn(1, 0), "points are for an amount of at least one minor unit"),
            (Earn(1, Limits.MaxAmount + 1), "points are for an amount of at least one minor unit"),
            (Programme with { ExpiresAfterDays = 0 }, "points last 1 to 3650 days"),
            (Programme with { ExpiresAfterDays = 3_651 }, "points last 1 to 3650 days"),
            (Burn(0), "a point is worth more than nothing, with at most four decimals of a minor unit"),
            (Burn(0.00001m), "a point is worth more than nothing, with at most four decimals of a minor unit"),
            (Burn(1_000_001), "a point is worth more than nothing, with at most four decimals of a minor unit"),
            (Burn(1, minimum: 0), "the fewest points to spend are 1 or more"),
            (Burn(1, minimum: Limits.MaxPoints + 1), "the fewest points to spend are 1 or more"),
            (Burn(1, percent: 0), "points pay more than 0 and at most 100 percent, with at most six decimals"),
            (Burn(1, percent: 100.1m), "points pay more than 0 and at most 100 percent, with at most six decimals"),
            (Burn(1, percent: 0.0000001m), "points pay more than 0 and at most 100 percent, with at most six decimals"),
        ];
        Assert.All(wrong, one =>
        {
            var refused = (Rules with { Loyalty = one.Programme }).Check()!;
            Assert.Equal("loyalty_invalid", refused.Code);
            Assert.Contains(one.Fault, refused.Detail);
        });
        LoyaltyProgramme[] right =
        [
            Earn(1_000_000, 1), Earn(1, Limits.MaxAmount), Programme with { ExpiresAfterDays = 1 }, Programme with { ExpiresAfterDays = 3_650 },
            Programme with { Earn = null }, Programme with { Burn = null }, Burn(0.0001m, Limits.MaxPoints, 0.000001m), Burn(999_999),
        ];
        Assert.All(right, programme => Assert.Null((Rules with { Loyalty = programme }).Check()));
    }

    [Fact]
    public void Points_to_spend_are_zero_to_the_limit()
    {
        Assert.Equal("points_invalid", Of(-1, Make.Line(1, 1)).Refused(Rules));
        Assert.Equal("points_invalid", Of(Limits.MaxPoints + 1, Make.Line(1, 1)).Refused(Rules));
        Assert.Equal("Points to spend are zero or more.", Pricer.Price(Of(-1, Make.Line(1, 1)), Rules).Failure!.Detail);
        Assert.Equal(16, Of(Limits.MaxPoints, Make.Line(1, 3_333)).Price(Rules).Loyalty!.Burned);
    }

    [Fact]
    public void The_fewest_points_are_enough_and_points_that_are_worth_nothing_are_not_spent()
    {
        Assert.Equal((10L, 1_000L), (Of(10, Make.Line(1, 10_000)).Price(Rules).Loyalty!.Burned, Of(10, Make.Line(1, 10_000)).Price(Rules).Loyalty!.Value));
        // A point is worth half a minor unit: one of them is worth nothing, which is the reason unless there are too few as well.
        PricedLoyalty Half(long minimum) => Of(1, Make.Line(1, 10_000))
            .Price(Rules with { Loyalty = Programme with { Burn = new() { PointValue = 0.5m, MinimumPoints = minimum } } }).Loyalty!;
        Assert.Equal((0L, "nothing_to_discount"), (Half(1).Burned, Half(1).NotBurned));
        Assert.Equal((0L, "below_minimum_points"), (Half(10).Burned, Half(10).NotBurned));
    }

    [Fact]
    public void No_more_points_are_earned_than_can_be_kept()
    {
        var rules = Rules with { Loyalty = Programme with { Earn = new() { Points = 1_000_000, Amount = 1 } } };
        Assert.Equal(Limits.MaxPoints, Of(0, Make.Line(1, 100_000_000)).Price(rules).Loyalty!.Earned);
    }

    [Fact]
    public void A_coupon_is_used_by_a_known_customer_as_often_as_it_says()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10, Coupon = new(["ONCE"], PerCustomer: 1) });
        var cart = Of(0, Make.Line(1, 1_000)) with { Coupons = [new("once")] };
        Assert.Equal(900, cart.Price(rules).Total);
        Assert.Equal("used_up_by_customer", Assert.Single((cart with { Coupons = [new("once", UsedByCustomer: 1)] }).Price(rules).NotApplied).Reason);
        Assert.Equal("customer_required", Assert.Single((cart with { CustomerId = null }).Price(rules).NotApplied).Reason);
        Assert.Equal("promotion_invalid", Make.Rules(rules.Promotions[0] with { Coupon = new(["X"], PerCustomer: 0) }).Check()?.Code);
    }

    [Fact]
    public void Points_go_back_in_proportion_rounded_for_the_shop_and_the_last_refund_settles_both()
    {
        // A third and two thirds of 30.00: of 10 points earned 3.33 and 6.67 are taken back, of 8 spent 2.67 and 5.33 given back.
        Assert.Equal(new PointsBack(4, 2), Make.PointsBack(10, 8, 3_000, 1_000, whole: false));
        Assert.Equal(new PointsBack(7, 5), Make.PointsBack(10, 8, 3_000, 2_000, whole: false));
        Assert.Equal(new PointsBack(10, 8), Make.PointsBack(10, 8, 3_000, 2_999, whole: true));
        // What comes out even is not rounded; goods that were listed at nothing hold nothing back.
        Assert.Equal(new PointsBack(5, 4), Make.PointsBack(10, 8, 3_000, 1_500, whole: false));
        Assert.Equal(new PointsBack(10, 8), Make.PointsBack(10, 8, 3_000, 3_000, whole: false));
        Assert.Equal(new PointsBack(0, 0), Make.PointsBack(10, 8, 3_000, 0, whole: false));
        Assert.Equal(new PointsBack(3, 2), Make.PointsBack(3, 2, 0, 0, whole: false));
        Assert.Equal(
            new PointsBack(Limits.MaxPoints - 1, 999_999_999_998),
            Make.PointsBack(Limits.MaxPoints - 1, Limits.MaxPoints - 1, Limits.MaxAmount, Limits.MaxAmount - 1, whole: false));
    }
}
