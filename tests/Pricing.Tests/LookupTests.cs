namespace WebWaka.Pricing.Tests;

/// <summary>What is looked up for a cart: the zones of its store, and the customer's certificate.</summary>
public sealed class LookupTests
{
    static readonly Guid Customer = Make.Id(7);

    [Fact]
    public void A_store_is_in_its_zones_in_the_order_of_their_codes()
    {
        var rules = new RuleBook { Zones = [new("west", [Make.Store, Make.Id(9)]), new("coast", [Make.Store]), new("north", [Make.Id(9)])] };
        Assert.Equal(["coast", "west"], rules.ZonesOf(Make.Store)!);
        Assert.Equal(["north", "west"], rules.ZonesOf(Make.Id(9))!);
        Assert.Null(rules.ZonesOf(Make.Id(8)));
        Assert.Null(new RuleBook().ZonesOf(Make.Store));
    }

    /// <summary>
    /// Each paper: whose (m, or another's), its id, from which day it is valid and from which no more (0: for ever), for all taxes or VAT.
    /// </summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("m A 1 0 all", "A")]
    [InlineData("x A 1 0 all", null)]
    [InlineData("m A 10 0 all", "A")]
    [InlineData("m A 11 0 all", null)]
    [InlineData("m A 1 10 all", null)]
    [InlineData("m A 1 11 all", "A")]
    [InlineData("m A 9 0 VAT|m B 1 0 all", "B")]
    [InlineData("m B 1 0 all|m A 9 0 VAT", "B")]
    [InlineData("m A 1 0 all|m B 2 0 all", "B")]
    [InlineData("m B 2 0 all|m A 1 0 all", "B")]
    [InlineData("m B 1 0 VAT|m A 1 0 VAT", "A")]
    [InlineData("m A 1 0 VAT|m B 1 0 VAT", "A")]
    [InlineData("m A 1 0 none|m B 1 0 VAT", "A")]
    [InlineData("x A 9 0 all|m B 1 5 all|m C 2 0 VAT|m D 3 0 VAT", "D")]
    public void The_certificate_for_all_taxes_then_the_latest_then_the_first_by_its_id(string papers, string? expected)
    {
        CustomerExemption[] exemptions = [.. papers.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' ')).Select(paper =>
            new CustomerExemption(paper[0] == "m" ? Customer : Make.Id(8), new(
                paper[1], Day(paper[2]), paper[3] == "0" ? null : Day(paper[3]), paper[4] switch { "all" => null, "none" => [], var tax => [tax] })))];
        Assert.Equal(expected, new RuleBook { Exemptions = exemptions }.ExemptionOf(Customer, Day("10"))?.CertificateId);
        Assert.Null(new RuleBook().ExemptionOf(Customer, Day("10")));
    }

    static DateTime Day(string day) => new(2026, 1, int.Parse(day));

    /// <summary>A merchant reads why: which class has no tax where the store is.</summary>
    [Fact]
    public void What_has_no_tax_where_the_store_is_is_named()
    {
        var rules = Make.Rules() with
        {
            ZonesRequired = true, DefaultTaxClass = "t",
            TaxClasses =
            [
                Make.Class("t", Make.Vat(5) with { Zones = ["a"] }), Make.Class("free", new TaxComponent { Code = "T", Treatment = TaxTreatment.OutOfScope }),
            ],
            Zones = [new("a", [Make.Store])], Fees = [new() { Code = "BAG", Amount = 5, InTaxBase = true, TaxClass = "t", Items = new() { Tags = ["bag"] } }],
        };
        Assert.Equal("Where the store is no tax of the default class is known.", Why(Make.Line(1, 100)));
        Assert.Equal("Where the store is no tax of t is known.", Why(Make.Line(1, 100, taxClass: "t")));
        Assert.Equal("Fee BAG: where the store is no tax of its class is known.", Why(Make.Line(1, 100, taxClass: "free") with { Tags = ["bag"] }));

        string? Why(CartLine line) => Pricer.Price(Make.Cart(line) with { Zones = [] }, rules).Failure?.Detail;
    }

    [Fact]
    public void A_fee_says_its_rate_or_its_amount_as_its_kind_has_one()
    {
        FeeRule[] fees =
        [
            new() { Code = "SHARE", Kind = FeeKind.Percent, Rate = 10, Amount = 3 }, new() { Code = "EACH", Kind = FeeKind.FixedPerUnit, Amount = 5, Rate = 4 },
            new() { Code = "ONCE", Kind = FeeKind.FixedPerDocument, Amount = 7, Rate = 2 },
        ];
        var priced = Pricer.Price(Make.Cart(Make.Line(1, 100)), Make.Rules() with { Fees = fees }).Must();
        Assert.Equal(["SHARE 10 ", "EACH  5", "ONCE  "], priced.Fees.Select(fee => $"{fee.Code} {fee.Rate} {fee.PerUnit}"));
    }
}
