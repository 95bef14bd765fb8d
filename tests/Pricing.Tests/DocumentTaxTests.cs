namespace WebWaka.Pricing.Tests;

/// <summary>Which taxes are rounded as one over the document, and what a certificate makes of them.</summary>
public sealed class DocumentTaxTests
{
    static RuleBook Document(params TaxClass[] classes) => new() { Rounding = new(RoundingLevel.Document), TaxClasses = classes };

    static string Amounts(PricedCart priced) => string.Join(' ', priced.Taxes.Select(t => t.Amount));

    static TaxComponent Levy(decimal amount) => new() { Code = "VAT", Kind = TaxKind.FixedPerUnit, AmountPerUnit = amount };

    public static TheoryData<string, int, TaxComponent, TaxComponent> Apart => new()
    {
        { "1 2", 10, Make.Vat(5), Make.Vat(15) }, // 0.5 and 1.5: together 2
        { "1 1", 10, Make.Vat(5), Make.Vat(5, "B") },
        { "2", 3, Make.Vat(20) with { Kind = TaxKind.Division }, Make.Vat(20) }, // 0.75 and 0.6, printed as one: together 1.35
        { "2", 1, Levy(0.6m), Levy(0.7m) }, // together 1.3
        { "1", 10, Make.Vat(5), Make.Vat(5) }, // alike: 0.5 and 0.5 are rounded as one
    };

    [Theory]
    [MemberData(nameof(Apart))]
    public void Taxes_are_rounded_as_one_only_where_they_are_alike(string expected, int price, TaxComponent one, TaxComponent other)
    {
        var rules = Document(Make.Class("a", one), Make.Class("b", other));
        Assert.Equal(expected, Amounts(Make.Cart(Make.Line(1, price, taxClass: "a"), Make.Line(2, price, taxClass: "b")).Price(rules)));
    }

    [Fact]
    public void A_tax_in_the_price_is_not_rounded_with_one_on_top()
    {
        // 5 % in 11 is 0.52, 5 % on 10 is 0.5: together 1.02.
        var cart = Make.Cart(Make.Line(1, 11, taxClass: "a") with { PricesIncludeTax = true }, Make.Line(2, 10, taxClass: "a"));
        Assert.Equal("1 1", Amounts(cart.Price(Document(Make.Class("a", Make.Vat(5))))));
        var together = Document(Make.Class("a", Make.Vat(5))) with { Rounding = new(RoundingLevel.Document, Components: ComponentRounding.Together) };
        Assert.Equal("1 1", Amounts(cart.Price(together)));
    }

    [Theory]
    [InlineData(1, "10 9")] // 9.525 + 9.6 = 19.125: the odd unit is of .6
    [InlineData(5, "10 10")] // of 125 and 125: 1.875 steps each are 3.75 -> 4
    public void The_sum_is_rounded_to_the_step_and_spread_in_steps(long step, string expected)
    {
        var rules = Document(Make.Class("a", Make.Vat(7.5m))) with { Rounding = new(RoundingLevel.Document, Step: step) };
        var priced = Make.Cart(Make.Line(1, 128 - 128 % step, taxClass: "a"), Make.Line(2, 127 - 127 % step, taxClass: "a")).Price(rules);
        Assert.Equal(expected, string.Join(' ', priced.Lines.Select(l => l.Taxes[0].Amount)));
    }

    [Fact]
    public void Sales_and_returns_on_one_document_share_the_rounding()
    {
        // 9.525 - 3.75 = 5.775 -> 6: whole units 9 and -4, rests .525 and .25, so the sale gets the odd one.
        var rules = Document(Make.Class("a", Make.Vat(7.5m)));
        var sale = Make.Cart(Make.Line(1, 127, taxClass: "a"), Make.Line(2, 50, -1, taxClass: "a")).Price(rules);
        Assert.Equal([10L, -4], sale.Lines.Select(l => l.Taxes[0].Amount));
        var back = Make.Cart(Make.Line(1, 127, -1, taxClass: "a"), Make.Line(2, 50, taxClass: "a")).Price(rules);
        Assert.Equal([-10L, 4], back.Lines.Select(l => l.Taxes[0].Amount));
        // 9.1 - 3.25 = 5.85 -> 6: whole units 9 and -4, rests .1 and .75, so the return gets it.
        rules = Document(Make.Class("a", Make.Vat(5)));
        var other = Make.Cart(Make.Line(1, 182, taxClass: "a"), Make.Line(2, 65, -1, taxClass: "a")).Price(rules);
        Assert.Equal([9L, -3], other.Lines.Select(l => l.Taxes[0].Amount));
    }

    [Fact]
    public void A_fee_shares_the_rounding_of_the_document()
    {
        var rules = Document(Make.Class("a", Make.Vat(5))) with
        {
            DefaultTaxClass = "a", Fees = [new() { Code = "F", Kind = FeeKind.FixedPerDocument, Amount = 10, InTaxBase = true }], Versions = new(Taxes: "T1"),
        };
        var priced = Make.Cart(Make.Line(1, 10)).Price(rules);
        // 0.5 and 0.5: one unit, the line's.
        Assert.Equal((1L, 0L, 10L, 21L), (priced.Lines[0].Taxes[0].Amount, priced.Fees[0].Taxes[0].Amount, priced.Fees[0].Total, priced.Total));
        var tax = Assert.Single(priced.Taxes);
        Assert.Equal((20L, null, null), (tax.Base, tax.Rule, tax.Version));
        Assert.Equal(("a/VAT", "T1"), (priced.Fees[0].Taxes[0].Rule, priced.Fees[0].Taxes[0].Version));
    }

    [Fact]
    public void Together_all_of_different_rates_are_rounded_once_and_exactly()
    {
        // 0.4, 0.37, 0.41 and 0.42 are 1.6 -> 2: of D and C.
        TaxComponent[] parts = [Make.Vat(4, "A"), Make.Vat(3.7m, "B"), Make.Vat(4.1m, "C"), Make.Vat(4.2m, "D")];
        var rules = Document(Make.Class("a", parts)) with { Rounding = new(RoundingLevel.Document, Components: ComponentRounding.Together) };
        Assert.Equal("0 0 1 1", Amounts(Make.Cart(Make.Line(1, 10, taxClass: "a")).Price(rules)));
        // In the price: 10 x (16 / 116) is 1.38 -> 1, of D.
        Assert.Equal("0 0 0 1", Amounts(Make.Cart(Make.Line(1, 10, taxClass: "a") with { PricesIncludeTax = true }).Price(rules)));
        // Of two classes with other denominators: 10 x 16 / 116 and 10 x 7 / 107 are 1.379 and 0.654, 2.03 -> 2.
        var two = rules with { TaxClasses = [.. rules.TaxClasses, Make.Class("b", Make.Vat(7, "E"))] };
        CartLine Listed(int line, string taxClass) => Make.Line(line, 10, taxClass: taxClass) with { PricesIncludeTax = true };
        var cart = Make.Cart(Listed(1, "a"), Listed(2, "b"));
        Assert.Equal("0 0 0 1 1", Amounts(cart.Price(two)));
    }

    static readonly RuleBook Certified = new()
    {
        DefaultTaxClass = "t",
        TaxClasses =
        [
            Make.Class("t", Make.Vat(10, "LEVY"), Make.Vat(20) with { OnTopOf = ["LEVY"] }, Make.Vat(5, "OLD") with { ValidTo = new(2026, 6, 15, 12, 0, 0) },
                Make.Vat(5, "NEW") with { ValidFrom = new(2026, 6, 15, 12, 0, 0, 1) }, Make.Vat(5, "NOW") with { ValidFrom = new(2026, 6, 15, 12, 0, 0) }),
            Make.Class("own", Make.Vat(7, "OWN")), Make.Class("free"), Make.Class("unmet", Make.Vat(1, "UNMET") with { ValidTo = new(2026, 1, 1) }),
        ],
        Versions = new(Taxes: "T1"),
    };

    static string Skipped(TaxExemption? paper, params string?[] classes)
    {
        var cart = Make.Cart([.. classes.Select((taxClass, i) => Make.Line(i + 1, 100, taxClass: taxClass))]) with { TaxExemption = paper };
        return string.Join(", ", Pricer.Price(cart, Certified with { }, everyRule: true).Must().Skipped!.Select(s => $"{s.Rule} {s.Reason}"));
    }

    [Fact]
    public void Who_asks_hears_which_taxes_of_the_lines_classes_were_not_charged()
    {
        const string times = "t/OLD outside_dates, t/NEW@2026-06-15T12:00:00.001 outside_dates";
        Assert.Equal(times, Skipped(null, null, "own"));
        Assert.Equal("", Skipped(null, "own"));
        var valid = new TaxExemption("DIP", new(2026, 1, 1));
        Assert.Equal("t/LEVY customer_exempt, t/VAT customer_exempt, " + times + ", t/NOW@2026-06-15T12:00:00 customer_exempt", Skipped(valid, [null]));
        Assert.Equal("own/OWN customer_exempt", Skipped(valid with { Taxes = [] }, "own"));
        Assert.Equal("own/OWN customer_exempt", Skipped(valid with { Taxes = ["OWN", "VAT"] }, "own"));
        Assert.Equal("", Skipped(valid with { Taxes = ["VAT"] }, "own"));
        Assert.Equal("", Skipped(valid with { ValidTo = new(2026, 6, 15, 12, 0, 0) }, "own"));
        Assert.Equal("own/OWN customer_exempt", Skipped(valid with { ValidTo = new(2026, 6, 15, 12, 0, 0, 1) }, "own"));
    }

    [Fact]
    public void A_certificate_leaves_one_tax_of_nothing_where_there_was_any()
    {
        var cart = Make.Cart(Make.Line(1, 132, taxClass: "own"), Make.Line(2, 50, taxClass: "free")) with { TaxExemption = new("DIP", new(2026, 1, 1)) };
        var priced = cart.Price(Certified);
        Assert.Equal(new LineTax("EXEMPT", 0, 132, 0, Included: false, TaxTreatment.Exempt), Assert.Single(priced.Lines[0].Taxes));
        Assert.Empty(priced.Lines[1].Taxes);
        Assert.Equal("DIP", priced.TaxExemptionId);
        var some = (cart with { TaxExemption = new("DIP", new(2026, 1, 1), null, ["OWN"]) }).Price(Certified);
        Assert.Equal(new LineTax("OWN", 0, 132, 0, Included: false, TaxTreatment.Exempt, "own/OWN", "T1"), Assert.Single(some.Lines[0].Taxes));
    }
}
