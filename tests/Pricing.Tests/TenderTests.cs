namespace WebWaka.Pricing.Tests;

public sealed class TenderTests
{
    static readonly CashRounding FiveCents = new("ZAR", 5);

    public static TheoryData<long, string, string> Settled => new()
    {
        // total, tenders (method amount [tendered]), rounding due paid change
        { 1697, "cash 1695", "-2 1695 1695 0" },
        { 1697, "cash 1695 2000", "-2 1695 2000 305" },
        { 1697, "card 1697", "0 1697 1697 0" },
        { 1697, "card 1000,cash 695", "-2 1695 1695 0" },
        { 1697, "card 1000,cash 395,cash 300 500", "-2 1695 1895 200" },
        { 1697, "card 1695,cash 0", "-2 1695 1695 0" },
        { 1698, "card 1695,cash 5", "2 1700 1700 0" },
        { 0, "", "0 0 0 0" },
        { 2, "cash 0", "-2 0 0 0" },
        { -1697, "cash -1695", "2 -1695 -1695 0" },
        { -1697, "card -1697", "0 -1697 -1697 0" },
        { 500, "paystack 200,storeCredit 300", "0 500 500 0" },
    };

    public static TheoryData<long, string, string> Refused => new()
    {
        { 1697, "", "tender_below_due" },
        { 1697, "card 1695", "tender_below_due" },
        { 1697, "cash 1690", "tender_below_due" },
        { 1697, "cash 1697", "tender_above_due" },
        { 1697, "card 1698", "tender_above_due" },
        { 1697, "card 1697,cash 5", "tender_above_due" },
        { 1697, "card 1698,cash 0", "tender_above_due" },
        { 1697, "cash 1695 1694", "tendered_below_amount" },
        { 1697, "card 1697 2000", "tendered_not_cash" },
        { 1697, "card 0,cash 1695", "tender_amount_invalid" },
        { 1697, "card -3,cash 1700", "tender_amount_invalid" },
        { 0, "cash 5", "tender_amount_invalid" },
        { -1697, "cash 1695", "tender_amount_invalid" },
        { -1697, "cash -1690", "tender_below_due" },
        { -1697, "card -1698", "tender_above_due" },
        { -1697, "cash -1695 -1690", "tendered_in_refund" },
        { 1697, " 1697", "tender_method_missing" },
        { 9_007_199_254_740_992, "card 9007199254740992", "amount_too_large" },
        { 100, "card 9007199254740992", "amount_too_large" },
    };

    [Theory]
    [MemberData(nameof(Settled))]
    public void Tenders_settle_to_the_minor_unit(long total, string tenders, string expected)
    {
        var settled = Tenders.Settle(total, "ZAR", FiveCents, Read(tenders)).Must();
        Assert.Equal(expected, $"{settled.Rounding} {settled.Due} {settled.Paid} {settled.Change}");
        Assert.Equal(total + settled.Rounding, settled.Due);
        Assert.Equal(settled.Due, Read(tenders).Sum(t => t.Amount));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Tenders_that_do_not_fit_are_refused_by_name(long total, string tenders, string code) =>
        Assert.Equal(code, Tenders.Settle(total, "ZAR", FiveCents, Read(tenders)).Failure?.Code);

    [Fact]
    public void Rounding_must_be_for_the_currency_and_have_a_step()
    {
        Assert.Equal("currency_differs", Tenders.Settle(100, "NGN", FiveCents, []).Failure?.Code);
        Assert.Equal("currency_unknown", Tenders.Settle(100, "ZZZ", null, []).Failure?.Code);
        Assert.Equal("rounding_step_invalid", Tenders.Settle(100, "ZAR", FiveCents with { Step = 0 }, []).Failure?.Code);
    }

    static Tender[] Read(string tenders) => tenders.Length == 0 ? [] : [.. tenders.Split(',').Select(tender =>
    {
        var words = tender.Split(' ');
        return new Tender(words[0], words[1].Minor(0), words.Length > 2 ? words[2].Minor(0) : null);
    })];
}
