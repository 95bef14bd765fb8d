namespace WebWaka.Pricing.Tests;

/// <summary>Discounts by hand on the order, off the net and off the total, where taxes and fees make a difference.</summary>
public sealed class OrderDiscountTests
{
    static Cart Off(DiscountBase on, long amount, params CartLine[] lines) =>
        Make.Cart(lines) with { OrderDiscount = new() { Amount = amount, On = on, Reason = "dented" } };

    static string Shown(PricedCart priced) => string.Join(", ", priced.Lines.Select(l =>
        $"{l.Net} +{string.Join(" +", l.Taxes.Select(t => t.Amount))} off {l.Discounts.Sum(d => d.Amount)} of {l.Discounts.Sum(d => d.Base)}"));

    /// <summary>Rates as absurd as these are where what is left of a price and what a net comes to part: in 15 there are 1, 1, 1 and 10.</summary>
    static RuleBook Absurd(RoundingLevel level) => new()
    {
        PricesIncludeTax = true, DefaultTaxClass = "t", Rounding = new(level),
        TaxClasses = [Make.Class("t", Make.Vat(45, "A"), Make.Vat(45, "B"), Make.Vat(45, "C"), Make.Vat(500, "D"))],
    };

    [Fact]
    public void Off_the_net_the_net_is_what_stays_and_the_taxes_follow_it()
    {
        // Net 2 less 1: 0.45 each of A, B and C are nothing and D is 5. Listed, that is 6.
        var cart = Off(DiscountBase.Net, 1, Make.Line(1, 15));
        Assert.Equal("1 +0 +0 +0 +5 off 9 of 15", Shown(cart.Price(Absurd(RoundingLevel.Line))));
        Assert.Equal("1 +0 +0 +0 +5 off 9 of 15", Shown(cart.Price(Absurd(RoundingLevel.Document))));
    }

    [Fact]
    public void A_net_discount_that_shows_nothing_in_the_price_is_not_recorded()
    {
        // In 6 there are 0, 0, 0 and 4: net 2. Less 1 the taxes are 5, and the price is 6 again.
        var priced = Off(DiscountBase.Net, 1, Make.Line(1, 6)).Price(Absurd(RoundingLevel.Line));
        Assert.Equal("1 +0 +0 +0 +5 off 0 of 0", Shown(priced));
        Assert.Empty(priced.Lines[0].Discounts);
        Assert.Equal((0L, 6L), (priced.Discount, priced.Total));
    }

    [Fact]
    public void A_fee_on_what_a_net_discount_leaves_is_of_the_price_with_its_taxes()
    {
        var rules = Make.Rules().WithVat(7.5m, included: true) with { Fees = [new() { Code = "F", Kind = FeeKind.Percent, Rate = 10 }] };
        var priced = Off(DiscountBase.Net, 100, Make.Line(1, 1_075)).Price(rules);
        // Net 1000 less 100; with 67.5 that is 968, of which a tenth is 96.8.
        Assert.Equal("900 +68 off 107 of 1075", Shown(priced));
        Assert.Equal((97L, 968L), (priced.Fees[0].Total, priced.Fees[0].Base));
    }

    [Fact]
    public void A_net_discount_goes_over_the_nets_and_a_line_without_tax_in_it_gives_as_listed()
    {
        var rules = new RuleBook { PricesIncludeTax = true, TaxClasses = [Make.Class("t", Make.Vat(10)), Make.Class("free")] };
        var kept = Make.Line(3, 90, taxClass: "t") with { NotDiscountable = true };
        var cart = Off(DiscountBase.Net, 300, Make.Line(1, 1_100, taxClass: "t"), Make.Line(2, 500, taxClass: "free"), kept);
        Assert.Equal("800 +80 off 220 of 1100, 400 + off 100 of 500, 82 +8 off 0 of 0", Shown(cart.Price(rules)));
    }

    [Fact]
    public void Off_the_total_nets_and_taxes_give_by_what_they_are()
    {
        TaxClass[] classes = [Make.Class("t", Make.Vat(25)), Make.Class("in", Make.Vat(25) with { Included = true }), Make.Class("levy", Levy)];
        // 100 + 25, 80 + 20 in the price, and 50 of levy on a free bag: 275. A fifth of each is 55.
        var cart = Off(DiscountBase.Total, 55, Make.Line(1, 100, taxClass: "t"), Make.Line(2, 100, taxClass: "in"), Make.Line(3, 0, taxClass: "levy"),
            Make.Line(4, 100, taxClass: "t") with { NotDiscountable = true });
        var priced = cart.Price(new RuleBook { TaxClasses = classes });
        Assert.Equal("80 +20 off 20 of 100, 64 +16 off 20 of 100, 0 +40 off 0 of 0, 100 +25 off 0 of 0", Shown(priced));
        Assert.Equal([80L, 64, 0, 100], priced.Lines.Select(l => l.Taxes[0].Base));
        Assert.Equal(275 - 55 + 125, priced.Total);
        Assert.Equal(new LineDiscount(DiscountSource.ManualOrder, null, null, "dented", 20, 100), Assert.Single(priced.Lines[0].Discounts));
    }

    static readonly TaxComponent Levy = new() { Code = "LEVY", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 50 };

    [Fact]
    public void Off_a_total_of_nothing_or_less_there_is_nothing_to_take()
    {
        // A tax of minus 150 % leaves less than nothing to pay.
        var rules = Make.Rules() with { DefaultTaxClass = "t", TaxClasses = [Make.Class("t", Make.Vat(-150) with { Included = false })] };
        Assert.Equal("100 +-150 off 0 of 0", Shown(Off(DiscountBase.Total, 10, Make.Line(1, 100)).Price(rules)));
        Assert.Equal("-100 +-8 off 0 of 0", Shown(Off(DiscountBase.Total, 10, Make.Line(1, 100, -1)).Price(Make.Rules().WithVat(7.5m))));
        Assert.Equal("100 +8 off 0 of 0", Shown(Off(DiscountBase.Total, 0, Make.Line(1, 100)).Price(Make.Rules().WithVat(7.5m))));
        // A levy above the price: its line has nothing to give, the other gives all.
        var levied = new RuleBook { PricesIncludeTax = true, TaxClasses = [Make.Class("levy", Levy), Make.Class("free")] };
        var cart = Off(DiscountBase.Total, 10, Make.Line(1, 20, taxClass: "levy"), Make.Line(2, 30, taxClass: "free"));
        Assert.Equal("-30 +50 off 0 of 0, 20 + off 10 of 30", Shown(cart.Price(levied)));
    }

    [Fact]
    public void A_certificates_one_tax_of_nothing_keeps_its_base_in_step()
    {
        var rules = new RuleBook { DefaultTaxClass = "t", TaxClasses = [Make.Class("t", Make.Vat(10, "A"), Make.Vat(10, "B") with { OnTopOf = ["A"] })] };
        var priced = (Off(DiscountBase.Total, 30, Make.Line(1, 100)) with { TaxExemption = new("D", new(2026, 1, 1)) }).Price(rules);
        Assert.Equal(new LineTax("EXEMPT", 0, 70, 0, Included: false, TaxTreatment.Exempt), Assert.Single(priced.Lines[0].Taxes));
    }

    [Theory]
    [InlineData(DiscountBase.Listed)]
    [InlineData(DiscountBase.Net)]
    [InlineData(DiscountBase.Total)]
    public void The_largest_amount_can_be_discounted(DiscountBase on)
    {
        var cart = Off(on, 1, Make.Line(1, 9_007_199_254_740.991m, 1_000));
        Assert.Equal(Limits.MaxAmount - 1, cart.Price(Make.Rules()).Total);
        Assert.Equal(0, (cart with { OrderDiscount = new() { Amount = Limits.MaxAmount, On = on } }).Price(Make.Rules()).Total);
    }

    [Fact]
    public void A_discount_of_nothing_is_not_recorded()
    {
        var line = Make.Line(1, 100) with { Discount = new() { Amount = 0 } };
        Assert.Empty((Make.Cart(line) with { OrderDiscount = new() { Percent = 0 } }).Price(Make.Rules()).Lines[0].Discounts);
    }
}
