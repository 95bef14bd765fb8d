namespace WebWaka.Pricing.Tests;

/// <summary>What is wrong with a promotion, in the words its author reads; and that what stands exactly at a limit is fine.</summary>
public sealed class PromotionCheckTests
{
    const string Cap = "a cap is zero or more";
    const string Units = "units per line are positive with at most five decimals";
    const string Local = "dates are store-local, without an offset";
    const string NoTime = "its dates leave no time";
    const string Minimum = "a minimum quantity is zero or more with at most five decimals";
    const string Percentage = "a percentage is 0 to 100 with at most six decimals";
    const string Amount = "an amount is zero or more";
    const string Price = "a price has at most four decimals";
    const string Whole = "a price for a group is whole minor units";
    const string OneOfFour = "a bundle has one of price, amount, amountEach and percent";

    static readonly PercentOff Ten = new() { Id = Make.Id(7), Name = "Ten", Percent = 10 };
    static readonly BuyXGetY Get = new() { Id = Make.Id(7), Name = "Get", Buy = 1, Get = 1 };
    static readonly Bundle Set = new() { Id = Make.Id(7), Name = "Set", Parts = [new(1)], Percent = 5 };
    static readonly FreeGift Gift = new() { Id = Make.Id(7), Name = "Gift", Gifts = new() };
    static readonly DateTime Noon = new(2026, 6, 15, 12, 0, 0);
    static readonly DateTime Utc = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    static Tiered Steps(params Tier[] tiers) => new() { Id = Make.Id(7), Name = "Steps", Tiers = tiers };

    static Bundle Parts(int count, int quantity = 1) => Set with { Parts = [.. Enumerable.Range(0, count).Select(_ => new BundlePart(quantity))] };

    public static TheoryData<string, Promotion[]> Wrong => new()
    {
        {
            Cap,
            [
                Ten with { Caps = new() { AmountPerLine = -1 } }, Ten with { Caps = new() { AmountPerOrder = -1 } },
                Ten with { Caps = new() { Budget = -1 } }, Ten with { Caps = new() { UsesPerCustomer = -1 } },
                Ten with { Caps = new() { UsesPerDay = -1 } }, Ten with { Caps = new() { UsesInTotal = -1 } },
            ]
        },
        { Units, [UnitsPerLine(0), UnitsPerLine(-1), UnitsPerLine(0.000001m), UnitsPerLine(10_000_000)] },
        { Local, [Valid(Utc, null), Valid(null, Utc)] },
        { NoTime, [Valid(Noon, Noon), Valid(Noon, Noon.AddTicks(-1))] },
        { Minimum, [AtLeast(-0.00001m), AtLeast(0.000001m), AtLeast(10_000_000)] },
        { "a coupon can be used at least once in an order", [Ten with { Coupon = new(["A"], PerOrder: 0) }] },
        { "a coupon can be used at least once by a customer", [Ten with { Coupon = new(["A"], PerCustomer: 0) }] },
        { Percentage, [Ten with { Percent = -0.000001m }, Ten with { Percent = 100.000001m }, Ten with { Percent = 0.0000001m }] },
        { Percentage, [Get with { Percent = 101 }, Gift with { Percent = 101 }, Set with { Percent = 101 }, Steps(new Tier { From = 1, Percent = 101 })] },
        { Amount, [Off(-1), Off(Limits.MaxAmount + 1), Steps(new Tier { From = 1, Amount = -1 })] },
        { Amount, [Set with { Percent = null, Price = -1 }, Set with { Percent = null, Amount = -1 }, Set with { Percent = null, AmountEach = -1 }] },
        { Price, [Costs(-0.0001m), Costs(0.00001m), Costs(10_000_000_000_000), Steps(new Tier { From = 1, Price = -1 })] },
        { Whole, [Costs(1.5m) with { Scope = PromotionScope.Group }, Costs(1.5m) with { Scope = PromotionScope.Order }] },
        { Whole, [Steps(new Tier { From = 1, Price = 1.5m }) with { Scope = PromotionScope.Group }] },
        { "both buy and get are at least 1", [Get with { Buy = 0 }, Get with { Get = 0 }] },
        { "buy and get are at most 100000", [Get with { Buy = 100_001 }, Get with { Get = 100_001 }] },
        { "it has no tier", [Steps()] },
        {
            "a tier has one of percent, amount and price",
            [
                Steps(new Tier { From = 1 }), Steps(new Tier { From = 1, Percent = 1, Amount = 1 }), Steps(new Tier { From = 1, Percent = 1, Price = 1 }),
                Steps(new Tier { From = 1, Percent = 1 }, new Tier { From = 2, Amount = 1, Price = 1 }),
            ]
        },
        { "a tier starts at zero or more, with at most five decimals", [From(-1), From(Limits.MaxAmount + 1), From(0.000001m)] },
        { "two tiers start at the same point", [Steps(new Tier { From = 1, Percent = 1 }, new Tier { From = 1.0m, Amount = 1 })] },
        { "a gift is 1 to 100000 units", [Gift with { Quantity = 0 }, Gift with { Quantity = 100_001 }] },
        { "a bundle has 1 to 20 parts", [Parts(0), Parts(21)] },
        { "a part is 1 to 100000 units", [Parts(2, 0), Parts(2, 100_001)] },
        { OneOfFour, [Set with { Percent = null }, Set with { Price = 1 }, Set with { Amount = 1 }, Set with { AmountEach = 1 }] },
        { OneOfFour, [Set with { Percent = null, Price = 1, Amount = 1 }, Set with { Percent = null, Price = 1, AmountEach = 1 }] },
        { "its type is not known here", [new Strange { Id = Make.Id(7), Name = "Strange" }] },
    };

    public static TheoryData<Promotion> AtTheLimit =>
    [
        Ten with { Caps = new() { AmountPerLine = 0, AmountPerOrder = 0, Budget = 0, UsesPerCustomer = 0, UsesPerDay = 0, UsesInTotal = 0 } },
        UnitsPerLine(0.00001m), UnitsPerLine(9_999_999.99999m), Valid(Noon, Noon.AddTicks(1)), AtLeast(0), AtLeast(0.00001m),
        Ten with { Coupon = new(["A"]) }, Ten with { Percent = 0 }, Ten with { Percent = 100 }, Ten with { Percent = 0.000001m },
        Off(0), Off(Limits.MaxAmount), Costs(0), Costs(0.0001m), Costs(9_999_999_999_999), Costs(2) with { Scope = PromotionScope.Group },
        Get with { Buy = 100_000, Get = 100_000 }, From(0), From(Limits.MaxAmount), From(0.00001m), Steps(new Tier { From = 1, Price = 1.5m }),
        Gift with { Quantity = 100_000 }, Parts(20), Parts(1, 100_000), Set with { Percent = null, Price = 0 },
        Set with { Percent = null, Amount = 0 }, Set with { Percent = null, AmountEach = 0 },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_promotion_that_cannot_be_says_why(string why, Promotion[] promotions)
    {
        foreach (var promotion in promotions)
            Assert.Equal(new PricingFailure("promotion_invalid", $"{promotion.Name} ({Make.Id(7)}): {why}"), Make.Rules(promotion).Check());
    }

    [Theory]
    [MemberData(nameof(AtTheLimit))]
    public void What_stands_at_a_limit_is_fine(Promotion promotion) => Assert.Null(Make.Rules(promotion).Check());

    [Fact]
    public void A_promotion_is_there_once() => Assert.Equal(
        new PricingFailure("promotion_twice", $"{Make.Id(7)} is there twice."), Make.Rules(Ten, Get with { Id = Make.Id(8) }, Ten).Check());

    static PercentOff UnitsPerLine(decimal units) => Ten with { Caps = new() { UnitsPerLine = units } };

    static PercentOff Valid(DateTime? from, DateTime? to) => Ten with { Conditions = new() { ValidFrom = from, ValidTo = to } };

    static PercentOff AtLeast(decimal quantity) => Ten with { Conditions = new() { MinimumQuantity = quantity } };

    static AmountOff Off(long amount) => new() { Id = Make.Id(7), Name = "Off", Amount = amount };

    static FixedPrice Costs(decimal price) => new() { Id = Make.Id(7), Name = "Costs", Price = price };

    static Tiered From(decimal from) => Steps(new Tier { From = from, Percent = 1 });

    sealed record Strange : Promotion;
}
