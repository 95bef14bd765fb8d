namespace WebWaka.Pricing.Tests;

/// <summary>Zones, fees, certificates, and the policies that are data: what a discount comes off, what is rounded together.</summary>
public sealed class PolicyTests
{
    static readonly RuleBook Stacked = new()
    {
        DefaultTaxClass = "t",
        TaxClasses = [Make.Class("t", Make.Vat(4, "STATE") with { Zones = ["ny"] }, Make.Vat(4.5m, "CITY") with { Zones = ["nyc"] },
            Make.Vat(0.375m, "MCTD") with { Zones = ["nyc"] })],
        Zones = [new("ny", [Make.Id(1), Make.Id(2)]), new("nyc", [Make.Id(2)])],
    };

    static Cart At(int store, params CartLine[] lines) => Make.Cart(lines) with { StoreId = Make.Id(store) };

    static string Amounts(PricedCart priced) => string.Join(' ', priced.Taxes.Select(t => $"{t.Code} {t.Amount}"));

    [Fact]
    public void A_store_pays_the_taxes_of_its_zones()
    {
        var line = Make.Line(1, 1_000);
        Assert.Equal("", Amounts(At(3, line).Price(Stacked)));
        Assert.Equal("STATE 40", Amounts(At(1, line).Price(Stacked)));
        Assert.Equal("STATE 40 CITY 45 MCTD 4", Amounts(At(2, line).Price(Stacked)));
        Assert.Equal("STATE 40", Amounts((At(2, line) with { Zones = ["ny"] }).Price(Stacked)));
        Assert.Equal("tax_zone_unknown", (At(2, line) with { Zones = ["moon"] }).Refused(Stacked));
    }

    [Fact]
    public void Rules_for_a_zone_that_is_not_there_are_refused()
    {
        Assert.Equal("tax_zone_invalid", (Stacked with { Zones = [] }).Check()?.Code);
        Assert.Equal("tax_zone_invalid", (Stacked with { Zones = [.. Stacked.Zones, new("ny", [])] }).Check()?.Code);
    }

    [Fact]
    public void Two_rates_of_one_tax_may_not_meet_in_a_store()
    {
        var twice = Stacked with { TaxClasses = [Make.Class("t", Make.Vat(4) with { Zones = ["ny"] }, Make.Vat(5) with { Zones = ["nyc"] })] };
        Assert.Equal("tax_code_twice", twice.Check()?.Code);
        Assert.Null((twice with { Zones = [new("ny", [Make.Id(1)]), new("nyc", [Make.Id(2)])] }).Check());
    }

    [Theory]
    [InlineData(RoundingLevel.Line, ComponentRounding.Each, "STATE 6 CITY 6 MCTD 1")]
    [InlineData(RoundingLevel.Line, ComponentRounding.Together, "STATE 6 CITY 6 MCTD 0")]
    [InlineData(RoundingLevel.Document, ComponentRounding.Together, "STATE 6 CITY 6 MCTD 0")]
    public void Stacked_rates_are_rounded_each_or_together(RoundingLevel level, ComponentRounding components, string expected) =>
        Assert.Equal(expected, Amounts(At(2, Make.Line(1, 140)).Price(Stacked with { Rounding = new(level, Components: components) })));

    [Fact]
    public void Rounded_together_on_each_line_is_not_rounded_together_on_the_document()
    {
        CartLine[] lines = [Make.Line(1, 17), Make.Line(2, 17), Make.Line(3, 17)];
        long Tax(RoundingLevel level) => At(2, lines).Price(Stacked with { Rounding = new(level, Components: ComponentRounding.Together) }).Tax;
        Assert.Equal((3 * 2, 5), (Tax(RoundingLevel.Line), Tax(RoundingLevel.Document)));
    }

    [Fact]
    public void An_order_discount_comes_off_what_it_says()
    {
        var cart = Make.Cart(Make.Line(1, 107_50), Make.Line(2, 50_00) with { NotDiscountable = true });
        var rules = Make.Rules().WithVat(7.5m, included: true);
        (long, long, long) Of(DiscountBase on)
        {
            var priced = (cart with { OrderDiscount = new() { Amount = 10_00, On = on } }).Price(rules);
            return (priced.Lines[0].Net, priced.Lines[0].Total, priced.Discount);
        }

        Assert.Equal((90_70L, 97_50L, 10_00L), Of(DiscountBase.Listed));
        Assert.Equal((90_00L, 96_75L, 10_75L), Of(DiscountBase.Net));
        Assert.Equal((90_70L, 97_50L, 10_00L), Of(DiscountBase.Total));
        Assert.Equal("discount_invalid", Make.Cart(Make.Line(1, 1) with { Discount = new() { Amount = 1, On = DiscountBase.Net } }).Refused(rules));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(20)]
    public void A_percentage_off_the_total_leaves_that_percentage_of_it(int percent)
    {
        var rules = Make.Rules() with { DefaultTaxClass = "t", TaxClasses = [Make.Class("t", Make.Vat(6, "A"), Make.Vat(6, "B"), Make.Vat(3, "C"))] };
        var cart = Make.Cart(Make.Line(1, 15_89), Make.Line(2, 15_89));
        var before = cart.Price(rules).Total;
        var priced = (cart with { OrderDiscount = new() { Percent = percent, On = DiscountBase.Total } }).Price(rules);
        Assert.Equal(Rounding.HalfAwayFromZero(before * (100 - percent), 100), priced.Total);
        Assert.Equal(priced.Total, priced.Lines.Sum(l => l.Net + l.Taxes.Sum(t => t.Amount)));
    }

    [Fact]
    public void A_certificate_for_some_taxes_leaves_the_others()
    {
        var rules = new RuleBook
        {
            PricesIncludeTax = true, DefaultTaxClass = "t",
            TaxClasses = [Make.Class("t", Make.Vat(10, "LEVY"), Make.Vat(20) with { OnTopOf = ["LEVY"] })],
        };
        var priced = (Make.Cart(Make.Line(1, 132)) with { TaxExemption = new("DIP", new(2026, 1, 1), null, ["LEVY"]) }).Price(rules);
        Assert.Equal(("LEVY 0 VAT 20", 100L, 120L), (Amounts(priced), priced.Net, priced.Total));
        Assert.Equal([TaxTreatment.Exempt, TaxTreatment.Taxed], priced.Lines[0].Taxes.Select(t => t.Treatment));
        Assert.Equal(-120, Make.Refund(priced, [], new RefundRequest(1, 1)).Total);
    }

    [Fact]
    public void A_charge_that_follows_the_meal_is_taxed_as_the_meal()
    {
        var service = new FeeRule { Code = "SERVICE", Kind = FeeKind.Percent, Rate = 10, InTaxBase = true, TaxedAsItems = true };
        var rules = new RuleBook
        {
            TaxClasses = [Make.Class("food", Make.Vat(7)), Make.Class("drinks", Make.Vat(19))], Fees = [service],
        };
        var fee = Make.Cart(Make.Line(1, 30_00, taxClass: "food"), Make.Line(2, 10_00, taxClass: "drinks"), Make.Line(3, 10_00, taxClass: "food"))
            .Price(rules).Fees.Single();
        Assert.Equal((5_00L, 28 + 19L, 50_00L), (fee.Net, fee.Taxes.Sum(t => t.Amount), fee.Base));
        Assert.Equal([7m, 19m], fee.Taxes.Select(t => t.Rate));
    }

    [Fact]
    public void A_fee_may_stand_on_another_and_a_rebate_takes_no_more_than_there_is()
    {
        FeeRule[] fees =
        [
            new() { Code = "A", Kind = FeeKind.Percent, Rate = 10 },
            new() { Code = "B", Kind = FeeKind.Percent, Rate = 10, OnTopOf = ["A"] },
            new() { Code = "OFF", Kind = FeeKind.FixedPerDocument, Amount = -150 },
        ];
        var priced = Make.Cart(Make.Line(1, 1_000)).Price(Make.Rules() with { Fees = fees });
        Assert.Equal(["A 100", "B 110", "OFF -150"], priced.Fees.Select(f => $"{f.Code} {f.Total}"));
        Assert.Equal(0, Make.Cart(Make.Line(1, 50)).Price(Make.Rules() with { Fees = fees }).Total);
        Assert.Equal("fee_invalid", (Make.Rules() with { Fees = [fees[1]] }).Check()?.Code);
    }

    [Fact]
    public void A_fee_is_for_its_dates_stores_zones_and_customers()
    {
        FeeRule Fee(string code) => new() { Code = code, Kind = FeeKind.FixedPerDocument, Amount = 5 };
        var rules = Stacked with
        {
            Fees =
            [
                Fee("EARLY") with { ValidTo = new(2026, 6, 15, 12, 0, 0) }, Fee("NOW") with { ValidFrom = new(2026, 6, 15, 12, 0, 0), Version = "bylaw 4" },
                Fee("SHOP") with { Stores = [Make.Id(1)] }, Fee("CITY") with { Zones = ["nyc"] }, Fee("STAFF") with { ExemptCustomerGroups = ["staff"] },
                Fee("ASKED") with { Automatic = false }, Fee("TAGGED") with { Items = new() { Tags = ["bag"] } },
            ],
            Versions = new(Fees: "f9"),
        };
        var priced = Pricer.Price(At(2, Make.Line(1, 100)) with { CustomerGroups = ["staff"] }, rules, everyRule: true).Must();
        Assert.Equal(["NOW bylaw 4", "CITY f9"], priced.Fees.Select(f => $"{f.Code} {f.Version}"));
        Assert.Equal(
            ["fees/EARLY outside_dates", "fees/SHOP other_store", "fees/STAFF customer_exempt", "fees/ASKED not_chosen", "fees/TAGGED no_matching_item"],
            priced.Skipped!.Select(s => $"{s.Rule} {s.Reason}"));
    }

    [Fact]
    public void A_tax_says_which_component_and_version_it_is_and_why_others_are_not()
    {
        var change = new DateTime(2026, 1, 17);
        var rules = new RuleBook
        {
            DefaultTaxClass = "feed",
            TaxClasses = [Make.Class("feed", Make.Vat(18) with { ValidTo = change }, Make.Vat(9) with { ValidFrom = change, Version = "Ord. 2026-03" },
                Make.Vat(1, "CITY") with { Zones = ["abj"] })],
            Zones = [new("abj", [])],
            Versions = new(Taxes: "CI-4"),
        };
        var cart = Make.Cart(Make.Line(1, 1_000));
        var priced = Pricer.Price(cart, rules, everyRule: true).Must();
        var tax = Assert.Single(priced.Lines[0].Taxes);
        Assert.Equal(("feed/VAT@2026-01-17T00:00:00", "Ord. 2026-03", 1_000L, 90L), (tax.Rule, tax.Version, tax.Base, tax.Amount));
        Assert.Equal(["feed/VAT outside_dates", "feed/CITY other_zone"], priced.Skipped!.Select(s => $"{s.Rule} {s.Reason}"));
        var before = (cart with { At = new(2026, 1, 16, 23, 59, 59, TimeSpan.Zero) }).Price(rules);
        Assert.Equal(("feed/VAT", "CI-4"), (before.Lines[0].Taxes[0].Rule, before.Lines[0].Taxes[0].Version));
        Assert.Null(before.Skipped);
    }

    [Fact]
    public void A_price_below_zero_turns_the_line()
    {
        var rules = Make.Rules().WithVat(10);
        var sold = Make.Cart(Make.Line(1, -10, -2)).Price(rules);
        Assert.Equal((20L, 22L, -2m), (sold.Net, sold.Total, sold.Lines[0].Quantity));
        Assert.Equal(-11, Make.Refund(sold, [], new RefundRequest(1, 1)).Total);
        Assert.Equal(-22, Make.Cart(Make.Line(1, -10, 2)).Price(rules).Total);
    }

    [Fact]
    public void Amounts_beyond_128_bits_on_the_way_are_still_exact()
    {
        // Four compounded rates: the exact sum over the document needs more than 128 bits, the answer does not.
        var rules = new RuleBook
        {
            DefaultTaxClass = "t",
            Rounding = new(RoundingLevel.Document),
            TaxClasses =
            [
                Make.Class("t", Make.Vat(12.345678m, "A"), Make.Vat(9.975001m, "B") with { OnTopOf = ["A"] },
                    Make.Vat(5, "C") with { OnTopOf = ["A", "B"] }),
            ],
        };
        var priced = Make.Cart([.. Enumerable.Range(1, 40).Select(i => Make.Line(i, 9_999_999_999_999, 10))]).Price(rules);
        var net = 400 * 9_999_999_999_999m;
        Assert.Equal((long)Math.Round(net * 0.12345678m * 0.09975001m + net * 0.09975001m, MidpointRounding.AwayFromZero), priced.Taxes[1].Amount);
        Assert.Equal("amount_too_large", Make.Cart([.. Enumerable.Range(1, 400).Select(i => Make.Line(i, 9_999_999_999_999, 10))]).Refused(rules));
    }
}
