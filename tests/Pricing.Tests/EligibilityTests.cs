namespace WebWaka.Pricing.Tests;

/// <summary>Conditions exactly at their edges: the first instant, the last, the amount that is just enough.</summary>
public sealed class EligibilityTests
{
    // 15 June 2026 is a Monday.
    static DateTime At(int day, int hour, int minute = 0, long ticks = 0) => new DateTime(2026, 6, day, hour, minute, 0).AddTicks(ticks);

    static string Outcome(Cart cart, PromotionConditions conditions, PromotionCaps? caps = null) =>
        cart.Price(Make.Rules(new AmountOff { Id = Make.Id(1), Amount = 1, Conditions = conditions, Caps = caps ?? new() })) is { NotApplied: [var only] }
            ? only.Reason
            : "applied";

    public static TheoryData<string, HourWindow, Weekday[], DateTime> Hours => new()
    {
        { "outside_hours", new(new(9, 0), new(12, 30)), [], At(15, 9, 0, -1) },
        { "applied", new(new(9, 0), new(12, 30)), [], At(15, 9) },
        { "applied", new(new(9, 0), new(12, 30)), [], At(15, 12, 30, -1) },
        { "outside_hours", new(new(9, 0), new(12, 30)), [], At(15, 12, 30) },
        { "outside_hours", new(new(9, 0), new(12, 30)), [Weekday.Tuesday], At(15, 9) },
        { "applied", new(new(9, 0), new(12, 30)), [Weekday.Tuesday, Weekday.Monday], At(15, 9) },
        // Past midnight: until two, of the day it started on.
        { "outside_hours", new(new(22, 0), new(2, 0)), [], At(15, 22, 0, -1) },
        { "applied", new(new(22, 0), new(2, 0)), [], At(15, 22) },
        { "applied", new(new(22, 0), new(2, 0)), [], At(15, 2, 0, -1) },
        { "outside_hours", new(new(22, 0), new(2, 0)), [], At(15, 2) },
        { "applied", new(new(22, 0), new(2, 0)), [Weekday.Sunday], At(15, 1) },
        { "outside_hours", new(new(22, 0), new(2, 0)), [Weekday.Monday], At(15, 1) },
        { "applied", new(new(22, 0), new(2, 0)), [Weekday.Monday], At(15, 23) },
        { "outside_hours", new(new(22, 0), new(2, 0)), [Weekday.Sunday], At(15, 23) },
        { "applied", new(new(22, 0), new(2, 0)), [Weekday.Saturday], At(14, 1) },
        // From eight to eight is the whole day from eight.
        { "applied", new(new(8, 0), new(8, 0)), [Weekday.Monday], At(15, 8) },
        { "applied", new(new(8, 0), new(8, 0)), [Weekday.Monday], At(16, 8, 0, -1) },
        { "outside_hours", new(new(8, 0), new(8, 0)), [Weekday.Monday], At(16, 8) },
    };

    [Theory]
    [MemberData(nameof(Hours))]
    public void Hours_start_at_their_first_instant_and_end_before_their_last(string expected, HourWindow window, Weekday[] days, DateTime at)
    {
        var cart = Make.Cart(Make.Line(1, 100)) with { At = new(at, TimeSpan.FromHours(1)) };
        Assert.Equal(expected, Outcome(cart, new() { Hours = [new(new(3, 0), new(4, 0)), window], Weekdays = days }));
    }

    [Theory]
    [InlineData(999, false, "below_minimum_amount")]
    [InlineData(1_000, false, "applied")]
    [InlineData(1_000, true, "below_minimum_amount")]
    [InlineData(1_001, true, "applied")]
    public void An_amount_is_reached_or_passed(int price, bool moreThan, string expected) =>
        Assert.Equal(expected, Outcome(Make.Cart(Make.Line(1, price)), new() { MinimumAmount = 1_000, MoreThanMinimum = moreThan }));

    [Theory]
    [InlineData("2.99999", false, "below_minimum_quantity")]
    [InlineData("3", false, "applied")]
    [InlineData("3", true, "below_minimum_quantity")]
    [InlineData("3.00001", true, "applied")]
    public void A_quantity_is_reached_or_passed(string quantity, bool moreThan, string expected) => Assert.Equal(
        expected, Outcome(Make.Cart(Make.Line(1, 100, quantity.MinorExact(0))), new() { MinimumQuantity = 3, MoreThanMinimum = moreThan }));

    [Fact]
    public void The_largest_amount_cannot_be_passed() => Assert.Equal("below_minimum_amount", Outcome(
        Make.Cart(Make.Line(1, 9_007_199_254_740.991m, 1_000)), new() { MinimumAmount = Limits.MaxAmount, MoreThanMinimum = true }));

    [Theory]
    [InlineData(AmountBasis.Gross, 1_100, "applied")]
    [InlineData(AmountBasis.Gross, 1_101, "below_minimum_amount")]
    [InlineData(AmountBasis.Discounted, 880, "applied")]
    [InlineData(AmountBasis.Discounted, 881, "below_minimum_amount")]
    [InlineData(AmountBasis.Net, 800, "applied")]
    [InlineData(AmountBasis.Net, 801, "below_minimum_amount")]
    public void An_amount_is_counted_before_discounts_after_them_or_without_tax(AmountBasis basis, int minimum, string expected)
    {
        var rules = Make.Rules(new AmountOff { Id = Make.Id(1), Amount = 1, Conditions = new() { MinimumAmount = minimum, AmountBasis = basis } });
        var line = Make.Line(1, 1_100) with { Discount = new() { Amount = 220 } };
        var priced = Make.Cart(line).Price(rules.WithVat(10, included: true));
        Assert.Equal(expected, priced.NotApplied is [var only] ? only.Reason : "applied");
    }

    /// <summary>Drinks count only where they may be discounted: a gift card and a returned bottle do not.</summary>
    [Fact]
    public void A_minimum_counts_the_lines_it_names()
    {
        CartLine Drink(int line, decimal quantity = 1) => Make.Line(line, 100, quantity) with { Tags = ["drink"] };
        var cart = Make.Cart(Make.Line(1, 50, 7), Drink(2, 2), Drink(3, 4) with { NotDiscountable = true }, Drink(4, -3), Drink(5, 1.5m));
        PromotionConditions Of(decimal? quantity, long? amount) =>
            new() { Of = new() { Tags = ["drink"] }, MinimumQuantity = quantity, MinimumAmount = amount };
        Assert.Equal("applied", Outcome(cart, Of(3.5m, 350)));
        Assert.Equal("below_minimum_quantity", Outcome(cart, Of(3.50001m, null)));
        Assert.Equal("below_minimum_amount", Outcome(cart, Of(3.5m, 351)));
        Assert.Equal("below_minimum_amount", Outcome(cart, Of(null, 351)));
    }

    [Fact]
    public void Without_other_lines_named_a_minimum_counts_the_items()
    {
        var rule = new AmountOff { Id = Make.Id(1), Amount = 1, Items = new() { Tags = ["drink"] }, Conditions = new() { MinimumQuantity = 3 } };
        var cart = Make.Cart(Make.Line(1, 50, 7), Make.Line(2, 100, 2) with { Tags = ["drink"] });
        Assert.Equal("below_minimum_quantity", Assert.Single(cart.Price(Make.Rules(rule)).NotApplied).Reason);
    }

    [Theory]
    [InlineData(true, "applied")]
    [InlineData(false, "not_first_purchase")]
    public void A_welcome_is_for_the_first_purchase(bool first, string expected) =>
        Assert.Equal(expected, Outcome(Make.Cart(Make.Line(1, 100)) with { IsFirstPurchase = first }, new() { FirstPurchaseOnly = true }));

    [Fact]
    public void Who_is_not_known_is_not_among_those_it_is_for()
    {
        var cart = Make.Cart(Make.Line(1, 100)) with { CustomerGroups = ["gold", "staff"] };
        Assert.Equal("other_till", Outcome(cart, new() { Tills = [Make.Id(5)] }));
        Assert.Equal("applied", Outcome(cart with { TillId = Make.Id(5) }, new() { Tills = [Make.Id(4), Make.Id(5)] }));
        Assert.Equal("other_customer", Outcome(cart, new() { Customers = [Make.Id(5)] }));
        Assert.Equal("applied", Outcome(cart with { CustomerId = Make.Id(5) }, new() { Customers = [Make.Id(5)] }));
        Assert.Equal("applied", Outcome(cart, new() { CustomerGroups = ["staff"] }));
        Assert.Equal("other_customer_group", Outcome(cart with { CustomerGroups = [] }, new() { CustomerGroups = ["gold"] }));
    }

    [Fact]
    public void A_promotion_is_used_up_wherever_it_stands_in_the_list()
    {
        var cart = Make.Cart(Make.Line(1, 100)) with { ExhaustedPromotions = [Make.Id(9), Make.Id(1)] };
        Assert.Equal("exhausted", Outcome(cart, new()));
        Assert.Equal("exhausted", Outcome(cart with { ExhaustedPromotions = [Make.Id(1)] }, new()));
        Assert.Equal("applied", Outcome(cart with { ExhaustedPromotions = [Make.Id(9)] }, new()));
    }

    public static TheoryData<string, PromotionCaps> Uses => new()
    {
        { "used_up_in_total", new() { UsesInTotal = 4 } },
        { "used_up_today", new() { UsesPerDay = 3 } },
        { "used_up_by_customer", new() { UsesPerCustomer = 5 } },
    };

    /// <summary>Two, one and three uses before this cart; its own first two codes are the last that are left.</summary>
    [Theory]
    [MemberData(nameof(Uses))]
    public void Uses_before_and_in_this_cart_count_together(string reason, PromotionCaps caps)
    {
        var rule = new AmountOff { Id = Make.Id(1), Amount = 1, Caps = caps, Coupon = new(["A", "B", "C"], PerOrder: 3) };
        var cart = Make.Cart(Make.Line(1, 100)) with
        {
            CustomerId = Make.Id(5), Coupons = [new("A"), new("B"), new("C")], Usage = [new(Make.Id(9), 9, 9, 9), new(Make.Id(1), 2, 1, 3)],
        };
        var priced = cart.Price(Make.Rules(rule));
        Assert.Equal(["A", "B"], priced.Applied.Select(applied => applied.CouponCode));
        Assert.Equal(("C", reason), (Assert.Single(priced.NotApplied).CouponCode, priced.NotApplied[0].Reason));
    }

    [Fact]
    public void Of_several_reasons_the_first_in_their_order_is_named()
    {
        var cart = Make.Cart(Make.Line(1, 100)) with { Tenders = ["card"] };
        var conditions = new PromotionConditions { MinimumAmount = 1_000, Tenders = ["card", "ussd"] };
        Assert.Equal("used_up_in_total", Outcome(cart, conditions, new() { UsesInTotal = 0 }));
        Assert.Equal("below_minimum_amount", Outcome(cart, conditions));
        Assert.Equal("other_tender", Outcome(cart with { Tenders = ["cash", "card"] }, conditions, new() { UsesInTotal = 0 }));
    }

    [Theory]
    [InlineData(0, "used_up_in_total")]
    [InlineData(1, "applied")]
    public void A_cap_of_no_use_at_all_gives_nothing(long most, string expected) =>
        Assert.Equal(expected, Outcome(Make.Cart(Make.Line(1, 100)), new(), new() { UsesInTotal = most }));
}
