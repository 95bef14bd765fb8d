namespace WebWaka.Pricing.Tests;

public sealed class FeeAndTaxTests
{
    static readonly FeeRule Bag = new() { Code = "BAG", Kind = FeeKind.FixedPerUnit, Amount = 5, Items = new() { Tags = ["bag"] } };
    static readonly FeeRule Service = new() { Code = "SERVICE", Kind = FeeKind.Percent, Rate = 10, InTaxBase = true };
    static readonly FeeRule Delivery = new() { Code = "DELIVERY", Kind = FeeKind.FixedPerDocument, Amount = 500, InTaxBase = true,
        Automatic = false };
    static readonly FeeRule Tip = new() { Code = "TIP", Kind = FeeKind.Open, Automatic = false };

    [Fact]
    public void A_service_charge_follows_the_price_after_discounts_and_is_taxed()
    {
        var cart = Make.Cart(Make.Line(1, 60_00)) with { OrderDiscount = new() { Amount = 10_00 } };
        var priced = cart.Price(Make.Rules().WithVat(20, included: true) with { Fees = [Service] });
        var fee = Assert.Single(priced.Fees);
        Assert.Equal((4_17L, 83L, 5_00L), (fee.Net, fee.Taxes[0].Amount, fee.Total));
        Assert.Equal((55_00L, 41_67L, 9_16L), (priced.Total, priced.Net, priced.Tax));
    }

    [Fact]
    public void A_levy_outside_the_tax_base_is_not_taxed_and_counts_only_its_items()
    {
        var cart = Make.Cart(Make.Line(1, 100, 3) with { Tags = ["bag"] }, Make.Line(2, 1000, 2), Make.Line(3, 100,
            -1) with { Tags = ["bag"] });
        var fee = Assert.Single(cart.Price(Make.Rules().WithVat(15) with { Fees = [Bag] }).Fees);
        Assert.Equal((15L, 15L), (fee.Net, fee.Total));
        Assert.Empty(fee.Taxes);
    }

    [Fact]
    public void A_fee_that_is_not_automatic_comes_only_when_chosen()
    {
        var rules = Make.Rules().WithVat(7.5m) with { Fees = [Delivery, Tip] };
        var cart = Make.Cart(Make.Line(1, 1000));
        Assert.Empty(cart.Price(rules).Fees);
        var priced = (cart with { Fees = [new("TIP", 200), new("DELIVERY")] }).Price(rules);
        Assert.Equal(["DELIVERY 538", "TIP 200"], priced.Fees.Select(f => $"{f.Code} {f.Total}"));
        Assert.Equal(1075 + 538 + 200, priced.Total);
        Assert.Equal("fee_amount_invalid", (cart with { Fees = [new("TIP")] }).Refused(rules));
        Assert.Equal("fee_amount_invalid", (cart with { Fees = [new("DELIVERY", 1)] }).Refused(rules));
        Assert.Equal("fee_twice", (cart with { Fees = [new("TIP", 1), new("TIP", 1)] }).Refused(rules));
    }

    [Theory]
    [InlineData(false, 8000, 2000, 10000)]
    [InlineData(true, 6400, 1600, 8000)]
    public void A_division_rate_is_a_share_of_the_price_that_contains_it(bool included, long net, long tax, long total)
    {
        var rules = Make.Rules().WithVat(20, included);
        rules = rules with { TaxClasses = [Make.Class("standard", Make.Vat(20) with { Kind = TaxKind.Division })] };
        var priced = Make.Cart(Make.Line(1, 8000)).Price(rules);
        Assert.Equal((net, tax, total), (priced.Net, priced.Tax, priced.Total));
    }

    [Fact]
    public void The_zero_taxes_are_kept_apart()
    {
        TaxTreatment[] all = [TaxTreatment.ZeroRated, TaxTreatment.Exempt, TaxTreatment.Suspended, TaxTreatment.OutOfScope];
        var rules = new RuleBook { TaxClasses = [.. all.Select(t =>
            Make.Class($"{t}", new TaxComponent { Code = "VAT", Treatment = t }))] };
        var priced = Make.Cart([.. all.Select((t, i) => Make.Line(i + 1, 100 * (i + 1), taxClass: $"{t}"))]).Price(rules);
        Assert.Equal(["ZeroRated 100", "Exempt 200", "Suspended 300", "OutOfScope 400"], priced.Taxes.Select(t =>
            $"{t.Treatment} {t.Base}"));
    }

    [Theory]
    [InlineData(2025, 1075, 75)]
    [InlineData(2026, 1000, 0)]
    [InlineData(2027, 1075, 75)]
    public void A_certificate_counts_between_its_dates(int year, long total, long tax)
    {
        var paper = new TaxExemption("DIP-7", new(2026, 1, 1), new(2027, 1, 1));
        var cart = Make.Cart(Make.Line(1, 1075)) with { TaxExemption = paper, At = new(year, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)) };
        var priced = cart.Price(Make.Rules().WithVat(7.5m, included: true));
        Assert.Equal((total, tax, year == 2026 ? "DIP-7" : null), (priced.Total, priced.Tax, priced.TaxExemptionId));
    }

    [Fact]
    public void A_line_may_have_its_own_price_mode()
    {
        var priced = Make.Cart(Make.Line(1, 1075), Make.Line(2, 1000) with { PricesIncludeTax = false }).Price(Make.Rules().WithVat(7.5m,
            included: true));
        Assert.Equal([1075L, 1075], priced.Lines.Select(l => l.Total));
    }

    [Fact]
    public void Document_tax_goes_to_the_lines_with_the_largest_remainder_and_mirrors_on_returns()
    {
        var rules = Make.Rules().WithVat(7.5m) with { Rounding = new(RoundingLevel.Document) };
        // 9.525 + 9.6 + 9.525 = 28.65 -> 29: two units left over, to 9.6 and then to the first.
        Assert.Equal([10L, 10, 9], Make.Cart(Make.Line(1, 127), Make.Line(2, 128), Make.Line(3, 127)).Price(rules).Lines.Select(l =>
            l.Taxes[0].Amount));
        var returned = Make.Cart(Make.Line(1, 127, -1), Make.Line(2, 128, -1), Make.Line(3, 127, -1)).Price(rules);
        Assert.Equal([-10L, -10, -9], returned.Lines.Select(l => l.Taxes[0].Amount));
    }

    [Fact]
    public void Levies_in_many_classes_and_odd_quantities_are_summed_exactly_over_the_document()
    {
        TaxClass Sugar(string code, decimal rate, decimal levy) => Make.Class(
            code,
            new TaxComponent { Code = "SUGAR", Kind = TaxKind.FixedPerUnit, AmountPerUnit = levy },
            Make.Vat(rate) with { OnTopOf = ["SUGAR"] });
        var rules = new RuleBook
        {
            PricesIncludeTax = true,
            Rounding = new(RoundingLevel.Document),
            TaxClasses = [Sugar("a", 9.975m, 7.0001m), Sugar("b", 7.5m, 3.3333m), Sugar("c", 19, 1.7777m), Sugar("d", 21.3m, 0.9999m)],
        };
        var lines = "abcd".Select((c, i) => Make.Line(i + 1, 100_003.0007m + i, 1.23457m * (i + 1), taxClass: $"{c}")).ToArray();
        var priced = Make.Cart(lines).Price(rules);
        Assert.Equal(priced.Gross, priced.Total);
        foreach (var (line, i) in priced.Lines.Select((line, i) => (line, i)))
        {
            // The same figures in decimals, which are near enough to tell a whole unit.
            var (rate, levy) = (line.Taxes[1].Rate / 100, rules.TaxClasses[i].Components[0].AmountPerUnit * line.Quantity);
            Assert.InRange(line.Taxes[1].Amount - rate * line.Gross / (1 + rate), -1, 1);
            Assert.InRange(line.Taxes[0].Amount - levy, -1, 1);
        }
    }

    [Theory]
    [InlineData(RoundingMode.HalfEven, 100, 0)]
    [InlineData(RoundingMode.HalfEven, 300, 2)]
    [InlineData(RoundingMode.HalfEven, 500, 2)]
    [InlineData(RoundingMode.HalfTowardZero, 500, 2)]
    [InlineData(RoundingMode.HalfAwayFromZero, 500, 3)]
    public void A_document_tax_is_rounded_by_the_mode_and_mirrored(RoundingMode mode, int net, long tax)
    {
        var rules = Make.Rules().WithVat(0.5m) with { Rounding = new(RoundingLevel.Document, mode) };
        Assert.Equal(tax, Make.Cart(Make.Line(1, net)).Price(rules).Tax);
        Assert.Equal(-tax, Make.Cart(Make.Line(1, net, -1)).Price(rules).Tax);
    }

    [Theory]
    [InlineData("NGN", 2)]
    [InlineData("XOF", 0)]
    [InlineData("TND", 3)]
    public void A_currency_has_its_exponent(string code, int exponent)
    {
        Assert.True(Currency.TryFind(code, out var currency));
        Assert.Equal(new Currency(code, exponent), currency);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ngn")]
    [InlineData("XXX")]
    public void What_is_no_currency_is_not_found(string? code)
    {
        Assert.False(Currency.TryFind(code, out var currency));
        Assert.Equal(default, currency);
    }
}
