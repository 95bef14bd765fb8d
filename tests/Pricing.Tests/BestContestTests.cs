namespace WebWaka.Pricing.Tests;

/// <summary>Contests of the best: ties, overlaps, and that what loses is named.</summary>
public sealed class BestContestTests
{
    static readonly Stacking Best = new(StackingMode.Best);

    static PercentOff Percent(int id, decimal percent, params int[] products) => new()
    {
        Id = Make.Id(id), Percent = percent, Stacking = Best, Items = products.Length == 0 ? null : new() { Products = [.. products.Select(Make.Id)] },
    };

    static AmountOff Together(int id, long amount, params int[] products) => new()
    {
        Id = Make.Id(id), Amount = amount, Stacking = Best, Scope = PromotionScope.Group, Items = new() { Products = [.. products.Select(Make.Id)] },
    };

    static string Off(PricedCart priced) => string.Join(' ', priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)));

    static string Who(PricedCart priced) => string.Join(' ', priced.Applied.Select(a => $"{a.PromotionId.ToString()[7]}:{a.Amount}"))
        + string.Concat(priced.NotApplied.Select(n => $" {n.PromotionId.ToString()![7]}:{n.Reason}"));

    static readonly Cart Three = Make.Cart(Make.Line(1, 1_000), Make.Line(2, 1_000), Make.Line(3, 1_000));

    [Fact]
    public void Of_what_saves_as_much_the_earlier_wins()
    {
        var two = Three.Price(Make.Rules(Percent(2, 10), Percent(1, 10)));
        Assert.Equal("1:300 2:better_promotion", Who(two));
        Assert.Equal("2:300 1:better_promotion", Who(Three.Price(Make.Rules(Percent(2, 10) with { Priority = 1 }, Percent(1, 10)))));
        Assert.Equal("1:100 2:better_promotion", Who(Three.Price(Make.Rules(Together(2, 100, 1, 2), Together(1, 100, 2, 3)))));
    }

    [Fact]
    public void A_promotion_over_lines_wins_when_it_gains_and_keeps_others_off_its_lines()
    {
        // Against 10 on each line: 100 on the first two gains 80, 95 on the last two 75, but they share the second.
        var priced = Three.Price(Make.Rules(Percent(1, 1), Together(2, 100, 1, 2), Together(3, 95, 2, 3)));
        Assert.Equal("50 50 10", Off(priced));
        Assert.Equal("1:10 2:100 3:better_promotion", Who(priced));
        // With 100 on the third line alone the last two would lose there besides.
        Assert.Equal("50 50 100", Off(Three.Price(Make.Rules(Percent(1, 1), Together(2, 100, 1, 2), Together(3, 95, 2, 3), Percent(4, 10, 3)))));
    }

    [Fact]
    public void Sets_of_units_are_taken_whole_or_not_at_all()
    {
        // 300 off a set of 1,000 and 100 is 273 and 27. Against 50 on the second line it gains 250: that line gets its 27.
        var set = new Bundle { Id = Make.Id(2), Parts = [new(2)], Amount = 300, Stacking = Best };
        var cart = Make.Cart(Make.Line(1, 1_000), Make.Line(2, 100));
        Assert.Equal("273 27", Off(cart.Price(Make.Rules(set, Percent(1, 50, 2)))));
        // Buy the first, get the second: what the first would have had is lost.
        var get = new BuyXGetY { Id = Make.Id(2), Buy = 1, Get = 1, Stacking = Best };
        Assert.Equal("0 100", Off(cart.Price(Make.Rules(get, Percent(1, 5, 1)))));
        Assert.Equal("150 0", Off(cart.Price(Make.Rules(get, Percent(1, 15, 1)))));
    }

    [Fact]
    public void A_line_that_a_winner_gives_nothing_on_stays_with_its_holder()
    {
        // One unit over two lines is the first's: it gains that, and the second keeps its 10.
        Assert.Equal("1 10", Off(Make.Cart(Make.Line(1, 1_000), Make.Line(2, 1_000)).Price(Make.Rules(Together(1, 1, 1, 2), Percent(2, 1, 2)))));
    }

    [Fact]
    public void A_contest_knows_nothing_of_the_one_before()
    {
        var cart = Make.Cart(Make.Line(1, 1_000), Make.Line(2, 1_000));
        for (var time = 0; time < 2; time++)
        {
            // The first line is won and locked, by the first of one and by the second of two.
            Assert.Equal("50 0", Off(cart.Price(Make.Rules(Together(1, 50, 1)))));
            Assert.Equal("60 0", Off(cart.Price(Make.Rules(Together(1, 50, 1), Together(2, 60, 1)))));
            // Together 30 and 30 lose against 100 on the second line, whichever of the two is looked at first.
            Assert.Equal("0 100", Off(cart.Price(Make.Rules(Together(1, 60, 1, 2), Percent(2, 10, 2)))));
            Assert.Equal("0 100", Off(cart.Price(Make.Rules(Percent(1, 10, 2), Together(2, 60, 1, 2)))));
            Assert.Equal("150 150", Off(cart.Price(Make.Rules(Together(1, 300, 1, 2), Percent(2, 10, 2)))));
        }
    }

    [Fact]
    public void After_the_greatest_gain_the_next_is_taken_where_it_still_can()
    {
        var priced = Three.Price(Make.Rules(Percent(1, 1), Together(2, 60, 1, 2), Together(3, 40, 3)));
        Assert.Equal("30 30 40", Off(priced));
        Assert.Equal("2:60 3:40 1:better_promotion", Who(priced));
    }

    [Fact]
    public void What_gains_nothing_is_not_taken()
    {
        Assert.Equal("1:30 2:better_promotion", Who(Three.Price(Make.Rules(Percent(1, 1), Together(2, 20, 1, 2)))));
        Assert.Equal("1:10 2:21", Who(Three.Price(Make.Rules(Percent(1, 1), Together(2, 21, 1, 2)))));
    }

    [Fact]
    public void Line_by_line_each_keeps_what_it_won()
    {
        var priced = Three.Price(Make.Rules(Percent(1, 10, 1, 2), Percent(2, 20, 2, 3), Percent(3, 15, 1, 3)));
        Assert.Equal("150 200 200", Off(priced));
        Assert.Equal("2:400 3:150 1:better_promotion", Who(priced));
    }

    [Fact]
    public void Units_won_are_used_and_units_lost_are_not()
    {
        var get = new BuyXGetY { Id = Make.Id(2), Buy = 1, Get = 1, Stacking = Best };
        var cart = Make.Cart(Make.Line(1, 1_000, 2));
        // One of two free is 1,000 against 10 %: the units are then used and a second such promotion finds none.
        Assert.Equal("2:1000 1:better_promotion 3:below_minimum_quantity", Who(cart.Price(Make.Rules(
            Percent(1, 10), get, get with { Id = Make.Id(3), Stacking = new() }))));
        // Against 60 % it loses, and the later one still has its units.
        Assert.Equal("1:1200 3:400 2:better_promotion", Who(cart.Price(Make.Rules(Percent(1, 60), get, get with { Id = Make.Id(3), Stacking = new() }))));
    }

    [Fact]
    public void Groups_of_the_best_hold_their_contests_one_after_the_other()
    {
        var other = new Stacking(StackingMode.Best, "other");
        // The other group is stronger, so it goes first and takes its line; what is left goes to the first group.
        var priced = Three.Price(Make.Rules(
            Percent(1, 10), Percent(2, 12), Percent(3, 5, 1) with { Stacking = other, Priority = 7 }, Percent(4, 4, 1) with { Stacking = other }));
        Assert.Equal("50 120 120", Off(priced));
        Assert.Equal("3:50 2:240 4:better_promotion 1:better_promotion", Who(priced));
    }

    [Fact]
    public void Of_groups_as_strong_as_each_other_the_first_by_name_goes_first()
    {
        var (a, b) = (Percent(1, 10, 1) with { Stacking = new(StackingMode.Best, "a") }, Percent(2, 20, 1) with { Stacking = new(StackingMode.Best, "b") });
        Assert.Equal("1:100 2:not_combinable", Who(Three.Price(Make.Rules(b, a))));
        Assert.Equal("2:200 1:not_combinable", Who(Three.Price(Make.Rules(b with { Priority = 1 }, a))));
        Assert.Equal("4:100 2:not_combinable", Who(Three.Price(Make.Rules(b, a with { Id = Make.Id(4) }))));
        // A group is as strong as its strongest.
        var weak = Percent(3, 5, 1) with { Stacking = a.Stacking, Priority = -9 };
        Assert.Equal("1:100 3:better_promotion 2:not_combinable", Who(Three.Price(Make.Rules(b with { Priority = 1 }, a with { Priority = 2 }, weak))));
    }

    [Fact]
    public void In_a_contest_a_promotion_takes_one_code()
    {
        var rule = Percent(1, 10) with { Coupon = new(["A", "B"], PerOrder: 2) };
        var priced = (Three with { Coupons = [new("B"), new("A")] }).Price(Make.Rules(rule, Percent(2, 5)));
        Assert.Equal(("A", 300L), (priced.Applied.Single().CouponCode, priced.Discount));
        Assert.Equal(["coupon_limit", "better_promotion"], priced.NotApplied.Select(n => n.Reason));
        var lost = (Three with { Coupons = [new("A")] }).Price(Make.Rules(rule, Percent(2, 50)));
        Assert.Equal(new NotApplied(Make.Id(1), "A", "better_promotion", 1, ""), Assert.Single(lost.NotApplied));
    }
}
