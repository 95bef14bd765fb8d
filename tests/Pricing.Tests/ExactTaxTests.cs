namespace WebWaka.Pricing.Tests;

/// <summary>Taxes worked exactly, with levies, by steps, and where 128 bits are not enough on the way.</summary>
public sealed class ExactTaxTests
{
    static string Amounts(PricedCart priced) => string.Join(' ', priced.Taxes.Select(t => t.Amount));

    /// <summary>Three six-decimal rates, one on the other: on 5 x 10^15 the last needs more than 128 bits on the way.</summary>
    static RuleBook Chain(bool included, RoundingLevel level, long step) => new()
    {
        PricesIncludeTax = included,
        DefaultTaxClass = "t",
        Rounding = new(level, CompoundBase: CompoundBase.Exact, Step: step),
        TaxClasses =
        [
            Make.Class("t", Make.Vat(12.345679m, "A"), Make.Vat(9.876543m, "B") with { OnTopOf = ["A"] }, Make.Vat(7.654321m, "C") with { OnTopOf = ["B"] }),
        ],
    };

    [Theory]
    [InlineData(false, 1, "617283950000000 554793464753849 425181722679281")]
    [InlineData(false, 5, "617283950000000 554793464753850 425181722679280")]
    [InlineData(true, 1, "467833639046786 420472694187444 322241186697353")]
    [InlineData(true, 5, "467833639046785 420472694187445 322241186697355")]
    public void Figures_beyond_128_bits_on_the_way_are_still_exact(bool included, long step, string expected)
    {
        foreach (var level in new[] { RoundingLevel.Line, RoundingLevel.Document })
        {
            Assert.Equal(expected, Amounts(Make.Cart(Make.Line(1, 5_000_000_000_000, 1_000)).Price(Chain(included, level, step))));
            var back = Amounts(Make.Cart(Make.Line(1, 5_000_000_000_000, -1_000)).Price(Chain(included, level, step)));
            Assert.Equal(string.Join(' ', expected.Split(' ').Select(amount => $"-{amount}")), back);
        }
    }

    [Fact]
    public void Beyond_128_bits_the_odd_units_still_go_to_the_largest_remainders()
    {
        var cart = Make.Cart(Make.Line(1, 2_500_000_000_000.003m, 1_000), Make.Line(2, 2_499_999_999_999.997m, 1_000));
        // Rests of .37 and .63: one unit over; of .58 and .92: two; of .97 and .46: one.
        Assert.Equal(
            ["308641975000000 277396732376925 212590861339641", "308641975000000 277396732376924 212590861339640"],
            cart.Price(Chain(false, RoundingLevel.Document, 1)).Lines.Select(l => string.Join(' ', l.Taxes.Select(t => t.Amount))));
    }

    /// <summary>A levy of 6.5 on each unit, and half of it and the net: exactly 53.25, of the levy as rounded 53.5.</summary>
    [Theory]
    [InlineData(CompoundBase.Exact, "7 53")]
    [InlineData(CompoundBase.Rounded, "7 54")]
    public void A_tax_on_a_levy_stands_on_it_as_it_is_or_as_it_is_rounded(CompoundBase compound, string expected)
    {
        var levy = new TaxComponent { Code = "LEVY", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 6.5m };
        var rules = new RuleBook
        {
            DefaultTaxClass = "t", Rounding = new(CompoundBase: compound), TaxClasses = [Make.Class("t", levy, Make.Vat(50) with { OnTopOf = ["LEVY"] })],
        };
        Assert.Equal(expected, Amounts(Make.Cart(Make.Line(1, 100)).Price(rules)));
        // Two of 50: the same net and two levies: 13, and half of 113.
        Assert.Equal("13 57", Amounts(Make.Cart(Make.Line(1, 50, 2)).Price(rules)));
    }

    [Fact]
    public void A_share_of_the_price_and_a_percentage_stand_side_by_side()
    {
        var rules = new RuleBook { DefaultTaxClass = "t", TaxClasses = [Make.Class("t", Make.Vat(20, "ISS") with { Kind = TaxKind.Division }, Make.Vat(10))] };
        // 20 % of the price that holds it is a quarter of 8000; 10 % is of the 8000.
        Assert.Equal("2000 800", Amounts(Make.Cart(Make.Line(1, 8_000)).Price(rules)));
    }

    [Theory]
    [InlineData(100, 1_000, "The document's sums are beyond what can be kept exactly.")]
    [InlineData(100, -1_000, "The document's sums are beyond what can be kept exactly.")]
    [InlineData(200, 1_000, "An amount is beyond what can be kept exactly.")]
    [InlineData(200, -1_000, "An amount is beyond what can be kept exactly.")]
    public void One_tax_may_be_as_large_as_an_amount_can_be_and_no_larger(int rate, int quantity, string why)
    {
        foreach (var rounding in new RoundingPolicy[] { new(), new(Step: 5), new(RoundingLevel.Document), new(RoundingLevel.Document, Step: 5) })
        {
            var rules = Make.Rules().WithVat(rate) with { Rounding = rounding };
            Assert.Equal(new PricingFailure("amount_too_large", why), Pricer.Price(Make.Cart(Make.Line(1, 9_007_199_254_740.991m, quantity)), rules).Failure);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(-1_000)]
    public void A_tax_that_needs_more_bits_and_is_too_large_is_refused(int quantity)
    {
        TaxComponent[] chain =
        [
            Make.Vat(100.000001m, "A"), Make.Vat(100.000001m, "B") with { OnTopOf = ["A"] }, Make.Vat(200.000001m, "C") with { OnTopOf = ["B"] },
        ];
        var rules = Chain(false, RoundingLevel.Line, 1) with { TaxClasses = [Make.Class("t", chain)] };
        var failure = Pricer.Price(Make.Cart(Make.Line(1, 5_000_000_000_000, quantity)), rules).Failure;
        Assert.Equal(new PricingFailure("amount_too_large", "An amount is beyond what can be kept exactly."), failure);
    }

    [Fact]
    public void Taxes_that_sum_beyond_an_amount_are_refused_though_the_total_is_not()
    {
        var rules = new RuleBook { TaxClasses = [Make.Class("t", Make.Vat(304)), Make.Class("free")] };
        CartLine[] lines =
        [
            Make.Line(1, 1_500_000_000_000, 1_000, taxClass: "t"), Make.Line(2, 1_500_000_000_000, 1_000, taxClass: "t"),
            Make.Line(3, 5_900_000_000_000, -1_000, taxClass: "free"),
        ];
        Assert.Equal("amount_too_large", Make.Cart(lines).Refused(rules));
        Assert.Equal(4_560_000_000_000_000, Make.Cart(lines[0], lines[2]).Price(rules).Tax);
        // Five times 1801439850948198 and one more are the largest amount there is; what comes back makes room for it in the total.
        var most = new RuleBook { TaxClasses = [Make.Class("t", Make.Vat(500)), Make.Class("one", Make.Vat(100)), Make.Class("free")] };
        var priced = Make.Cart(Make.Line(1, 1_801_439_850_948.198m, 1_000, taxClass: "t"), Make.Line(2, 1, taxClass: "one"),
            Make.Line(3, 1_801_439_850_948.199m, -1_000, taxClass: "free")).Price(most);
        Assert.Equal((Limits.MaxAmount, Limits.MaxAmount), (priced.Tax, priced.Total));
    }

    [Fact]
    public void Rates_that_a_plan_could_hold_but_not_work_on_large_amounts_are_refused()
    {
        TaxComponent[] levied =
        [
            new() { Code = "0", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 0.0001m }, Make.Vat(77.654321m, "1") with { OnTopOf = ["0"] },
            Make.Vat(77.654321m, "2") with { OnTopOf = ["1"] },
        ];
        Assert.Equal("tax_rate_invalid", new RuleBook { TaxClasses = [Make.Class("a", levied)] }.Check()?.Code);
        Assert.Null(new RuleBook { TaxClasses = [Make.Class("a", levied[..2])] }.Check());
    }

    [Fact]
    public void A_tax_has_its_times_and_its_zones()
    {
        DateTime Month(int month) => new(2026, month, 1);
        TaxComponent[] rates =
        [
            Make.Vat(30) with { ValidFrom = Month(9) }, Make.Vat(10) with { ValidTo = Month(3) },
            Make.Vat(20) with { ValidFrom = Month(3), ValidTo = Month(6) },
            Make.Vat(1, "CITY") with { Zones = ["b", "a"] }, Make.Vat(2, "MOON") with { Zones = ["c"] },
        ];
        var rules = new RuleBook
        {
            TaxClasses = [Make.Class("free"), Make.Class("t", rates)], DefaultTaxClass = "t",
            Zones = [new("a", [Make.Store]), new("b", []), new("c", [])],
        };
        string At(DateTime local) => Amounts((Make.Cart(Make.Line(1, 100)) with { At = new(local, TimeSpan.FromHours(1)) }).Price(rules));
        Assert.Equal("10 1", At(Month(1)));
        Assert.Equal("10 1", At(Month(3).AddTicks(-1)));
        Assert.Equal("20 1", At(Month(3)));
        Assert.Equal("20 1", At(Month(6).AddTicks(-1)));
        Assert.Equal("1", At(Month(6)));
        Assert.Equal("1", At(Month(9).AddTicks(-1)));
        Assert.Equal("30 1", At(Month(9)));
        rules = rules with { TaxClasses = [Make.Class("t", Make.Vat(5), rates[3])] };
        Assert.Equal("5 1", At(Month(9)));
    }

    [Fact]
    public void Lines_come_in_any_order_and_have_numbers_of_their_own()
    {
        var priced = Make.Cart(Make.Line(3, 300), Make.Line(1, 100), Make.Line(2, 200)).Price(Make.Rules());
        Assert.Equal(["1 100", "2 200", "3 300"], priced.Lines.Select(l => $"{l.Line} {l.Total}"));
        Assert.Equal([1, 2, 3], Make.Cart(Make.Line(3, 5), Make.Line(2, 5), Make.Line(1, 5)).Price(Make.Rules()).Lines.Select(l => l.Line));
        var twice = Pricer.Price(Make.Cart(Make.Line(1, 5), Make.Line(1, 5)), Make.Rules()).Failure;
        Assert.Equal(new PricingFailure("line_twice", "Two lines have one number.", 1), twice);
        Assert.Equal(2, Pricer.Price(Make.Cart(Make.Line(2, 5), Make.Line(1, 5), Make.Line(2, 5)), Make.Rules()).Failure?.Line);
    }
}
