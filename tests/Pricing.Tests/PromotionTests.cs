namespace WebWaka.Pricing.Tests;

public sealed class PromotionTests
{
    static PercentOff Percent(int id, decimal percent, int priority = 0, params int[] products) => new()
    {
        Id = Make.Id(id),
        Percent = percent,
        Priority = priority,
        Items = products.Length == 0 ? null : new() { Products = [.. products.Select(Make.Id)] },
    };

    static BuyXGetY Get(int buy, int get) => new() { Id = Make.Id(50), Buy = buy, Get = get };

    static long[] Off(PricedCart cart) => [.. cart.Lines.Select(l => l.Discounts.Sum(d => d.Amount))];

    static string? Reason(PricedCart cart, int id) => cart.NotApplied.SingleOrDefault(n => n.PromotionId == Make.Id(id))?.Reason;

    [Fact]
    public void An_exclusive_promotion_keeps_its_lines_and_leaves_the_others()
    {
        var alone = Percent(1, 20, 0, 1) with { Stacking = new(StackingMode.Exclusive) };
        var priced = Make.Cart(Make.Line(1, 1000), Make.Line(2, 1000)).Price(Make.Rules(Percent(2, 10, priority: 9), alone));
        Assert.Equal([200, 100], Off(priced));
    }

    [Fact]
    public void Stackable_promotions_of_two_groups_do_not_meet_on_a_line()
    {
        var rules = Make.Rules(
            Percent(1, 10, 3, 1) with { Stacking = new(Group: "a") },
            Percent(2, 10, 2) with { Stacking = new(Group: "a") },
            Percent(3, 50, 1) with { Stacking = new(Group: "b") });
        var priced = Make.Cart(Make.Line(1, 1000), Make.Line(2, 1000)).Price(rules);
        Assert.Equal([190, 100], Off(priced));
        Assert.Equal("not_combinable", Reason(priced, 3));
    }

    [Fact]
    public void A_higher_priority_goes_first_and_an_order_promotion_last()
    {
        var order = new AmountOff { Id = Make.Id(3), Amount = 100, Scope = PromotionScope.Order, Priority = 99 };
        var fixedOff = new AmountOff { Id = Make.Id(2), Amount = 100, Priority = 5 };
        var priced = Make.Cart(Make.Line(1, 1000)).Price(Make.Rules(Percent(1, 10, priority: 1), order, fixedOff));
        Assert.Equal([Make.Id(2), Make.Id(1), Make.Id(3)], priced.Applied.Select(a => a.PromotionId));
        Assert.Equal([1000L, 900, 810], priced.Lines[0].Discounts.Select(d => d.Base));
        Assert.Equal([290], Off(priced));
    }

    [Fact]
    public void Best_gives_each_line_what_saves_most_on_it()
    {
        var best = new Stacking(StackingMode.Best);
        var rules = Make.Rules(Percent(1, 10) with { Stacking = best }, Percent(2, 20, 0, 2) with { Stacking = best }, Percent(3,
            5) with { Stacking = best });
        var priced = Make.Cart(Make.Line(1, 1000), Make.Line(2, 100)).Price(rules);
        Assert.Equal([100, 20], Off(priced));
        Assert.Equal("better_promotion", Reason(priced, 3));
    }

    [Fact]
    public void Best_weighs_a_promotion_over_many_lines_against_what_they_hold_together()
    {
        var best = new Stacking(StackingMode.Best);
        var order = new AmountOff { Id = Make.Id(2), Amount = 150, Scope = PromotionScope.Order, Stacking = best };
        var cart = Make.Cart(Make.Line(1, 1000), Make.Line(2, 100));
        Assert.Equal(150, cart.Price(Make.Rules(Percent(1, 10) with { Stacking = best }, order)).Discount);
        Assert.Equal(165, cart.Price(Make.Rules(Percent(1, 15) with { Stacking = best }, order)).Discount);
    }

    [Theory]
    [InlineData(2, 1, true, 7, 2)]
    [InlineData(2, 1, true, 2, 0)]
    [InlineData(2, 1, false, 7, 1)]
    [InlineData(1, 2, true, 2, 1)]
    [InlineData(3, 2, true, 9, 3)]
    public void Buy_x_get_y_counts_units(int buy, int get, bool repeat, int quantity, int free) => Assert.Equal(
        free * 100, Make.Cart(Make.Line(1, 100, quantity)).Price(Make.Rules(Get(buy, get) with { Repeat = repeat })).Discount);

    [Fact]
    public void Buy_x_get_y_gives_the_cheapest_and_ignores_part_units()
    {
        var cart = Make.Cart(Make.Line(1, 900), Make.Line(2, 100), Make.Line(3, 500), Make.Line(4, 50, 0.5m));
        Assert.Equal([0, 100, 0, 0], Off(cart.Price(Make.Rules(Get(2, 1)))));
        Assert.Equal([0, 50, 0, 0], Off(cart.Price(Make.Rules(Get(2, 1) with { Percent = 50 }))));
    }

    [Fact]
    public void Buy_x_get_y_of_the_same_product_counts_each_by_itself()
    {
        var cart = Make.Cart(Make.Line(1, 900, 2, product: 1), Make.Line(2, 900, 1, product: 1), Make.Line(3, 100, 2, product: 2));
        var priced = cart.Price(Make.Rules(Get(2, 1) with { Match = BuyXGetYMatch.SameProduct }));
        Assert.Equal([900, 0, 0], Off(priced));
    }

    [Fact]
    public void A_unit_that_could_be_bought_or_given_does_not_do_both()
    {
        var rule = Get(1, 1) with { Items = new() { Products = [Make.Id(1), Make.Id(2)] }, GetItems = new() { Products = [Make.Id(2)] } };
        Assert.Equal([0, 100], Off(Make.Cart(Make.Line(1, 900), Make.Line(2, 100)).Price(Make.Rules(rule))));
        Assert.Equal([0, 100], Off(Make.Cart(Make.Line(1, 900), Make.Line(2, 100, 2)).Price(Make.Rules(rule))));
        Assert.Equal(0, Make.Cart(Make.Line(2, 100)).Price(Make.Rules(rule)).Discount);
    }

    [Fact]
    public void Units_that_must_be_bought_are_not_given_though_they_are_the_cheapest()
    {
        var rule = Get(1, 2) with { Items = new() { Products = [Make.Id(1)] }, GetItems = new() { Products = [Make.Id(1), Make.Id(2)] } };
        Assert.Equal([100, 900], Off(Make.Cart(Make.Line(1, 100, 2), Make.Line(2, 900)).Price(Make.Rules(rule))));
    }

    [Fact]
    public void A_unit_serves_one_buy_x_get_y_only()
    {
        var rule = Get(2, 1) with { Repeat = false };
        var once = Make.Rules(rule, rule with { Id = Make.Id(51) });
        Assert.Equal(100, Make.Cart(Make.Line(1, 100, 4)).Price(once).Discount);
        Assert.Equal(100, Make.Cart(Make.Line(1, 100, 5)).Price(once).Discount);
        Assert.Equal(200, Make.Cart(Make.Line(1, 100, 6)).Price(once).Discount);
    }

    [Fact]
    public void Units_that_were_given_before_do_not_change_what_the_others_cost()
    {
        var once = Get(1, 1) with { Repeat = false };
        var thrice = Make.Rules(once, once with { Id = Make.Id(51) }, once with { Id = Make.Id(52) });
        Assert.Equal(300, Make.Cart(Make.Line(1, 100, 6)).Price(thrice).Discount);
    }

    [Fact]
    public void The_cheapest_is_found_among_the_units_that_are_left()
    {
        var first = Get(1, 1) with { Repeat = false, Items = new() { Products = [Make.Id(1)] }, Priority = 2 };
        var second = Get(1, 1) with { Id = Make.Id(51), Repeat = false };
        Assert.Equal([200, 0], Off(Make.Cart(Make.Line(1, 100, 4), Make.Line(2, 140, 2)).Price(Make.Rules(first, second))));
    }

    [Fact]
    public void A_promotion_needs_its_code_and_each_code_is_one_redemption()
    {
        var rule = new AmountOff { Id = Make.Id(1), Amount = 100, Scope = PromotionScope.Order, Coupon = new(["SAVE", "MORE", "LAST"],
            PerOrder: 2) };
        var cart = Make.Cart(Make.Line(1, 1000));
        Assert.Equal("coupon_required", Reason(cart.Price(Make.Rules(rule)), 1));
        var priced = (cart with { Coupons = [new(" save "), new("SAVE"), new("more"), new("last"), new("nope"), new("X9",
            Make.Id(1))] }).Price(Make.Rules(rule));
        Assert.Equal(["last", "more"], priced.Applied.Select(a => a.CouponCode));
        Assert.Equal(200, priced.Discount);
        Assert.Equal(
            ["SAVE coupon_limit", "X9 coupon_limit", "nope coupon_unknown", "save coupon_repeated"],
            priced.NotApplied.Select(n => $"{n.CouponCode} {n.Reason}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Caps_hold_per_line_and_per_order()
    {
        var cart = Make.Cart(Make.Line(1, 1000), Make.Line(2, 200));
        Assert.Equal([60, 20], Off(cart.Price(Make.Rules(Percent(1, 10) with { Caps = new() { AmountPerLine = 60 } }))));
        Assert.Equal([25, 5], Off(cart.Price(Make.Rules(Percent(1, 10) with { Caps = new() { AmountPerOrder = 30 } }))));
    }

    [Fact]
    public void A_cap_on_the_order_holds_over_all_codes()
    {
        var rule = new AmountOff
        {
            Id = Make.Id(1),
            Amount = 100,
            Scope = PromotionScope.Order,
            Coupon = new(["A", "B"], PerOrder: 2),
            Caps = new() { AmountPerOrder = 150 },
        };
        var priced = (Make.Cart(Make.Line(1, 1000)) with { Coupons = [new("A"), new("B")] }).Price(Make.Rules(rule));
        Assert.Equal([100L, 50], priced.Applied.Select(a => a.Amount));
    }

    [Fact]
    public void A_returned_line_mirrors_the_sale_with_its_discount_by_hand()
    {
        var sold = Make.Line(1, 999, 3) with { Discount = new() { Percent = 12.5m } };
        var rules = Make.Rules().WithVat(7.5m);
        var (forth, back) = (Make.Cart(sold).Price(rules), Make.Cart(sold with { Quantity = -3, IsReturn = true }).Price(rules));
        Assert.Equal((-forth.Total, -forth.Net, -forth.Discount), (back.Total, back.Net, back.Discount));
    }

    [Fact]
    public void What_is_not_for_sale_at_a_discount_is_left_alone()
    {
        var cart = Make.Cart(Make.Line(1, 1000) with { NotDiscountable = true }, Make.Line(2, 1000), Make.Line(3, 1000,
            -1)) with { OrderDiscount = new() { Percent = 10 } };
        var priced = cart.Price(Make.Rules(Percent(1, 10)));
        Assert.Equal([0, 190, 0], Off(priced));
        Assert.Equal(810, priced.Total);
    }

    [Fact]
    public void A_fixed_price_is_never_dearer()
    {
        var rule = new FixedPrice { Id = Make.Id(1), Price = 333.3333m };
        var priced = Make.Cart(Make.Line(1, 500, 3), Make.Line(2, 100, 3)).Price(Make.Rules(rule));
        Assert.Equal([500, 0], Off(priced));
        Assert.Equal([700, 0], Off(Make.Cart(Make.Line(1, 500, 3), Make.Line(2, 0,
            3)).Price(Make.Rules(rule with { Scope = PromotionScope.Group, Price = 800 }))));
    }
}
