namespace WebWaka.Pricing.Tests;

/// <summary>What is wrong with fees, zones, steps and cash rounding, in words; and that what stands exactly at a limit is fine.</summary>
public sealed class FeeCheckTests
{
    const string Local = "dates are store-local, without an offset";
    const string Amount = "an amount is zero or more with at most four decimals of a minor unit";
    const string Rate = "a rate is zero or more with at most six decimals";

    static readonly FeeRule Bag = new() { Code = "BAG", Amount = 5 };
    static readonly FeeRule Share = new() { Code = "SHARE", Kind = FeeKind.Percent, Rate = 10 };
    static readonly FeeRule Once = new() { Code = "ONCE", Kind = FeeKind.FixedPerDocument, Amount = 5 };
    static readonly DateTime Noon = new(2026, 6, 15, 12, 0, 0);
    static readonly DateTime Utc = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string, FeeRule[]> Wrong => new()
    {
        { ": a fee has a code", [Bag with { Code = "" }] },
        { $"BAG: {Local}", [Bag with { ValidFrom = Utc }] },
        { $"BAG: {Local}", [Bag with { ValidTo = Utc }] },
        { "BAG: its dates leave no time", [Bag with { ValidFrom = Noon, ValidTo = Noon }] },
        { "BAG: its dates leave no time", [Bag with { ValidFrom = Noon, ValidTo = Noon.AddTicks(-1) }] },
        { "BAG: it is no percentage, or ONCE does not stand before it", [Once, Bag with { OnTopOf = ["ONCE"] }] },
        { "SHARE: it is no percentage, or ONCE does not stand before it", [Share with { OnTopOf = ["ONCE"] }, Once] },
        { "SHARE: it is no percentage, or ONCE does not stand before it", [Bag, Share with { OnTopOf = ["BAG", "ONCE"] }, Once] },
        { "SHARE: what is taxed as its items is in the tax base", [Share with { TaxedAsItems = true }] },
        { $"BAG: {Amount}", [Bag with { Amount = -0.0001m }] },
        { $"BAG: {Amount}", [Bag with { Amount = 0.00001m }] },
        { $"BAG: {Amount}", [Bag with { Amount = 10_000_000_000_000 }] },
        { $"ONCE: {Amount}", [Once with { Amount = 0.00001m }] },
        { "ONCE: a fee for the document is whole minor units", [Once with { Amount = 1.5m }] },
        { $"SHARE: {Rate}", [Share with { Rate = -0.000001m }] },
        { $"SHARE: {Rate}", [Share with { Rate = 0.0000001m }] },
        { $"SHARE: {Rate}", [Share with { Rate = 1_000.000001m }] },
        { "TIP: an open fee is charged only where the cart names it", [new() { Code = "TIP", Kind = FeeKind.Open }] },
        { "BAG is there twice.", [Bag, Once, Bag] },
    };

    static FeeRule[][] AtTheLimit =>
    [
        [Bag with { ValidFrom = Noon, ValidTo = Noon.AddTicks(1) }],
        [Once, Share with { OnTopOf = ["ONCE"], TaxedAsItems = true, InTaxBase = true }],
        [Bag with { Amount = 0 }], [Bag with { Amount = 0.0001m }], [Bag with { Amount = 1.5m }], [Bag with { Amount = 9_999_999_999_999 }],
        [Once with { Amount = -9_999_999_999_999 }], [Share with { Rate = 0 }], [Share with { Rate = 1_000 }], [Share with { Rate = 0.000001m }],
        [new() { Code = "TIP", Kind = FeeKind.Open, Automatic = false }],
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_fee_that_cannot_be_says_why(string why, FeeRule[] fees) =>
        Assert.Equal(new PricingFailure("fee_invalid", why), new RuleBook { Fees = fees }.Check());

    [Fact]
    public void What_stands_at_a_limit_is_fine() => Assert.All(AtTheLimit, fees => Assert.Null(new RuleBook { Fees = fees }.Check()));

    public static TheoryData<string, RuleBook> WrongBooks => new()
    {
        { "rounding_step_invalid: A step is at least one minor unit.", new() { Rounding = new(Step: 0) } },
        { "rounding_step_invalid: A step is at least one minor unit.", new() { Rounding = new(Step: 1_000_001) } },
        { "tax_zone_invalid: : a zone has a code of its own.", new() { Zones = [new("", [])] } },
        { "tax_zone_invalid: a\nb: a zone has a code of its own.", new() { Zones = [new("a\nb", [])] } },
        { "tax_zone_invalid: ny: a zone has a code of its own.", new() { Zones = [new("ny", []), new("nyc", []), new("ny", [])] } },
        { "tax_zone_invalid: moon: there is no such zone.", new() { Zones = [new("ny", [])], Fees = [Bag with { Zones = ["ny", "moon"] }] } },
        {
            "tax_zone_invalid: moon: there is no such zone.",
            new() { Zones = [new("ny", [])], TaxClasses = [Make.Class("a", Make.Vat(1) with { Zones = ["ny"] }, Make.Vat(1, "B") with { Zones = ["moon"] })] }
        },
        { "cash_rounding_invalid: XXX in steps of 5.", new() { CashRounding = [new("ZAR", 5), new("XXX", 5)] } },
        { "cash_rounding_invalid: ZAR in steps of 0.", new() { CashRounding = [new("ZAR", 0)] } },
        { "cash_rounding_invalid: ZAR in steps of 1000001.", new() { CashRounding = [new("ZAR", 1_000_001)] } },
    };

    [Theory]
    [MemberData(nameof(WrongBooks))]
    public void A_book_that_cannot_be_says_why(string why, RuleBook rules) => Assert.Equal(why, $"{rules.Check()?.Code}: {rules.Check()?.Detail}");

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void A_step_may_be_one_minor_unit_up_to_a_million(long step) =>
        Assert.Null(new RuleBook { Rounding = new(Step: step), CashRounding = [new("ZAR", step)] }.Check());
}
