using System.Text.Json.Nodes;
using WebWaka.Pricing;
using WebWaka.Transaction.Taxes;

namespace WebWaka.Cells.Tests.Transaction;

public sealed class ExplainSaleTests(CellsFixture cells)
{
    private static readonly TaxComponent[] Ghana =
    [
        new() { Code = "NHIL", Rate = 2.5m }, new() { Code = "CHRL", Rate = 1, ValidTo = new DateTime(2026, 1, 1) },
        new() { Code = "VAT", Rate = 15, OnTopOf = ["NHIL"], ValidFrom = new DateTime(2023, 1, 1), Version = "act 1087" },
        new() { Code = "CITY", Rate = 3, Zones = ["elsewhere"] },
    ];

    private static readonly FeeRule[] Fees =
    [
        new() { Code = "BAG", Name = "Bag", Amount = 1_000 },
        new() { Code = "SERVICE", Kind = FeeKind.Percent, Rate = 10, InTaxBase = true, Automatic = false },
        new() { Code = "WINE", Amount = 1, Items = new ItemSelector { Tags = ["wine"] } },
    ];

    private static Task<JsonNode> Explained(SellingShop shop, Guid sale) => shop.Cashier.GetAsync($"/api/tax/explain/{sale}").Is(200);

    private static RuleBook Rules => Charges.Book("GH-2026.1.4", Ghana) with
    {
        Fees = Fees, Zones = [new("here", []), new("elsewhere", [])], CashRounding = [new("NGN", 1_000)],
        Rounding = new RoundingPolicy(RoundingLevel.Document, RoundingMode.HalfEven),
    };

    [Fact]
    public async Task Each_step_of_a_sale_says_its_rule_version_base_rate_rounding_and_why_others_did_not_apply()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 5);
        await shop.Rules(Rules);
        var (id, answer) = await shop.Ring(shop.Soap(), coupons: ["WELCOME10"]);
        var says = await Explained(shop, id);

        Assert.Equal((id, "completed", (string?)answer["number"]), ((Guid)says["saleId"]!, (string?)says["status"], (string?)says["number"]));
        Assert.Equal(("document", "halfEven", 1), ((string?)says["rounding"]!["level"], (string?)says["rounding"]!["mode"], (int)says["rounding"]!["step"]!));
        Assert.EndsWith("/GH-2026.1.4", (string?)says["rulesVersion"]);
        var steps = says["lines"]![0]!["steps"]!.AsArray();
        // 901.00 less a tenth is 810.90; 2.5 % of it 20.2725; 15 % of both 124.676...
        Assert.Equal(
            ["gross 90100", "discount -9010", "net 81090", "tax 2027", "tax 12468", "total 95585"], steps.Select(step => $"{step!["kind"]} {step["amount"]}"));
        Assert.Equal(($"{shop.TenPercent}", "1", 90_100L), ((string?)steps[1]!["rule"], (string?)steps[1]!["version"], (long)steps[1]!["base"]!));
        Assert.Equal(("standard/NHIL", "GH-2026.1.4", 81_090L, "2.5", "2027.25"), TaxOf(steps[3]!));
        Assert.Equal(("standard/VAT@2023-01-01T00:00:00", "act 1087", 83_117L, "15", "12467.55"), TaxOf(steps[4]!));
        Assert.Contains("halfEven by document", (string?)steps[3]!["says"]);
        var fee = Assert.Single(says["fees"]!.AsArray())!["steps"]![0]!;
        Assert.Equal(("2 x 1000", "fees/BAG", 2_000L), ((string?)fee["says"], (string?)fee["rule"], (long)fee["amount"]!));
        Assert.Equal(
            ["fees/SERVICE not_chosen", "fees/WINE no_matching_item", "standard/CHRL outside_dates", "standard/CITY other_zone"],
            says["notCharged"]!.AsArray().Select(rule => $"{rule!["rule"]} {rule["reason"]}").Order());
        Assert.All(says["notCharged"]!.AsArray(), rule => Assert.EndsWith(".", (string?)rule!["because"]));
        Assert.Equal(["total 97585", "cashRounding 415"], says["document"]!.AsArray().Select(step => $"{step!["kind"]} {step["amount"]}"));
        Assert.Equal((97_585L, 98_000L), ((long)says["total"]!, (long)says["due"]!));
    }

    [Fact]
    public async Task A_sale_is_explained_by_the_rules_it_was_sold_by_whatever_they_are_now()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Rules(Rules);
        var (id, _) = await shop.Ring(shop.Soap());
        var before = (await Explained(shop, id)).ToJsonString();
        await shop.Rules(Charges.Book("GH-2027.1.5"), Charges.Own + 1);
        Assert.Equal(before, (await Explained(shop, id)).ToJsonString());
    }

    [Fact]
    public async Task A_price_with_the_tax_in_it_and_a_certificate_are_explained()
    {
        var shop = await SellingShop.Open(cells);
        var customer = SellingShop.NewId();
        await shop.Rules(Charges.Book("v1", Charges.Vat with { Included = true }) with
        {
            Exemptions = [new(customer, new("DIP-7", new DateTime(2020, 1, 1)))],
        });
        var steps = (await Explained(shop, (await shop.Ring(shop.Soap())).Id))["lines"]![0]!["steps"]!;
        Assert.Equal((83_814L, 90_100L, 6_286L, true),
            ((long)steps[1]!["amount"]!, (long)steps[1]!["base"]!, (long)steps[2]!["amount"]!, (bool)steps[2]!["included"]!));
        var free = await Explained(shop, (await shop.Ring(shop.Soap(), customer: customer)).Id);
        Assert.Equal(("DIP-7", 83_814L), ((string?)free["taxExemption"], (long)free["total"]!));
        Assert.Equal("customer_exempt", (string?)Assert.Single(free["notCharged"]!.AsArray())!["reason"]);
    }

    [Fact]
    public async Task Another_tenants_sale_is_not_explained()
    {
        var shop = await SellingShop.Open(cells);
        var (id, _) = await shop.Ring(shop.Soap());
        await (await SellingShop.Open(cells)).Cashier.GetAsync($"/api/tax/explain/{id}").IsProblem(404, "sale_unknown");
        await shop.Cashier.GetAsync($"/api/tax/explain/{SellingShop.NewId()}").IsProblem(404, "sale_unknown");
        await new HttpClient { BaseAddress = cells.AddressOf("transaction") }.GetAsync($"/api/tax/explain/{id}").IsProblem(401, "not_signed_in");
    }

    [Fact]
    public void Every_reason_that_a_fee_or_tax_can_have_has_its_sentence()
    {
        string[] charges = ["not_chosen", "outside_dates", "other_store", "other_zone", "customer_exempt", "no_matching_item", "nothing_to_charge"];
        Assert.Equal(charges.Order(), Explaining.Reasons.Order());
    }

    private static (string?, string?, long, string?, string?) TaxOf(JsonNode step) =>
        ((string?)step["rule"], (string?)step["version"], (long)step["base"]!, (string?)step["rate"], (string?)step["exact"]);
}
