namespace WebWaka.Pricing.Tests;

/// <summary>Refunds in parts, worked by hand: what earlier parts took counts, and fees follow the net.</summary>
public sealed class RefundPartTests
{
    static readonly FeeRule Delivery = new() { Code = "DELIVERY", Kind = FeeKind.FixedPerDocument, Amount = 100, InTaxBase = true, TaxClass = "fee" };

    /// <summary>10,000 units of 1 without tax, and a fee of 100 with 8 % on it: 108.</summary>
    static PricedCart Small => Make.Cart(Make.Line(1, 1, 10_000)).Price(new RuleBook
    {
        DefaultTaxClass = "free",
        TaxClasses = [Make.Class("free"), Make.Class("fee", Make.Vat(8))],
        Fees = [Delivery],
        Versions = new("p1", "t2", "f3", "c4"),
    });

    [Theory]
    [InlineData(0, 1_850, "-19 -1 -20")] // 18.5 % of 108 is 19.98, of 8 it is 1.48
    [InlineData(1_850, 25, "1 -1 0")] // 20.25 and 1.5: the tax goes over its half before the total does
    [InlineData(1_863, 37, "0 -1 -1")] // 20.12 and 1.49 become 20.52 and 1.52
    [InlineData(0, 1, "")] // 0.01: nothing yet
    [InlineData(1_875, 8_125, "-82 -6 -88")] // the rest of 108 and of 8
    public void A_fee_goes_back_with_the_net_and_its_parts_sum_to_it(int before, int now, string expected)
    {
        RefundedLine[] earlier = before == 0 ? [] : [new(1, before, before)];
        var refund = Make.Refund(Small, earlier, new RefundRequest(1, now));
        Assert.Equal(expected, string.Join(',', refund.Fees.Select(fee => $"{fee.Net} {fee.Taxes[0].Amount} {fee.Total}")));
        Assert.Equal(-now + refund.Fees.Sum(fee => fee.Total), refund.Total);
        Assert.Equal(refund.Fees.Sum(fee => fee.Taxes[0].Amount), refund.Tax);
        Assert.Equal(-now, refund.Net);
    }

    [Fact]
    public void A_refund_sums_its_lines_and_fees_and_keeps_the_versions_of_the_sale()
    {
        var fee = Delivery with { TaxClass = null };
        var rules = Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10 }).WithVat(7.5m) with { Fees = [fee], Versions = new("p1", "t2", "f3", "c4") };
        var sold = Make.Cart(Make.Line(1, 300, 2), Make.Line(2, 500, 3)).Price(rules);
        // 540 + 1350 net, 40.5 + 101.25 tax (41 + 101), a fee of 100 + 8.
        Assert.Equal((1_890L, 41 + 101 + 8L, 1_890 + 142 + 108L), (sold.Net, sold.Tax, sold.Total));
        var refund = Make.Refund(sold, [], new(2, 2), new(1, 1));
        // 270 + 900 of 1890 go back: 61.9 % of the fee's 108 is 66.86, of its 8 it is 4.95.
        Assert.Equal((-1_300L, -130L, -1_170L), (refund.Gross, refund.Discount, refund.Net));
        Assert.Equal((-21 - 67 - 5L, -1_170 - 88 - 67L), (refund.Tax, refund.Total));
        var tax = Assert.Single(refund.Taxes);
        Assert.Equal(("VAT", 7.5m, -1_170 - 62L, -93L), (tax.Code, tax.Rate, tax.Base, tax.Amount));
        Assert.Equal((sold.Versions, "NGN"), (refund.Versions, refund.Currency));
        Assert.Equal("f3", Assert.Single(refund.Fees).Version);
        // Half of the 60 off 600 that the first line had.
        Assert.Equal((-30L, -300L), (refund.Lines[0].Discounts[0].Amount, refund.Lines[0].Discounts[0].Base));
    }

    [Fact]
    public void An_earlier_refund_leaves_only_the_rest_to_refund()
    {
        var sold = Make.Cart(Make.Line(1, 100.3333m, 3)).Price(Make.Rules().WithVat(10, included: true));
        // 301 with 27 tax: the thirds are 100 (9), 201 (18), 301 (27).
        var parts = Enumerable.Range(0, 3).Select(k => Make.Refund(sold, k == 0 ? [] : [new(1, k, 0)], new RefundRequest(1, 1))).ToArray();
        Assert.Equal(["-100 -91 -9", "-101 -92 -9", "-100 -91 -9"], parts.Select(part => $"{part.Total} {part.Net} {part.Tax}"));
    }

    [Fact]
    public void What_was_refunded_may_come_to_the_whole_and_not_to_more()
    {
        var sold = Make.Cart(Make.Line(1, 500, 2)).Price(Make.Rules());
        Assert.Equal(-500, Refunds.Price(sold, [new(1, 1, 500)], [new(1, 1)]).Must().Total);
        Assert.Equal(
            new PricingFailure("refund_exceeds_total", "501 of 1000 is refunded already.", 1), Refunds.Price(sold, [new(1, 1, 501)], [new(1, 1)]).Failure);
        Assert.Equal("refund_exceeds_total", Refunds.Price(sold, [new(1, 1, Limits.MaxAmount)], [new(1, 1)]).Failure?.Code);
        Assert.Equal(-1_000, Refunds.Price(sold, [], [new(1, 2)]).Must().Total);
        // A line is looked at even where nothing of it is asked for now.
        var two = Make.Cart(Make.Line(1, 500, 2), Make.Line(2, 100)).Price(Make.Rules());
        Assert.Equal(new PricingFailure("refund_exceeds_quantity", "2 were sold.", 1), Refunds.Price(two, [new(1, 3, 0)], [new(2, 1)]).Failure);
    }

    [Fact]
    public void A_refund_that_cannot_be_says_why_in_words()
    {
        var sold = Make.Cart(Make.Line(1, 500, 2), Make.Line(2, 200, -1)).Price(Make.Rules());
        PricingFailure? Of(RefundedLine[] refunded, params RefundRequest[] requested) => Refunds.Price(sold, refunded, requested).Failure;
        Assert.Equal(new("refund_empty", "Nothing is to be refunded."), Of([]));
        Assert.Equal(new("refund_line_unknown", "The sale has no such line.", 9), Of([], new RefundRequest(9, 1)));
        Assert.Equal(new("refund_line_returned", "A returned line cannot be refunded.", 2), Of([], new RefundRequest(2, 1)));
        Assert.Equal(new("line_twice", "Two requests are for one line.", 1), Of([], new(1, 1), new(1, 1)));
        Assert.Equal(new("quantity_invalid", "A quantity is above zero with at most five decimals.", 1), Of([], new RefundRequest(1, 0)));
        Assert.Equal(new("amount_too_large", "An amount is beyond what can be kept exactly.", 1), Of([new(1, 1, -1)], new RefundRequest(1, 1)));
    }

    [Fact]
    public void A_line_of_nothing_in_an_old_document_is_refused_and_divides_nothing()
    {
        var sold = Make.Cart(Make.Line(1, 500)).Price(Make.Rules());
        var empty = sold with { Lines = [sold.Lines[0] with { Quantity = 0 }] };
        Assert.Equal("refund_line_returned", Refunds.Price(empty, [], [new(1, 1)]).Failure?.Code);
        var both = sold with { Lines = [empty.Lines[0], sold.Lines[0] with { Line = 2 }] };
        Assert.Equal(-500, Refunds.Price(both, [], [new(2, 1)]).Must().Total);
    }

    [Theory]
    [InlineData(-10, -2, 1, -10, -11)] // a price below zero and a quantity below zero sold two
    [InlineData(10, 2, -1, -10, -11)]
    [InlineData(0, 2, -1, 0, 0)]
    public void A_refund_turns_the_quantity_as_it_was_sold(int price, int quantity, int back, long gross, long total)
    {
        var sold = Make.Cart(Make.Line(1, price, quantity)).Price(Make.Rules().WithVat(10));
        var line = Assert.Single(Make.Refund(sold, [], new RefundRequest(1, 1)).Lines);
        Assert.Equal((back, price, gross, total), (line.Quantity, line.UnitPrice, line.Gross, line.Total));
    }

    [Fact]
    public void A_refund_needs_a_sale_and_lists()
    {
        var sold = Make.Cart(Make.Line(1, 500)).Price(Make.Rules());
        Assert.Throws<ArgumentNullException>("original", () => Refunds.Price(null!, [], [new(1, 1)]));
        Assert.Throws<ArgumentNullException>("refunded", () => Refunds.Price(sold, null!, [new(1, 1)]));
        Assert.Throws<ArgumentNullException>("requested", () => Refunds.Price(sold, [], null!));
    }
}
