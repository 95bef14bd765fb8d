namespace WebWaka.Pricing.Tests;

/// <summary>What is wrong with a tax class, in words; and that what stands exactly at a limit is fine.</summary>
public sealed class TaxCheckTests
{
    const string Rate = "tax_rate_invalid: a/VAT: a rate has at most six decimals and is at most 1000 percent.";
    const string PerUnit = "tax_rate_invalid: a/LEVY: an amount per unit has at most four decimals of a minor unit.";
    const string Share = "tax_rate_invalid: a/VAT: a share of the price is at least 0 and below 100 percent.";
    const string Local = "tax_dates_invalid: a/VAT: dates are store-local, without an offset.";
    const string Twice = "tax_code_twice: a/VAT is valid twice at one time.";
    const string OnExcluded = "tax_included_on_excluded: a/VAT is in the price but stands on one that is not.";
    const string Circle = "tax_circle: The taxes of a stand on each other in a circle.";
    const string Nothing = "tax_rate_invalid: The shares of the price in a leave nothing.";
    const string TooMuch = "tax_rate_invalid: The included taxes of a take more than the price.";

    static readonly TaxComponent Levy = new() { Code = "LEVY", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 5 };
    static readonly DateTime Noon = new(2026, 6, 15, 12, 0, 0);
    static readonly DateTime Utc = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    static TaxComponent Division(decimal rate, string code = "VAT") => Make.Vat(rate, code) with { Kind = TaxKind.Division };

    static TaxComponent Included(decimal rate, string code = "VAT") => Make.Vat(rate, code) with { Included = true };

    public static TheoryData<string, TaxComponent[]> Wrong => new()
    {
        { "tax_code_missing: A component of a has no code.", [Make.Vat(1, "")] },
        { Rate, [Make.Vat(0.0000001m)] },
        { Rate, [Make.Vat(1_000.000001m)] },
        { Rate, [Make.Vat(-1_000.000001m)] },
        { PerUnit, [Levy with { AmountPerUnit = 0.00001m }] },
        { PerUnit, [Levy with { AmountPerUnit = 10_000_000_000_000 }] },
        { Share, [Division(-0.000001m)] },
        { Share, [Division(100)] },
        { "tax_rate_invalid: a/LEVY: a fixed levy has an amount and no rate, others a rate and no amount.", [Levy with { Rate = 1 }] },
        { "tax_rate_invalid: a/VAT: a fixed levy has an amount and no rate, others a rate and no amount.", [Make.Vat(1) with { AmountPerUnit = 1 }] },
        { "tax_rate_invalid: a/VAT: what is not taxed has no rate.", [Make.Vat(1) with { Treatment = TaxTreatment.ZeroRated }] },
        { "tax_rate_invalid: a/LEVY: what is not taxed has no rate.", [Levy with { Treatment = TaxTreatment.Exempt }] },
        { "tax_dates_invalid: a/VAT: its interval is empty.", [Make.Vat(1) with { ValidFrom = Noon, ValidTo = Noon }] },
        { "tax_dates_invalid: a/VAT: its interval is empty.", [Make.Vat(1) with { ValidFrom = Noon, ValidTo = Noon.AddTicks(-1) }] },
        { Local, [Make.Vat(1) with { ValidFrom = Utc }] },
        { Local, [Make.Vat(1) with { ValidTo = Utc }] },
        { "tax_on_top_of_unknown: a/VAT stands on X, which its class does not have.", [Levy, Make.Vat(1) with { OnTopOf = ["LEVY", "X"] }] },
        { Twice, [Levy, Make.Vat(1) with { ValidTo = Noon }, Make.Vat(2) with { ValidFrom = Noon.AddTicks(-1) }] },
        { Circle, [Make.Vat(1) with { OnTopOf = ["VAT"] }] },
        { Circle, [Make.Vat(1, "A"), Make.Vat(1, "B") with { OnTopOf = ["C"] }, Make.Vat(1, "C") with { OnTopOf = ["B"] }] },
        { Nothing, [Division(60), Division(40, "ISS")] },
        { Nothing, [Division(60), Division(50, "ISS")] },
        { OnExcluded, [Levy with { Included = false }, Included(1) with { OnTopOf = ["LEVY"] }] },
        { TooMuch, [Included(-100)] },
        { TooMuch, [Included(-60), Included(-50, "B"), Make.Vat(500, "TOP") with { Included = false }] },
    };

    static TaxComponent[][] AtTheLimit =>
    [
        [Make.Vat(1_000)], [Make.Vat(-1_000) with { Included = false }], [Make.Vat(0.000001m)], [Levy with { AmountPerUnit = 9_999_999_999_999 }],
        [Levy with { AmountPerUnit = 0.0001m }], [Levy with { AmountPerUnit = 0 }], [Make.Vat(0)],
        [Division(0)], [Division(99.999999m)], [Division(60), Division(39, "ISS")],
        [new() { Code = "VAT", Treatment = TaxTreatment.ZeroRated }], [Make.Vat(1) with { ValidFrom = Noon, ValidTo = Noon.AddTicks(1) }],
        [Make.Vat(1) with { ValidTo = Noon }, Make.Vat(2) with { ValidFrom = Noon }], [Included(-99.999999m)], [Included(-60), Included(-39, "B")],
        [Included(1) with { OnTopOf = ["LEVY"] }, Levy with { Included = true }],
        [Make.Vat(1) with { Included = false, OnTopOf = ["LEVY"] }, Levy with { Included = true }],
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_tax_that_cannot_be_says_why(string why, TaxComponent[] components) => Assert.Equal(why, Said(Make.Class("a", components)));

    [Fact]
    public void What_stands_at_a_limit_is_fine() =>
        Assert.All(AtTheLimit, components => Assert.Equal("fine", Said(Make.Class("a", components))));

    [Fact]
    public void A_class_has_a_code_of_its_own()
    {
        Assert.Equal("tax_code_missing: A tax class has no code.", Said(Make.Class("")));
        Assert.Equal("tax_class_twice: a is there twice.", Said(Make.Class("a"), Make.Class("b"), Make.Class("a")));
    }

    [Fact]
    public void Taxes_that_compound_too_finely_are_refused_in_words() => Assert.Equal(
        "tax_rate_invalid: The taxes compound beyond what can be kept exactly.",
        Said(Make.Class("a", [.. "ABCD".Select((code, i) => Make.Vat(7.654321m, $"{code}") with { OnTopOf = i == 0 ? [] : [$"{(char)(code - 1)}"] })])));

    /// <summary>A mistake that only prices with tax would meet is found whichever way the book's prices are, and one of a zone too.</summary>
    [Fact]
    public void A_mistake_is_found_for_both_price_modes_and_in_every_zone()
    {
        Assert.Equal(TooMuch, Said(Make.Class("a", Make.Vat(-100))));
        var later = new RuleBook { TaxClasses = [Make.Class("a", Make.Vat(-100) with { ValidFrom = Noon, Zones = ["ny"] })], Zones = [new("ny", [])] };
        Assert.Equal(TooMuch, $"{later.Check()?.Code}: {later.Check()?.Detail}");
    }

    static string Said(params TaxClass[] classes) =>
        new RuleBook { TaxClasses = classes }.Check() is { } wrong ? $"{wrong.Code}: {wrong.Detail}" : "fine";
}
