namespace WebWaka.Pricing.Tests;

/// <summary>Absurd carts and rules are named, never thrown and never priced.</summary>
public sealed class FailureTests
{
    static readonly CartLine Fine = Make.Line(1, 100);
    static readonly PercentOff Ten = new() { Id = Make.Id(1), Percent = 10 };

    public static TheoryData<string, Cart> Carts => new()
    {
        { "currency_unknown", Make.Cart(Fine) with { Currency = "ngn" } },
        { "line_number_invalid", Make.Cart(Fine with { Line = 0 }) },
        { "line_twice", Make.Cart(Make.Line(2, 100), Fine, Make.Line(2, 50)) },
        { "too_many_lines", Make.Cart([.. Enumerable.Range(1, Limits.MaxLines + 1).Select(i => Make.Line(i, 1))]) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = 0 }) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = -1 }) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = 1, IsReturn = true }) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = 0.000001m }) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = 10_000_000 }) },
        { "quantity_invalid", Make.Cart(Fine with { Quantity = decimal.MaxValue }) },
        { "quantity_invalid", Make.Cart(Fine with { UnitPrice = -1 }) },
        { "unit_price_invalid", Make.Cart(Fine with { UnitPrice = 0.00001m }) },
        { "unit_price_invalid", Make.Cart(Fine with { UnitPrice = 10_000_000_000_000 }) },
        { "amount_too_large", Make.Cart(Fine with { UnitPrice = 9_999_999_999_999, Quantity = 1_000 }) },
        { "amount_too_large", Make.Cart(Make.Line(1, 9_007_199_254_740, 1000), Make.Line(2, 9_007_199_254_740, 1000)) },
        { "tax_class_unknown", Make.Cart(Fine with { TaxClass = "luxury" }) },
        { "discount_invalid", Make.Cart(Fine with { Discount = new() }) },
        { "discount_invalid", Make.Cart(Fine with { Discount = new() { Amount = 1, Percent = 1 } }) },
        { "discount_invalid", Make.Cart(Fine with { Discount = new() { Amount = -1 } }) },
        { "discount_invalid", Make.Cart(Fine) with { OrderDiscount = new() { Percent = 100.1m } } },
        { "fee_unknown", Make.Cart(Fine) with { Fees = [new("delivery")] } },
        { "exemption_invalid", Make.Cart(Fine) with { TaxExemption = new("D", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            null) } },
    };

    public static TheoryData<string, RuleBook> Rules => new()
    {
        { "rounding_step_invalid", new() { Rounding = new(Step: 0) } },
        { "promotion_twice", Make.Rules(Ten, Ten) },
        { "promotion_invalid", Make.Rules(Ten with { Percent = 100.5m }) },
        { "promotion_invalid", Make.Rules(Ten with { Caps = new() { AmountPerOrder = -1 } }) },
        { "promotion_invalid", Make.Rules(Ten with { Conditions = new() { ValidFrom = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) } }) },
        { "promotion_invalid", Make.Rules(new AmountOff { Id = default, Amount = -1 }) },
        { "promotion_invalid", Make.Rules(new FixedPrice { Id = default, Price = 1.5m, Scope = PromotionScope.Group }) },
        { "promotion_invalid", Make.Rules(new BuyXGetY { Id = default, Buy = 0, Get = 1 }) },
        { "promotion_invalid", Make.Rules(new Tiered { Id = default, Tiers = [new() { From = 1, Percent = 1, Amount = 1 }] }) },
        { "fee_invalid", new() { Fees = [new() { Code = "a", Kind = FeeKind.Open }] } },
        { "fee_invalid", new() { Fees = [new() { Code = "a" }, new() { Code = "a" }] } },
        { "cash_rounding_invalid", new() { CashRounding = [new("ZAR", 0)] } },
        { "tax_class_twice", Taxed(Make.Class("a"), Make.Class("a")) },
        { "tax_code_missing", Taxed(Make.Class("a", Make.Vat(1, ""))) },
        { "tax_code_twice", Taxed(Make.Class("a", Make.Vat(1), Make.Vat(2))) },
        { "tax_rate_invalid", Taxed(Make.Class("a", Make.Vat(0.0000001m))) },
        { "tax_rate_invalid", Taxed(Make.Class("a", Make.Vat(5) with { Treatment = TaxTreatment.Exempt })) },
        { "tax_rate_invalid", Taxed(Make.Class("a", Make.Vat(60) with { Kind = TaxKind.Division }, Make.Vat(40,
            "B") with { Kind = TaxKind.Division })) },
        { "tax_dates_invalid", Taxed(Make.Class("a", Make.Vat(5) with { ValidFrom = new(2026, 1, 1), ValidTo = new(2026, 1, 1) })) },
        { "tax_dates_invalid", Taxed(Make.Class("a", Make.Vat(5) with { ValidFrom = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) })) },
        { "tax_on_top_of_unknown", Taxed(Make.Class("a", Make.Vat(5) with { OnTopOf = ["X"] })) },
        { "tax_circle", Taxed(Make.Class("a", Make.Vat(5) with { OnTopOf = ["X"] }, Make.Vat(5, "X") with { OnTopOf = ["VAT"] })) },
        { "tax_included_on_excluded", Taxed(Make.Class("a", Make.Vat(5) with { Included = true, OnTopOf = ["X"] }, Make.Vat(5,
            "X") with { Included = false })) },
    };

    [Theory]
    [MemberData(nameof(Carts))]
    public void An_absurd_cart_is_refused_by_name(string code, Cart cart) => Assert.Equal(code, cart.Refused(Make.Rules().WithVat(7.5m)));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Absurd_rules_are_refused_by_name_before_anything_is_priced(string code, RuleBook rules)
    {
        Assert.Equal(code, rules.Check()?.Code);
        Assert.Equal(code, Make.Cart(Fine).Refused(rules));
    }

    [Fact]
    public void Rates_too_fine_to_be_kept_exactly_are_refused_before_they_are_stored()
    {
        var chain = new[] { "A", "B", "C", "D" }.Select((code, i) =>
            Make.Vat(7.654321m, code) with { OnTopOf = i == 0 ? [] : [$"{(char)('A' + i - 1)}"] });
        Assert.Equal("tax_rate_invalid", Taxed(Make.Class("a", [.. chain])).Check()?.Code);
        Assert.Equal("tax_rate_invalid", Taxed(Levied(3)).Check()?.Code);
    }

    [Fact]
    public void An_overflow_deep_inside_is_a_failure_with_a_name()
    {
        var cart = Make.Cart(Fine with { UnitPrice = 9_000_000_000_000, Quantity = 1_000 });
        Assert.Equal("amount_too_large", cart.Refused(Make.Rules().WithVat(1_000)));
        // Where only the way to the answer needs more than 128 bits, there is an answer.
        var rules = Taxed(Levied(1)) with { DefaultTaxClass = "levied", PricesIncludeTax = true };
        Assert.Equal(9_000_000_000_000_000, cart.Price(rules).Total);
    }

    /// <summary>A fixed levy under so many six-decimal rates, one on the other.</summary>
    static TaxClass Levied(int rates) => Make.Class("levied", [
        new() { Code = "0", Kind = TaxKind.FixedPerUnit, AmountPerUnit = 0.0001m },
        .. Enumerable.Range(1, rates).Select(i => Make.Vat(77.654321m, $"{i}") with { OnTopOf = [$"{i - 1}"] })]);

    [Fact]
    public void A_line_that_is_too_large_is_named()
    {
        var cart = Make.Cart(Fine, Make.Line(2, 9_999_999_999_999, 1_000));
        Assert.Equal(2, Pricer.Price(cart, Make.Rules()).Failure?.Line);
    }

    [Fact]
    public void The_largest_amount_is_priced_exactly()
    {
        var priced = Make.Cart(Make.Line(1, 9_007_199_254_740.991m, 1000)).Price(Make.Rules());
        Assert.Equal(Limits.MaxAmount, priced.Total);
    }

    static RuleBook Taxed(params TaxClass[] classes) => new() { TaxClasses = classes };
}
