namespace WebWaka.Pricing.Tests;

/// <summary>What stands in the way of tenders, in words, and what stands exactly at a limit.</summary>
public sealed class TenderWordTests
{
    static readonly CashRounding FiveCents = new("ZAR", 5);

    const string TooLarge = "amount_too_large: An amount is beyond what can be kept exactly.";

    public static TheoryData<string, long, Tender[]> Refused => new()
    {
        { "tender_above_due: Tenders other than cash pay 1698 of 1697.", 1697, [new("card", 1000), new("ussd", 698)] },
        { "tender_above_due: Tenders other than cash pay -1698 of -1697.", -1697, [new("card", -1698)] },
        { "tender_below_due: 5 of 1695 is not paid.", 1697, [new("cash", 1690)] },
        { "tender_below_due: 5 of -1695 is not paid.", -1697, [new("cash", -1690)] },
        { "tender_above_due: The tenders' amounts are 5 above 1695; change is for cash tendered.", 1697, [new("cash", 1700)] },
        { "tender_above_due: The tenders' amounts are 5 above -1695; change is for cash tendered.", -1697, [new("cash", -1700)] },
        { "tender_method_missing: A tender names its method.", 100, [new(" ", 100)] },
        { "tender_amount_invalid: A tender pays something, in the direction of the total.", 100, [new("card", 0)] },
        { "tendered_not_cash: card is not handed over.", 100, [new("card", 100, 100)] },
        { "tendered_in_refund: Nothing is handed over by the customer when money is paid out.", -100, [new("cash", -100, -100)] },
        { "tendered_below_amount: 99 handed over for 100.", 100, [new("cash", 100, 99)] },
        { $"tendered_below_amount: {-Limits.MaxAmount} handed over for 100.", 100, [new("cash", 100, -Limits.MaxAmount)] },
        { TooLarge, Limits.MaxAmount + 1, [] },
        { TooLarge, -Limits.MaxAmount - 1, [] },
        { TooLarge, 100, [new("card", Limits.MaxAmount + 1)] },
        { TooLarge, -100, [new("card", -Limits.MaxAmount - 1)] },
        { TooLarge, 100, [new("cash", 100, Limits.MaxAmount + 1)] },
        { TooLarge, 100, [new("cash", 100, -Limits.MaxAmount - 1)] },
        // Each is within bounds, what is handed back is not.
        { TooLarge, 200, [new("cash", 100, Limits.MaxAmount), new("cash", 100, Limits.MaxAmount)] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Tenders_that_do_not_fit_say_why(string why, long total, Tender[] tenders)
    {
        var failure = Tenders.Settle(total, "ZAR", FiveCents, tenders).Failure;
        Assert.Equal(why, $"{failure?.Code}: {failure?.Detail}");
    }

    [Fact]
    public void A_rounding_that_is_not_for_this_sale_says_why()
    {
        string Of(long total, string currency, CashRounding? rounding) =>
            Tenders.Settle(total, currency, rounding, []).Failure is { } one ? $"{one.Code}: {one.Detail}" : "";
        Assert.Equal("currency_unknown: ZZZ is not in ISO 4217.", Of(0, "ZZZ", null));
        Assert.Equal("currency_differs: The cash rounding is for ZAR.", Of(0, "NGN", FiveCents));
        Assert.Equal("rounding_step_invalid: A step is at least one minor unit.", Of(0, "ZAR", FiveCents with { Step = 0 }));
        Assert.Equal("rounding_step_invalid: A step is at least one minor unit.", Of(0, "ZAR", FiveCents with { Step = 1_000_001 }));
        Assert.Equal("", Of(0, "ZAR", FiveCents with { Step = 1 }) + Of(0, "ZAR", FiveCents with { Step = 1_000_000 }));
    }

    [Theory]
    [InlineData(Limits.MaxAmount)]
    [InlineData(-Limits.MaxAmount)]
    public void The_largest_amount_can_be_paid_exactly(long total) =>
        Assert.Equal(new Settlement(total, 0, total, total, 0), Make.Settle(total, "NGN", null, new Tender("card", total)));

    [Fact]
    public void The_largest_amount_may_be_handed_over_and_handed_back()
    {
        var much = Make.Settle(5, "ZAR", FiveCents, new Tender("cash", 5, Limits.MaxAmount));
        Assert.Equal(new Settlement(5, 0, 5, Limits.MaxAmount, Limits.MaxAmount - 5), much);
        var most = Make.Settle(2, "NGN", null, new("cash", 1, Limits.MaxAmount), new("cash", 1, 2));
        Assert.Equal(new Settlement(2, 0, 2, Limits.MaxAmount + 2, Limits.MaxAmount), most);
    }

    [Theory]
    [InlineData(RoundedTenders.Cash, 1697, "0 1697 1697 0")]
    [InlineData(RoundedTenders.All, 1695, "-2 1695 1695 0")]
    public void A_card_pays_to_the_minor_unit_unless_all_is_rounded(RoundedTenders appliesTo, long card, string expected)
    {
        var rounding = FiveCents with { AppliesTo = appliesTo };
        var settled = Make.Settle(1697, "ZAR", rounding, new Tender("card", card));
        Assert.Equal(expected, $"{settled.Rounding} {settled.Due} {settled.Paid} {settled.Change}");
    }

    [Fact]
    public void Where_all_is_rounded_a_card_may_pay_above_the_total_as_rounded_up()
    {
        var rounding = FiveCents with { AppliesTo = RoundedTenders.All };
        Assert.Equal(new Settlement(1698, 2, 1700, 1700, 0), Make.Settle(1698, "ZAR", rounding, new Tender("card", 1700)));
        Assert.Equal(new Settlement(1698, 2, 1700, 1750, 50), Make.Settle(1698, "ZAR", rounding, new("card", 1651), new("cash", 49, 99)));
    }

    [Fact]
    public void What_is_handed_over_may_be_just_enough_or_for_nothing()
    {
        Assert.Equal(new Settlement(100, 0, 100, 100, 0), Make.Settle(100, "ZAR", FiveCents, new Tender("cash", 100, 100)));
        Assert.Equal(new Settlement(0, 0, 0, 50, 50), Make.Settle(0, "ZAR", FiveCents, new Tender("cash", 0, 50)));
    }

    [Fact]
    public void Tenders_are_a_list() =>
        Assert.Throws<ArgumentNullException>("tenders", () => Tenders.Settle(1, "NGN", null, null!));
}
