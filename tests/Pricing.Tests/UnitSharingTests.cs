namespace WebWaka.Pricing.Tests;

/// <summary>Units that one promotion has counted are no other's; what is left of the line is worth what it cost.</summary>
public sealed class UnitSharingTests
{
    static readonly ItemSelector Tea = new() { Products = [Make.Id(2)] };

    static BuyXGetY Once(int id, int priority, ItemSelector? items = null) =>
        new() { Id = Make.Id(id), Buy = 1, Get = 1, Repeat = false, Priority = priority, Items = items };

    static string Off(PricedCart priced) => string.Join(' ', priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)));

    static string Amounts(PricedCart priced) => string.Join(' ', priced.Applied.Select(a => a.Amount));

    /// <summary>Of four at 100 one is free; 10 % comes off the 300 that are left, a third of it off the two units that are used.</summary>
    [Theory]
    [InlineData(10, "100 30 90")]
    [InlineData(0, "100 100")]
    public void A_discount_between_falls_on_used_and_free_units_alike(int percent, string expected)
    {
        var between = new PercentOff { Id = Make.Id(2), Percent = percent, Priority = 2 };
        Assert.Equal(expected, Amounts(Make.Cart(Make.Line(1, 100, 4)).Price(Make.Rules(Once(1, 3), between, Once(3, 1)))));
    }

    [Fact]
    public void A_line_without_a_free_unit_does_not_upset_the_order_of_the_others()
    {
        // The first takes both of line 2; among 300, (none) and 100 the second gives 100.
        var cart = Make.Cart(Make.Line(1, 300), Make.Line(2, 200, 2), Make.Line(3, 100));
        Assert.Equal("0 200 100", Off(cart.Price(Make.Rules(Once(1, 3, Tea), Once(2, 1)))));
        var gift = new FreeGift { Id = Make.Id(2), Gifts = new() };
        Assert.Equal("0 200 100", Off(cart.Price(Make.Rules(Once(1, 3, Tea), gift))));
        var bundle = new Bundle { Id = Make.Id(2), Parts = [new(1)], Percent = 100, Take = UnitOrder.Cheapest, Repeat = false };
        Assert.Equal("0 200 100", Off(cart.Price(Make.Rules(Once(1, 3, Tea), bundle))));
    }

    [Fact]
    public void A_gift_is_given_once_and_its_unit_serves_nothing_else()
    {
        var gift = new FreeGift { Id = Make.Id(1), Gifts = Tea };
        var cart = Make.Cart(Make.Line(1, 700), Make.Line(2, 300));
        var priced = cart.Price(Make.Rules(gift, gift with { Id = Make.Id(2) }));
        Assert.Equal(("0 300", "gift_not_in_cart"), (Off(priced), Assert.Single(priced.NotApplied).Reason));
        Assert.Equal("gift_not_in_cart", Assert.Single(Make.Cart(Make.Line(1, 700), Make.Line(2, 300) with { NotDiscountable = true })
            .Price(Make.Rules(gift)).NotApplied).Reason);
        Assert.Equal("0 600", Off(Make.Cart(Make.Line(1, 700), Make.Line(2, 300, 5)).Price(Make.Rules(gift with { Quantity = 2 }))));
        Assert.Equal("0 1500", Off(Make.Cart(Make.Line(1, 700), Make.Line(2, 300, 5.5m)).Price(Make.Rules(gift with { Quantity = 9 }))));
    }

    [Fact]
    public void Parts_do_not_share_a_unit()
    {
        // One bread and three teas: two parts of bread cannot both be that bread.
        var bread = new ItemSelector { Products = [Make.Id(1)] };
        var rule = new Bundle { Id = Make.Id(9), Parts = [new(1, bread), new(1, bread)], Amount = 10 };
        var priced = Make.Cart(Make.Line(1, 100), Make.Line(2, 100, 3)).Price(Make.Rules(rule));
        Assert.Equal("below_minimum_quantity", Assert.Single(priced.NotApplied).Reason);
        Assert.Equal("10 0", Off(Make.Cart(Make.Line(1, 100, 3), Make.Line(2, 100, 3)).Price(Make.Rules(rule))));
    }

    [Fact]
    public void Lines_of_another_group_or_kept_by_an_exclusive_promotion_are_not_counted()
    {
        var keep = new PercentOff { Id = Make.Id(1), Percent = 10, Items = Tea, Stacking = new(StackingMode.Exclusive) };
        var cart = Make.Cart(Make.Line(1, 500, 2), Make.Line(2, 100, 2));
        Assert.Equal("500 20", Off(cart.Price(Make.Rules(keep, Once(2, 0)))));
        var pair = new Bundle { Id = Make.Id(2), Parts = [new(2)], Percent = 100, Take = UnitOrder.Cheapest };
        Assert.Equal("1000 20", Off(cart.Price(Make.Rules(keep, pair))));
        // Of a free unit and a fraction beside it, only the unit is in the set.
        Assert.Equal("100 0", Off(Make.Cart(Make.Line(1, 100), Make.Line(2, 50, 0.9m)).Price(Make.Rules(pair with { Parts = [new(1)] }))));
    }

    [Fact]
    public void An_exclusive_promotion_does_not_come_back_in_a_contest_after_it()
    {
        var alone = new PercentOff { Id = Make.Id(1), Percent = 50, Items = new() { Products = [Make.Id(1)] }, Stacking = new(StackingMode.Exclusive) };
        var best = new PercentOff { Id = Make.Id(2), Percent = 10, Stacking = new(StackingMode.Best) };
        var priced = Make.Cart(Make.Line(1, 1_000), Make.Line(2, 1_000)).Price(Make.Rules(alone, best));
        Assert.Equal(("500 100", "500 100"), (Off(priced), Amounts(priced)));
        Assert.Empty(priced.NotApplied);
    }

    [Theory]
    [InlineData(TierBasis.Quantity, "below_minimum_quantity")]
    [InlineData(TierBasis.Amount, "below_minimum_amount")]
    public void A_tier_that_is_not_reached_says_of_what_there_is_too_little(TierBasis basis, string reason)
    {
        var rule = new Tiered { Id = Make.Id(1), Basis = basis, Tiers = [new() { From = 101, Percent = 5 }] };
        Assert.Equal(reason, Assert.Single(Make.Cart(Make.Line(1, 100)).Price(Make.Rules(rule)).NotApplied).Reason);
    }

    [Theory]
    [InlineData(4, "8")] // for each unit
    [InlineData(3, "6")]
    public void An_amount_off_comes_once_for_a_line_or_for_each_unit(int quantity, string perUnit)
    {
        var cart = Make.Cart(Make.Line(1, 100, quantity));
        var rule = new AmountOff { Id = Make.Id(1), Amount = 2 };
        Assert.Equal("2", Off(cart.Price(Make.Rules(rule))));
        Assert.Equal(perUnit, Off(cart.Price(Make.Rules(rule with { PerUnit = true }))));
        Assert.Equal("2", Off(cart.Price(Make.Rules(new Tiered { Id = Make.Id(1), Tiers = [new() { From = 1, Amount = 2 }] }))));
        Assert.Equal($"{100 * quantity}", Off(cart.Price(Make.Rules(rule with { Amount = 101, PerUnit = true }))));
    }

    [Fact]
    public void A_cap_on_each_line_holds_on_every_line_of_a_long_cart()
    {
        var rule = new PercentOff { Id = Make.Id(1), Percent = 10, Caps = new() { AmountPerLine = 5 } };
        Assert.Equal(3_000, Make.Cart([.. Enumerable.Range(1, 600).Select(i => Make.Line(i, 100))]).Price(Make.Rules(rule)).Discount);
    }

    [Fact]
    public void What_may_not_be_discounted_is_no_item_of_a_rule_that_names_it()
    {
        var rule = new PercentOff { Id = Make.Id(1), Percent = 10, Items = Tea };
        Assert.Equal("0", Off(Make.Cart(Make.Line(2, 100) with { NotDiscountable = true }).Price(Make.Rules(rule))));
        Assert.Equal("10 0", Off(Make.Cart(Make.Line(2, 100), Make.Line(3, 100, product: 2) with { NotDiscountable = true }).Price(Make.Rules(rule))));
    }

    [Fact]
    public void Codes_are_told_though_there_is_no_promotion_and_each_finds_its_own()
    {
        var cart = Make.Cart(Make.Line(1, 1_000)) with { Coupons = [new("a"), new("Zz"), new("b"), new("")] };
        Assert.All(cart.Price(Make.Rules()).NotApplied, n => Assert.Equal("coupon_unknown", n.Reason));
        var one = new AmountOff { Id = Make.Id(1), Amount = 1, Coupon = new(["A", ""], PerOrder: 2) };
        var priced = cart.Price(Make.Rules(one, one with { Id = Make.Id(2), Amount = 2, Coupon = new(["zZ"]) }));
        Assert.Equal([("", 1L), ("a", 1), ("Zz", 2)], priced.Applied.Select(applied => (applied.CouponCode!, applied.Amount)));
        Assert.Equal("b", Assert.Single(priced.NotApplied).CouponCode);
    }

    [Fact]
    public void A_code_that_gave_nothing_is_no_use()
    {
        var rule = new PercentOff { Id = Make.Id(1), Percent = 0, Coupon = new(["A", "B"], PerOrder: 2), Caps = new() { UsesInTotal = 1 } };
        var priced = (Make.Cart(Make.Line(1, 1_000)) with { Coupons = [new("A"), new("B")] }).Price(Make.Rules(rule));
        Assert.Equal(["nothing_to_discount", "nothing_to_discount"], priced.NotApplied.Select(n => n.Reason));
    }
}
