namespace WebWaka.Pricing.Tests;

/// <summary>Bundles and free gifts: promotions that count whole units.</summary>
public sealed class UnitPromotionTests
{
    static readonly ItemSelector Bread = new() { Products = [Make.Id(1)] };
    static readonly ItemSelector Tea = new() { Products = [Make.Id(2)] };

    static Bundle Breakfast => new() { Id = Make.Id(1), Name = "Breakfast", Parts = [new(1, Bread), new(2, Tea)], Price = 1_000 };

    static readonly Cart Groceries = Make.Cart(Make.Line(1, 700, 3), Make.Line(2, 300, 5), Make.Line(3, 900));

    [Fact]
    public void Complete_sets_cost_their_price_and_what_is_over_costs_as_listed()
    {
        var priced = Groceries.Price(Make.Rules(Breakfast));
        // Two sets of 700 + 2 x 300 for 1000; a bread, a tea and the rest stay as they are.
        Assert.Equal(2 * 300, priced.Discount);
        Assert.Equal([323L, 277L], priced.Lines.Take(2).Select(l => l.Discounts[0].Amount));
        Assert.Equal((2, 600L, 2_100 + 1_500L), (priced.Applied[0].Count, priced.Applied[0].Amount, priced.Applied[0].Base));
        Assert.Empty(priced.Lines[2].Discounts);
    }

    [Fact]
    public void A_bundle_may_be_for_one_set_only_and_is_never_dearer()
    {
        Assert.Equal(300, Groceries.Price(Make.Rules(Breakfast with { Repeat = false })).Discount);
        var dear = Groceries.Price(Make.Rules(Breakfast with { Price = 5_000 }));
        Assert.Equal((0L, "nothing_to_discount"), (dear.Discount, Assert.Single(dear.NotApplied).Reason));
        var few = Make.Cart(Make.Line(1, 700), Make.Line(2, 300)).Price(Make.Rules(Breakfast));
        Assert.Equal("below_minimum_quantity", Assert.Single(few.NotApplied).Reason);
    }

    [Theory]
    [InlineData(UnitOrder.Dearest, 900 + 500)]
    [InlineData(UnitOrder.Cheapest, 100 + 200)]
    [InlineData(UnitOrder.LineOrder, 500 + 100)]
    public void Which_units_make_up_a_set_is_said_by_the_rule(UnitOrder take, long half)
    {
        var cart = Make.Cart(Make.Line(1, 500), Make.Line(2, 100), Make.Line(3, 900), Make.Line(4, 200));
        var pair = new Bundle { Id = Make.Id(1), Parts = [new(2)], Percent = 50, Take = take, Repeat = false };
        Assert.Equal(half / 2, cart.Price(Make.Rules(pair)).Discount);
    }

    [Fact]
    public void Parts_that_want_the_same_units_share_them()
    {
        // One part wants bread, the other anything: four breads are two sets, not four.
        var rule = new Bundle { Id = Make.Id(1), Parts = [new(1, Bread), new(1)], Amount = 10 };
        Assert.Equal(20, Make.Cart(Make.Line(1, 100, 4)).Price(Make.Rules(rule)).Discount);
    }

    [Fact]
    public void A_unit_serves_one_promotion_of_units_and_fractions_serve_none()
    {
        var twice = Make.Rules(Breakfast, Breakfast with { Id = Make.Id(2) });
        Assert.Equal(600, Groceries.Price(twice).Discount);
        var loose = new Bundle { Id = Make.Id(1), Parts = [new(2)], AmountEach = 7 };
        Assert.Equal(14, Make.Cart(Make.Line(1, 100, 3.9m)).Price(Make.Rules(loose)).Discount);
        Assert.Equal("below_minimum_quantity", Make.Cart(Make.Line(1, 100, 1.9m)).Price(Make.Rules(loose)).NotApplied[0].Reason);
    }

    [Fact]
    public void A_gift_costs_nothing_once_enough_is_bought()
    {
        var gift = new FreeGift { Id = Make.Id(1), Gifts = Tea, Items = Bread, Conditions = new() { MinimumAmount = 1_400 } };
        var rules = Make.Rules(gift);
        var priced = Make.Cart(Make.Line(1, 700, 2), Make.Line(2, 300, 2)).Price(rules);
        Assert.Equal((300L, 2), (priced.Discount, priced.Lines[1].Line));
        Assert.Equal("gift_not_in_cart", Make.Cart(Make.Line(1, 700, 2)).Price(rules).NotApplied[0].Reason);
        Assert.Equal("below_minimum_amount", Make.Cart(Make.Line(1, 700), Make.Line(2, 300)).Price(rules).NotApplied[0].Reason);
        Assert.Empty(Make.Cart(Make.Line(2, 300)).Price(rules).NotApplied);
    }

    [Fact]
    public void The_cheapest_gifts_are_given_as_many_as_the_rule_says()
    {
        var gift = new FreeGift { Id = Make.Id(1), Gifts = new() { Tags = ["gift"] }, Quantity = 3, Percent = 50 };
        CartLine[] lines = [Make.Line(1, 500, 2), Make.Line(2, 100, 2), Make.Line(3, 300)];
        var priced = Make.Cart([.. lines.Select(line => line with { Tags = ["gift"] })]).Price(Make.Rules(gift));
        Assert.Equal([0L, 100L, 150L], priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)));
    }

    [Fact]
    public void A_gift_that_another_group_has_discounted_is_not_given()
    {
        var sale = new PercentOff { Id = Make.Id(1), Percent = 10, Items = Tea, Priority = 1, Stacking = new(Group: "sale") };
        var gift = new FreeGift { Id = Make.Id(2), Gifts = Tea };
        var priced = Make.Cart(Make.Line(1, 700), Make.Line(2, 300)).Price(Make.Rules(sale, gift));
        Assert.Equal(("not_combinable", 30L), (Assert.Single(priced.NotApplied).Reason, priced.Discount));
    }

    [Theory]
    [InlineData("a bundle has 1 to 20 parts")]
    [InlineData("a part is 1 to 100000 units")]
    [InlineData("a bundle has one of price, amount, amountEach and percent")]
    [InlineData("a gift is 1 to 100000 units")]
    public void A_rule_that_makes_no_sense_is_refused(string why)
    {
        Promotion rule = why[2..] switch
        {
            "bundle has 1 to 20 parts" => Breakfast with { Parts = [] },
            "part is 1 to 100000 units" => Breakfast with { Parts = [new(0)] },
            "bundle has one of price, amount, amountEach and percent" => Breakfast with { Percent = 5 },
            _ => new FreeGift { Id = Make.Id(1), Gifts = Tea, Quantity = 0 },
        };
        Assert.EndsWith(why, Make.Rules(rule).Check()!.Detail, StringComparison.Ordinal);
    }
}
