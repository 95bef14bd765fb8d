namespace WebWaka.Pricing.Tests;

/// <summary>Fees worked by hand: what they are taken of, how much at most, and how they are taxed.</summary>
public sealed class FeeStepTests
{
    static readonly FeeRule PerUnit = new() { Code = "UNIT", Amount = 3.3333m, Items = new() { Tags = ["bag"] } };
    static readonly FeeRule Share = new() { Code = "SHARE", Kind = FeeKind.Percent, Rate = 12.5m };
    static readonly FeeRule Once = new() { Code = "ONCE", Kind = FeeKind.FixedPerDocument, Amount = 40 };
    static readonly FeeRule Off = new() { Code = "OFF", Kind = FeeKind.FixedPerDocument, Amount = -500 };

    static string Fees(PricedCart priced) => string.Join(", ", priced.Fees.Select(f => $"{f.Code} {f.Total} of {f.Base}x{f.Quantity}"));

    static PricedCart Price(Cart cart, params FeeRule[] fees) => cart.Price(new RuleBook { Fees = fees });

    [Theory]
    [InlineData(1, "UNIT 12 of x3.75")] // 3.75 x 3.3333 is 12.499875
    [InlineData(5, "UNIT 10 of x3.75")]
    public void A_fee_for_each_unit_counts_its_items_that_are_not_returns(long step, string expected)
    {
        CartLine Bag(int line, decimal quantity) => Make.Line(line, 100, quantity) with { Tags = ["bag"] };
        var cart = Make.Cart(Bag(1, 1.5m), Make.Line(2, 100, 7), Bag(3, 2.25m), Bag(4, -1));
        Assert.Equal(expected, Fees(cart.Price(new RuleBook { Fees = [PerUnit], Rounding = new(Step: step) })));
    }

    [Fact]
    public void A_share_is_of_what_its_lines_cost_after_discounts_and_of_the_fees_it_names()
    {
        var cart = Make.Cart(Make.Line(1, 1_000) with { Discount = new() { Amount = 10 } }, Make.Line(2, 500) with { Tags = ["wine"] });
        // 12.5 % of 1490 is 186.25; with 40 it is of 1530; of the first line alone 123.75.
        Assert.Equal("SHARE 186 of 1490x", Fees(Price(cart, Share)));
        Assert.Equal("ONCE 40 of x, SHARE 186 of 1490x", Fees(Price(cart, Once, Share)));
        Assert.Equal("ONCE 40 of x, SHARE 191 of 1530x", Fees(Price(cart, Once, Share with { OnTopOf = ["ONCE"] })));
        Assert.Equal("SHARE 124 of 990x", Fees(Price(cart, Share with { Items = new() { ExcludedTags = ["wine"] } })));
    }

    [Fact]
    public void A_rebate_takes_at_most_what_lines_and_earlier_fees_come_to()
    {
        Assert.Equal("ONCE 40 of x, OFF -140 of x", Fees(Price(Make.Cart(Make.Line(1, 100)), Once, Off)));
        Assert.Equal("OFF -100 of x, ONCE 40 of x", Fees(Price(Make.Cart(Make.Line(1, 100)), Off, Once)));
        Assert.Equal("OFF -70 of x", Fees(Price(Make.Cart(Make.Line(1, 100), Make.Line(2, 30, -1)), Off)));
        Assert.Equal("OFF -500 of x", Fees(Price(Make.Cart(Make.Line(1, 501)), Off)));
        Assert.Equal("OFF -500 of x", Fees(Price(Make.Cart(Make.Line(1, 500)), Off)));
        // What comes back is worth more than what is sold: nothing is left to take off.
        var back = Pricer.Price(Make.Cart(Make.Line(1, 10), Make.Line(2, 50, -1)), new RuleBook { Fees = [Off] }, everyRule: true).Must();
        Assert.Equal(("fees/OFF", "nothing_to_charge", 0), (back.Skipped![0].Rule, back.Skipped[0].Reason, back.Fees.Length));
    }

    [Fact]
    public void A_fee_without_a_line_it_is_for_is_not_charged_but_a_tip_is()
    {
        var rules = new RuleBook
        {
            Fees = [PerUnit, Once with { Items = PerUnit.Items }, new() { Code = "TIP", Kind = FeeKind.Open, Automatic = false, Items = PerUnit.Items }],
        };
        var priced = Pricer.Price(Make.Cart(Make.Line(1, 100)) with { Fees = [new("TIP", 9)] }, rules, everyRule: true).Must();
        Assert.Equal("TIP 9 of x", Fees(priced));
        Assert.Equal(["fees/UNIT no_matching_item", "fees/ONCE no_matching_item"], priced.Skipped!.Select(s => $"{s.Rule} {s.Reason}"));
        var none = Pricer.Price(Make.Cart(Make.Line(1, 100) with { Tags = ["bag"] }) with { Fees = [new("TIP", 0)] }, rules, everyRule: true).Must();
        Assert.Equal(["fees/TIP nothing_to_charge"], none.Skipped!.Select(s => $"{s.Rule} {s.Reason}"));
    }

    [Fact]
    public void A_charge_taxed_as_its_items_is_split_by_what_they_cost_and_keeps_their_components()
    {
        var rules = new RuleBook
        {
            PricesIncludeTax = true,
            TaxClasses = [Make.Class("food", Make.Vat(10)), Make.Class("wine", Make.Vat(25)), Make.Class("free")],
            Fees = [Share with { Rate = 10, InTaxBase = true, TaxedAsItems = true, Items = new() { ExcludedTags = ["gift"] } }],
            Versions = new(Taxes: "T1", Fees: "F1"),
        };
        var cart = Make.Cart(
            Make.Line(1, 1_100, taxClass: "food"), Make.Line(2, 1_250, taxClass: "wine"),
            Make.Line(3, 1_100, taxClass: "food") with { PricesIncludeTax = false },
            Make.Line(4, 550, taxClass: "free"), Make.Line(5, 9_999, taxClass: "wine") with { Tags = ["gift"] }, Make.Line(6, 100, -1, taxClass: "wine"));
        // 400 of 4000: 110 + 110 with food's tax in it (20), 125 with wine's (25), 55 without.
        var fee = Assert.Single(cart.Price(rules).Fees);
        Assert.Equal((400L, 355L, 4_000L, "F1"), (fee.Total, fee.Net, fee.Base, fee.Version));
        Assert.Equal(
            ["food/VAT 10 T1: 20 of 200", "wine/VAT 25 T1: 25 of 100"], fee.Taxes.Select(t => $"{t.Rule} {t.Rate} {t.Version}: {t.Amount} of {t.Base}"));
        Assert.Equal("own", Assert.Single(cart.Price(rules with { Fees = [rules.Fees[0] with { Version = "own" }] }).Fees).Version);
        Assert.Null(Assert.Single(cart.Price(rules with { Versions = new() }).Fees).Version);
    }

    [Fact]
    public void What_is_taxed_alike_is_rounded_as_one()
    {
        var rules = new RuleBook
        {
            TaxClasses = [Make.Class("food", Make.Vat(7)), Make.Class("free")], Fees = [Share with { Rate = 10, InTaxBase = true, TaxedAsItems = true }],
        };
        // 21 of 210: 7 % of 21 is 1.47, of 11 and 10 it would be 0.77 and 0.7. One for each line would be 2.
        CartLine[] lines = [Make.Line(1, 110, taxClass: "food"), Make.Line(2, 100, taxClass: "food")];
        Assert.Equal(22, Assert.Single(Make.Cart(lines).Price(rules).Fees).Total);
        Assert.Equal(32, Assert.Single(Make.Cart([Make.Line(3, 100, taxClass: "free"), .. lines]).Price(rules).Fees).Total);
    }

    [Fact]
    public void A_fee_is_charged_from_its_first_instant_until_before_its_last()
    {
        // It is noon.
        DateTime At(int hour, long ticks = 0) => new DateTime(2026, 6, 15, hour, 0, 0).AddTicks(ticks);
        var cart = Make.Cart(Make.Line(1, 100));
        string Of(DateTime? from, DateTime? to) => Fees(Price(cart, Once with { ValidFrom = from, ValidTo = to }));
        Assert.Equal("ONCE 40 of x", Of(At(11), At(13)));
        Assert.Equal("ONCE 40 of x", Of(At(12), At(12, 1)));
        Assert.Equal("", Of(At(12, 1), null));
        Assert.Equal("", Of(At(11), At(12)));
    }

    [Fact]
    public void A_tip_that_would_be_taxed_as_items_has_no_tax_where_there_are_none()
    {
        var tip = new FeeRule
        {
            Code = "TIP", Kind = FeeKind.Open, Automatic = false, InTaxBase = true, TaxedAsItems = true, Items = new() { Tags = ["bag"] },
        };
        var fee = Assert.Single((Make.Cart(Make.Line(1, 100)) with { Fees = [new("TIP", 50)] }).Price(Make.Rules().WithVat(10) with { Fees = [tip] }).Fees);
        Assert.Equal((50L, 50L, 0), (fee.Net, fee.Total, fee.Taxes.Length));
    }

    [Fact]
    public void Who_a_fee_is_for_is_found_anywhere_in_its_lists()
    {
        var cart = Make.Cart(Make.Line(1, 100)) with { CustomerGroups = ["gold", "staff"] };
        Assert.Equal("ONCE 40 of x", Fees(Price(cart, Once with { Stores = [Make.Id(1), Make.Store] })));
        Assert.Equal("ONCE 40 of x", Fees(Price(cart, Once with { Stores = [Make.Store] })));
        Assert.Equal("", Fees(Price(cart, Once with { ExemptCustomerGroups = ["gold"] })));
        Assert.Equal("", Fees(Price(cart, Once with { ExemptCustomerGroups = ["x", "staff"] })));
        Assert.Equal("ONCE 40 of x", Fees(Price(cart, Once with { ExemptCustomerGroups = ["x"] })));
        var zoned = new RuleBook { Zones = [new("ny", [Make.Store]), new("nyc", [Make.Id(1)])], Fees = [Once with { Zones = ["ny"] }] };
        Assert.Equal("ONCE 40 of x", Fees(cart.Price(zoned)));
        Assert.Equal("", Fees(cart.Price(zoned with { Fees = [Once with { Zones = ["nyc"] }] })));
    }
}
