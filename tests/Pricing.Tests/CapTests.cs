using System.Globalization;

namespace WebWaka.Pricing.Tests;

/// <summary>Caps over carts, tenders, and how a discount goes over lines.</summary>
public sealed class CapTests
{
    static readonly Cart Cart = Make.Cart(Make.Line(1, 1_000)) with { CustomerId = Make.Id(50) };

    static RuleBook Capped(PromotionCaps caps, CouponRule? coupon = null) =>
        Make.Rules(new AmountOff { Id = Make.Id(1), Version = 3, Name = "Ten", Amount = 100, Caps = caps, Coupon = coupon });

    static string Reason(PricedCart priced) => priced.NotApplied is [{ } only, ..] ? only.Reason : $"applied {priced.Discount}";

    [Theory]
    [InlineData(2, 9, 9, "applied 100")]
    [InlineData(3, 0, 0, "used_up_in_total")]
    [InlineData(0, 2, 0, "applied 100")]
    [InlineData(0, 4, 0, "used_up_today")]
    [InlineData(0, 0, 5, "used_up_by_customer")]
    public void What_was_given_before_counts_against_the_caps(long total, long today, long byCustomer, string expected)
    {
        var caps = new PromotionCaps { UsesInTotal = 3, UsesPerDay = total == 2 ? 10 : 4, UsesPerCustomer = byCustomer == 9 ? 10 : 5 };
        var cart = Cart with { Usage = [new(Make.Id(9), 99, 99, 99), new(Make.Id(1), total, today, byCustomer)] };
        Assert.Equal(expected, Reason(cart.Price(Capped(caps))));
    }

    [Fact]
    public void A_cap_for_each_customer_needs_to_know_the_customer()
    {
        var rules = Capped(new() { UsesPerCustomer = 1 });
        Assert.Equal("customer_required", Reason((Cart with { CustomerId = null }).Price(rules)));
        Assert.Equal("applied 100", Reason(Cart.Price(rules)));
    }

    [Theory]
    [InlineData(0, "applied 100")]
    [InlineData(150, "applied 50")]
    [InlineData(200, "budget_spent")]
    public void The_last_use_gets_what_is_left_of_the_budget(long spent, string expected) =>
        Assert.Equal(expected, Reason((Cart with { Usage = [new(Make.Id(1), Spent: spent)] }).Price(Capped(new() { Budget = 200 }))));

    [Fact]
    public void Codes_in_one_cart_are_uses_too()
    {
        var cart = Cart with { Coupons = [new("A"), new("B"), new("C")] };
        var priced = cart.Price(Capped(new() { UsesInTotal = 2, Budget = 150 }, new(["A", "B", "C"], PerOrder: 3)));
        Assert.Equal([100L, 50L], priced.Applied.Select(a => a.Amount));
        Assert.Equal(new NotApplied(Make.Id(1), "C", "used_up_in_total", 3, "Ten"), Assert.Single(priced.NotApplied));
    }

    [Fact]
    public void A_promotion_for_a_tender_wants_the_whole_cart_paid_by_it()
    {
        var rules = Make.Rules(new AmountOff { Id = Make.Id(1), Amount = 100, Conditions = new() { Tenders = ["card", "ussd"] } });
        Assert.Equal("other_tender", Reason(Cart.Price(rules)));
        Assert.Equal("applied 100", Reason((Cart with { Tenders = ["ussd"] }).Price(rules)));
        Assert.Equal("other_tender", Reason((Cart with { Tenders = ["card", "cash"] }).Price(rules)));
    }

    [Theory]
    [InlineData(false, "3", "applied 1")]
    [InlineData(true, "3", "below_minimum_quantity")]
    [InlineData(true, "3.00001", "applied 1")]
    public void A_minimum_may_have_to_be_passed(bool moreThan, string quantity, string expected)
    {
        var rules = Make.Rules(new AmountOff { Id = Make.Id(1), Amount = 1, Conditions = new() { MinimumQuantity = 3, MoreThanMinimum = moreThan } });
        Assert.Equal(expected, Reason(Make.Cart(Make.Line(1, 100, decimal.Parse(quantity, CultureInfo.InvariantCulture))).Price(rules)));
    }

    [Theory]
    [InlineData(Spread.Proportional, "40 70 20")]
    [InlineData(Spread.CheapestFirst, "80 0 50")]
    [InlineData(Spread.DearestFirst, "0 130 0")]
    [InlineData(Spread.LineOrder, "80 50 0")]
    public void An_amount_goes_over_the_lines_as_the_rule_says(Spread spread, string expected)
    {
        var rule = new AmountOff { Id = Make.Id(1), Amount = 130, Scope = PromotionScope.Group, Spread = spread };
        var priced = Make.Cart(Make.Line(1, 80), Make.Line(2, 140), Make.Line(3, 50)).Price(Make.Rules(rule));
        var shares = priced.Lines.Select(l => l.Discounts.Sum(d => d.Amount)).ToArray();
        Assert.Equal(130, shares.Sum());
        if (spread == Spread.Proportional) Assert.Equal([39L, 67L, 24L], shares);
        else Assert.Equal(expected, string.Join(' ', shares));
    }

    [Fact]
    public void Excluded_categories_brands_and_tags_stay_out()
    {
        var items = new ItemSelector { Tags = ["sale"], ExcludedCategories = ["wine"], ExcludedBrands = ["acme"], ExcludedTags = ["new"] };
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10, Items = items });
        var line = Make.Line(1, 100) with { Tags = ["sale"] };
        Assert.Equal(10, Make.Cart(line).Price(rules).Discount);
        Assert.Equal(0, Make.Cart(line with { Categories = ["wine"] }).Price(rules).Discount);
        Assert.Equal(0, Make.Cart(line with { Brand = "acme" }).Price(rules).Discount);
        Assert.Equal(0, Make.Cart(line with { Tags = ["new", "sale"] }).Price(rules).Discount);
    }

    [Fact]
    public void Who_asks_hears_of_every_rule()
    {
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10, Items = new() { Tags = ["sale"] } });
        Assert.Empty(Cart.Price(rules).NotApplied);
        Assert.Equal("no_matching_item", Assert.Single(Pricer.Price(Cart, rules, everyRule: true).Must().NotApplied).Reason);
    }
}
