using System.Globalization;
using System.Text.Json;

namespace WebWaka.Pricing.Tests;

/// <summary>vectors/pos.json: documents, refunds and market cases.</summary>
public sealed class PosDocumentTests
{
    public static TheoryData<string> Balances => ["REFUND-015", "REFUND-018", "REFUND-021"];

    public static TheoryData<string> Documents => Vectors.Ids(Vectors.Pos, "taxdoc");

    [Fact]
    public void Every_refund_and_market_vector_has_its_test() => Assert.Equal(
        [
            "MARKET-001", "MARKET-007", "REFUND-001", "REFUND-004", "REFUND-007", "REFUND-010", "REFUND-015", "REFUND-018", "REFUND-021", "REFUND-024",
        ],
        Vectors.Pos.Where(v => v.Value.Text("category") is "refund" or "market").Select(v => v.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_adds_up_as_elsewhere(string id)
    {
        var input = Vectors.Pos[id].GetProperty("input");
        var expected = Vectors.Pos[id].GetProperty("expected");
        var exponent = input.TryGetProperty("minor_units", out _) ? 0 : 2;
        // Where this one comes from taxes are rounded on the document; by line they come to a kobo more.
        var level = id == "TAXDOC-028" ? RoundingLevel.Document : RoundingLevel.Line;
        var priced = PosCarts.Price(input, exponent, level);
        Check(expected, exponent, priced.Net + priced.Fees.Sum(f => f.Net), "base", "net");
        Check(expected, exponent, priced.Tax, "tax", "tax_total");
        Check(expected, exponent, priced.Total, "total", "gross");
        if (expected.TryGetProperty("lines", out var lines))
            foreach (var (line, i) in lines.EnumerateArray().Select((line, i) => (line, i))) CheckLine(line, priced.Lines[i]);
        if (expected.TryGetProperty("line_totals", out var totals))
            Assert.Equal(totals.EnumerateArray().Select(t => t.Minor()), priced.Lines.Select(l => l.Total));
        if (expected.TryGetProperty("tax_by_group", out var groups))
            Assert.Equal(groups.EnumerateArray().Select(t => t.Minor()), priced.Taxes.Select(t => t.Amount));
        if (expected.TryGetProperty("by_tax", out var byTax))
            foreach (var tax in byTax.EnumerateObject())
                Assert.Equal((tax.Value.GetProperty("base").Minor(), tax.Value.GetProperty("amount").Minor()), Sums(priced, tax.Name));
        if (expected.TryGetProperty("tax_summary", out var summary))
            foreach (var tax in summary.EnumerateArray())
                Assert.Equal((tax.GetProperty("base").Minor(0), tax.GetProperty("tax").Minor(0)), Sums(priced, tax.Text("rate")!));
        if (expected.Text("delivery_total") is { } delivery) Assert.Equal(delivery.Minor(), priced.Fees.Single().Total);
        if (expected.Text("items_total") is { } items) Assert.Equal(items.Minor(), priced.Lines.Sum(l => l.Total));
    }

    [Fact]
    public void REFUND_001_a_unit_carries_its_share_of_the_order_discount()
    {
        var sold = (Make.Cart(Make.Line(1, 100_00, 3)) with { OrderDiscount = new() { Amount = 10_00 } }).Price(Make.Rules());
        var parts = RefundOneByOne(sold, 3);
        var expected = Vectors.Pos["REFUND-001"].GetProperty("expected");
        var allowed = expected.GetProperty("each_refund_is_one_of").EnumerateArray().Select(e => e.Minor()).ToArray();
        Assert.All(parts, part => Assert.Contains(part, allowed));
        Assert.Equal(expected.GetProperty("sum_of_three_refunds").Minor(), parts.Sum());
    }

    [Fact]
    public void REFUND_004_the_discount_comes_off_before_the_tax_once()
    {
        var line = Make.Line(1, 100_00, 2) with { Discount = new() { Amount = 20_00 } };
        var sold = Make.Cart(line).Price(Make.Rules().WithVat(10));
        Assert.Equal(Vectors.Pos["REFUND-004"].GetProperty("expected").GetProperty("refund").Minor(), RefundOneByOne(sold, 1)[0]);
    }

    [Fact]
    public void REFUND_007_a_part_takes_back_its_part_of_the_discount()
    {
        // The vector has a rule and no figures: discount x refunded value / value of the order.
        Assert.StartsWith("refund discount = discount *", Vectors.Pos["REFUND-007"].GetProperty("expected").Text("rule"), StringComparison.Ordinal);
        var sold = (Make.Cart(Make.Line(1, 30_00), Make.Line(2, 90_00)) with { OrderDiscount = new() { Amount = 20_00 } }).Price(Make.Rules());
        Assert.Equal(-20_00 * 30 / 120, Make.Refund(sold, [], new RefundRequest(1, 1)).Discount);
    }

    [Fact]
    public void REFUND_010_a_coupon_that_comes_late_gives_back_its_net_with_tax()
    {
        var input = Vectors.Pos["REFUND-010"].GetProperty("input");
        var rules = Make.Rules().WithVat(20);
        var cart = Make.Cart(Make.Line(1, 5000));
        var less = cart with { OrderDiscount = new() { Amount = input.GetProperty("coupon_net").Minor(0), On = DiscountBase.Net } };
        Assert.Equal(Vectors.Pos["REFUND-010"].GetProperty("expected").GetProperty("refund").Minor(0), cart.Price(rules).Total - less.Price(rules).Total);
    }

    [Theory]
    [MemberData(nameof(Balances))]
    public void What_is_outstanding_is_the_total_less_what_was_paid_and_kept(string id)
    {
        var (input, expected) = (Vectors.Pos[id].GetProperty("input"), Vectors.Pos[id].GetProperty("expected"));
        // The state is a sentence: "paid 10, refunded 10", "cancelled and refunded 19".
        var state = input.Text("state")!;
        var amounts = state.Split(' ', ',').Where(word => long.TryParse(word, CultureInfo.InvariantCulture, out _)).Select(word => word.Minor()).ToArray();
        var total = input.GetProperty("order_total").Minor();
        Assert.Equal(
            expected.GetProperty("outstanding").Minor(),
            Make.Outstanding(total, amounts[0], amounts[^1], off: state.StartsWith("cancelled", StringComparison.Ordinal)));
    }

    [Fact]
    public void REFUND_024_what_is_back_cannot_come_back_again()
    {
        var sold = Make.Cart(Make.Line(1, 100_00, 2)).Price(Make.Rules());
        Assert.Equal(2, RefundOneByOne(sold, 2).Count);
        Assert.Equal("refund_exceeds_quantity", Refunds.Price(sold, [new(1, 2, 200_00)], [new(1, 1)]).Failure?.Code);
    }

    [Fact]
    public void MARKET_001_what_is_left_of_the_price_is_what_is_rounded()
    {
        var priced = Make.Cart(Make.Line(1, 2_30) with { Discount = new() { Percent = 5 } }).Price(Make.Rules());
        var expected = Vectors.Pos["MARKET-001"].GetProperty("expected");
        Assert.Equal((expected.GetProperty("line").Minor(), expected.GetProperty("total").Minor()), (priced.Lines[0].Total, priced.Total));
    }

    [Fact]
    public void MARKET_007_half_a_cent_of_tax_goes_up() => Assert.Equal(
        Vectors.Pos["MARKET-007"].GetProperty("expected").GetProperty("tax").Minor(),
        Make.Cart(Make.Line(1, 52_50)).Price(Make.Rules().WithVat(12, included: true)).Tax);

    static List<long> RefundOneByOne(PricedCart sold, int times)
    {
        var earlier = new List<RefundedLine>();
        for (var i = 0; i < times; i++) earlier.Add(new(1, 1, -Make.Refund(sold, [.. earlier], new RefundRequest(1, 1)).Total));
        return [.. earlier.Select(e => e.Total)];
    }

    static (long Base, long Amount) Sums(PricedCart priced, string rate)
    {
        var taxes = priced.Taxes.Where(t => t.Rate == decimal.Parse(rate, CultureInfo.InvariantCulture)).ToArray();
        return (taxes.Sum(t => t.Base), taxes.Sum(t => t.Amount));
    }

    static void CheckLine(JsonElement expected, PricedLine line)
    {
        Check(expected, 2, line.Net, "net");
        Check(expected, 2, line.Total, "total");
        if (expected.Text("tax") is { } tax) Assert.Equal(tax.Minor(), line.Taxes.Sum(t => t.Amount));
        foreach (var rate in (string[])["7", "10"])
            if (expected.Text("tax_" + rate) is { } one)
                Assert.Equal(one.Minor(), line.Taxes.Single(t => t.Code == "T" + rate).Amount);
    }

    static void Check(JsonElement expected, int exponent, long actual, params string[] members)
    {
        foreach (var member in members)
            if (expected.Text(member) is { } figure) Assert.Equal(figure.Minor(exponent), actual);
    }
}
