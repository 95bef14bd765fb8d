namespace WebWaka.Pricing.Tests;

/// <summary>What is wrong with a cart, in words and with the line at fault; and that what stands exactly at a limit is fine.</summary>
public sealed class CartWordTests
{
    const string TooLarge = "amount_too_large: An amount is beyond what can be kept exactly.";
    const string Certificate = "exemption_invalid: A certificate's dates are store-local, without an offset.";

    const string Open = "an open fee is given with its amount, others without.";

    static readonly CartLine Fine = Make.Line(3, 100);
    static readonly DateTime Noon = new(2026, 6, 15, 12, 0, 0);
    static readonly DateTime Utc = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    static readonly RuleBook Rules = Make.Rules().WithVat(7.5m) with
    {
        Zones = [new("ny", [])],
        Fees =
        [
            new() { Code = "TIP", Kind = FeeKind.Open, Automatic = false },
            new() { Code = "BAG", Kind = FeeKind.FixedPerDocument, Amount = 5, Automatic = false },
            new() { Code = "LUX", Kind = FeeKind.FixedPerDocument, Amount = 5, Automatic = false, InTaxBase = true, TaxClass = "luxury" },
        ],
    };

    public static TheoryData<string, Cart> Wrong => new()
    {
        { "currency_unknown: ngn is not in ISO 4217.", Make.Cart(Fine) with { Currency = "ngn" } },
        { Certificate, Make.Cart(Fine) with { TaxExemption = new("D", Utc) } },
        { Certificate, Make.Cart(Fine) with { TaxExemption = new("D", Noon, Utc) } },
        { "too_many_lines: A cart has at most 2000 lines.", Make.Cart([.. Enumerable.Range(1, 2_001).Select(i => Make.Line(i, 1))]) },
        { "tax_zone_unknown: The cart names a zone that the rules do not have.", Make.Cart(Fine) with { Zones = ["ny", "moon"] } },
        { "line_number_invalid: Lines are numbered from 1. 0", Make.Cart(Fine with { Line = 0 }) },
        { "line_twice: Two lines have one number. 3", Make.Cart(Fine, Make.Line(1, 5), Fine) },
        { "quantity_invalid: A quantity has at most five decimals and is below ten million. 3", Make.Cart(Fine with { Quantity = 0.000001m }) },
        { "quantity_invalid: A quantity is above zero; below zero on a returned line. 3", Make.Cart(Fine with { Quantity = 0 }) },
        { "quantity_invalid: A quantity is above zero; below zero on a returned line. 3", Make.Cart(Fine with { Quantity = 0, IsReturn = true }) },
        { "unit_price_invalid: A unit price is minor units with at most four decimals. 3", Make.Cart(Fine with { UnitPrice = 0.00001m }) },
        {
            "amount_too_large: Quantity x unit price is beyond what can be kept exactly. 3",
            Make.Cart(Fine with { UnitPrice = 9_007_199_254_740.992m, Quantity = 1_000 })
        },
        {
            "amount_too_large: The lines together are beyond what can be kept exactly.",
            Make.Cart(Make.Line(1, 9_007_199_254_740.991m, 1_000), Make.Line(2, 1, -1))
        },
        { "tax_class_unknown: No tax class luxury. 3", Make.Cart(Fine with { TaxClass = "luxury" }) },
        { "discount_invalid: A discount is either an amount or a percentage. 3", ByHand(new()) },
        { "discount_invalid: A discount is either an amount or a percentage. 3", ByHand(new() { Amount = 0, Percent = 0 }) },
        { "discount_invalid: A discount is zero or more. 3", ByHand(new() { Amount = -1 }) },
        { "discount_invalid: A discount is zero or more. 3", ByHand(new() { Amount = Limits.MaxAmount + 1 }) },
        { "discount_invalid: A percentage is 0 to 100 with at most six decimals. 3", ByHand(new() { Percent = -0.000001m }) },
        { "discount_invalid: A percentage is 0 to 100 with at most six decimals. 3", ByHand(new() { Percent = 100.000001m }) },
        { "discount_invalid: A percentage is 0 to 100 with at most six decimals. 3", ByHand(new() { Percent = 0.0000001m }) },
        { "discount_invalid: A line's discount is off what is listed. 3", ByHand(new() { Amount = 1, On = DiscountBase.Total }) },
        { "discount_invalid: A discount is zero or more.", Make.Cart(Fine) with { OrderDiscount = new() { Amount = -1 } } },
        { "fee_unknown: There is no fee delivery.", Make.Cart(Fine) with { Fees = [new("delivery")] } },
        { "fee_twice: BAG is chosen twice.", Make.Cart(Fine) with { Fees = [new("BAG"), new("TIP", 1), new("BAG")] } },
        { $"fee_amount_invalid: TIP: {Open}", Make.Cart(Fine) with { Fees = [new("TIP")] } },
        { $"fee_amount_invalid: TIP: {Open}", Make.Cart(Fine) with { Fees = [new("TIP", -1)] } },
        { $"fee_amount_invalid: TIP: {Open}", Make.Cart(Fine) with { Fees = [new("TIP", Limits.MaxAmount + 1)] } },
        { "amount_too_large: The document's sums are beyond what can be kept exactly.", Make.Cart(Fine) with { Fees = [new("TIP", Limits.MaxAmount)] } },
        { $"fee_amount_invalid: BAG: {Open}", Make.Cart(Fine) with { Fees = [new("BAG", 5)] } },
        { "tax_class_unknown: Fee LUX: no tax class luxury.", Make.Cart(Fine) with { Fees = [new("LUX")] } },
        { TooLarge, Make.Cart(Make.Line(1, 9_007_199_254_740.991m, 1_000)) with { OrderDiscount = new() { Amount = 1, On = DiscountBase.Total } } },
        { "amount_too_large: The document's sums are beyond what can be kept exactly.", Make.Cart(Make.Line(1, 9_007_199_254_740.991m, 1_000)) },
    };

    public static TheoryData<Cart> AtTheLimit =>
    [
        Make.Cart([.. Enumerable.Range(1, 2_000).Select(i => Make.Line(i, 1))]), Make.Cart(Make.Line(1, 1, 9_999_999.99999m)),
        Make.Cart(Make.Line(1, 1, -9_999_999.99999m)), Make.Cart(Make.Line(1, 9_999_999_999_999, 0.00001m)),
        Make.Cart(Make.Line(1, -9_999_999_999_999, -0.00001m)),
        ByHand(new() { Amount = 0 }), ByHand(new() { Amount = Limits.MaxAmount }), ByHand(new() { Percent = 0 }), ByHand(new() { Percent = 100 }),
        ByHand(new() { Percent = 0.000001m }), Make.Cart(Fine) with { Fees = [new("TIP", 0)] }, Make.Cart(Fine) with { Fees = [new("TIP", 5), new("BAG")] },
        Make.Cart(Fine) with { Zones = ["ny"] }, Make.Cart(Fine) with { Zones = [] }, Make.Cart(Fine) with { TaxExemption = new("D", Noon, Noon) },
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_cart_that_cannot_be_priced_says_why(string why, Cart cart)
    {
        var failure = Pricer.Price(cart, Rules with { }).Failure;
        Assert.Equal(why, $"{failure?.Code}: {failure?.Detail}{(failure?.Line is { } line ? $" {line}" : "")}");
    }

    [Theory]
    [MemberData(nameof(AtTheLimit))]
    public void What_stands_at_a_limit_is_priced(Cart cart) => Assert.Equal("priced", cart.Refused(Rules));

    [Fact]
    public void A_class_must_be_known_where_there_are_classes()
    {
        var rules = Rules with { DefaultTaxClass = null, Fees = [new() { Code = "F", Kind = FeeKind.FixedPerDocument, Amount = 5, InTaxBase = true }] };
        Assert.Equal("No tax class by default.", Pricer.Price(Make.Cart(Fine), rules with { }).Failure?.Detail);
        Assert.Equal("Fee F: no tax class by default.", Pricer.Price(Make.Cart(Fine with { TaxClass = "standard" }), rules with { }).Failure?.Detail);
        Assert.Equal(105, Make.Cart(Fine).Price(rules with { TaxClasses = [] }).Total);
    }

    [Fact]
    public void Who_takes_a_price_that_is_not_there_hears_why()
    {
        var outcome = Pricer.Price(Make.Cart(Fine) with { Currency = "ngn" }, Rules);
        Assert.Equal("currency_unknown: ngn is not in ISO 4217.", Assert.Throws<InvalidOperationException>(() => outcome.Must()).Message);
        Assert.Null(outcome.Value);
    }

    [Fact]
    public void A_cart_and_rules_are_needed()
    {
        Assert.Throws<ArgumentNullException>("cart", () => Pricer.Price(null!, Rules));
        Assert.Throws<ArgumentNullException>("rules", () => Pricer.Price(Make.Cart(Fine), null!));
        Assert.Throws<ArgumentNullException>(() => (PricingOutcome<PricedCart>)(PricedCart)null!);
        Assert.Throws<ArgumentNullException>(() => (PricingOutcome<PricedCart>)(PricingFailure)null!);
    }

    static Cart ByHand(ManualDiscount discount) => Make.Cart(Fine with { Discount = discount });
}
