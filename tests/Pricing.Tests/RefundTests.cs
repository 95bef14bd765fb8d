namespace WebWaka.Pricing.Tests;

public sealed class RefundTests
{
    static readonly FeeRule Delivery = new() { Code = "DELIVERY", Kind = FeeKind.FixedPerDocument, Amount = 100, InTaxBase = true };

    static PricedCart Sold => Make.Cart(Make.Line(1, 333.3333m, 3), Make.Line(2, 500, 2.5m), Make.Line(3, 200, -1))
        .Price(Make.Rules(new PercentOff { Id = Make.Id(1), Percent = 10 }).WithVat(7.5m) with { Fees = [Delivery] });

    public static TheoryData<string, RefundedLine[], RefundRequest[]> Refused => new()
    {
        { "refund_empty", [], [] },
        { "refund_line_unknown", [], [new(9, 1)] },
        { "refund_line_unknown", [new(9, 1, 1)], [new(1, 1)] },
        { "refund_line_returned", [], [new(3, 1)] },
        { "line_twice", [], [new(1, 1), new(1, 1)] },
        { "quantity_invalid", [], [new(1, 0)] },
        { "quantity_invalid", [], [new(1, -1)] },
        { "quantity_invalid", [], [new(1, 0.000001m)] },
        { "quantity_invalid", [new(1, -1, 0)], [new(1, 1)] },
        { "refund_exceeds_quantity", [], [new(2, 2.50001m)] },
        { "refund_exceeds_quantity", [new(1, 2, 600), new(1, 1, 300)], [new(1, 0.00001m)] },
        { "refund_exceeds_total", [new(1, 1, 700)], [new(1, 1)] },
        { "amount_too_large", [new(1, 1, long.MaxValue)], [new(1, 1)] },
        { "amount_too_large", [new(1, 1, -1)], [new(1, 1)] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_refund_that_cannot_be_is_refused_by_name(string code, RefundedLine[] refunded, RefundRequest[] requested) =>
        Assert.Equal(code, Refunds.Price(Sold, refunded, requested).Failure?.Code);

    [Fact]
    public void A_part_carries_its_part_of_discount_tax_and_fee()
    {
        var refund = Refunds.Price(Sold, [], [new(2, 1)]).Must();
        var line = Assert.Single(refund.Lines);
        Assert.Equal((-1m, -500L, -450L, -34L, -484L), (line.Quantity, line.Gross, line.Net, line.Taxes[0].Amount, line.Total));
        Assert.Equal(-50, line.Discounts[0].Amount);
        // 450 of the 2025 net that was sold: 22.2 % of the fee of 100 and of its tax of 8.
        var fee = Assert.Single(refund.Fees);
        Assert.Equal((-22L, -2L, -24L), (fee.Net, fee.Taxes[0].Amount, fee.Total));
        Assert.Equal(-484 - 24, refund.Total);
    }

    [Fact]
    public void Fees_of_free_goods_go_back_with_the_last_line()
    {
        var sold = Make.Cart(Make.Line(1, 0), Make.Line(2, 0)).Price(Make.Rules().WithVat(7.5m) with { Fees = [Delivery] });
        Assert.Empty(Refunds.Price(sold, [], [new(1, 1)]).Must().Fees);
        Assert.Equal(-sold.Total, Refunds.Price(sold, [new(1, 1, 0)], [new(2, 1)]).Must().Total);
    }

    [Fact]
    public void An_exempt_sale_is_refunded_without_the_tax_it_never_had()
    {
        var cart = Make.Cart(Make.Line(1, 1075, 3)) with { TaxExemption = new("DIP-7", new(2026, 1, 1), null) };
        var sold = cart.Price(Make.Rules().WithVat(7.5m, included: true));
        Assert.Equal(-1000, Refunds.Price(sold, [], [new(1, 1)]).Must().Total);
    }
}
