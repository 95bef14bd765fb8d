using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Tax;

public sealed class CalculateTaxTests(CellsFixture cells)
{
    private static object Thousand(string currency, string at, string unitPrice = "100000", string? taxClass = null) =>
        new { currency, at, lines = new[] { new { quantity = "1", unitPrice, taxClass } } };

    private static async Task<JsonNode> Calculate(Shop shop, object request) => await shop.Client("tax").Post("/api/tax/calculate", request).Is(200);

    private static string[] Amounts(JsonNode answer) => [.. answer["taxes"]!.AsArray().Select(tax => $"{tax!["code"]} {tax["rate"]} {tax["amount"]}").Order()];

    [Theory]
    [InlineData("2020-12-31T12:00:00+00:00", 118_125, "GETFL 2.5 2500", "NHIL 2.5 2500", "VAT 12.5 13125")]
    [InlineData("2022-12-31T12:00:00+00:00", 119_250, "CHRL 1 1000", "GETFL 2.5 2500", "NHIL 2.5 2500", "VAT 12.5 13250")]
    [InlineData("2025-12-31T23:59:59+00:00", 121_900, "CHRL 1 1000", "GETFL 2.5 2500", "NHIL 2.5 2500", "VAT 15 15900")]
    [InlineData("2026-01-01T00:00:00+00:00", 120_000, "GETFL 2.5 2500", "NHIL 2.5 2500", "VAT 15 15000")]
    public async Task Ghana_charges_each_periods_levies_on_that_periods_base(string at, long total, params string[] taxes)
    {
        var shop = await cells.ShopIn("GH", "GHS");
        var answer = await Calculate(shop, Thousand("GHS", at));
        Assert.Equal(total, (long)answer["total"]!);
        Assert.Equal(100_000, (long)answer["net"]!);
        Assert.Equal(taxes, Amounts(answer));
    }

    [Theory]
    [InlineData("zero", "zeroRated")]
    [InlineData("suspended", "suspended")]
    [InlineData("exempt", "exempt")]
    [InlineData("out-of-scope", "outOfScope")]
    public async Task Nigeria_keeps_the_four_ways_of_paying_nothing_apart(string taxClass, string treatment)
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var answer = await Calculate(shop, Thousand("NGN", "2026-06-15T12:00:00+01:00", taxClass: taxClass));
        Assert.Equal(100_000, (long)answer["total"]!);
        var tax = Assert.Single(answer["taxes"]!.AsArray())!;
        Assert.Equal((treatment, 0L, 100_000L), ((string?)tax["treatment"], (long)tax["amount"]!, (long)tax["base"]!));
    }

    [Theory]
    [InlineData("NG", "NGN", null, 107_500)]
    [InlineData("KE", "KES", null, 116_000)]
    [InlineData("KE", "KES", "reduced", 108_000)]
    [InlineData("ZA", "ZAR", null, 115_000)]
    [InlineData("ZA", "ZAR", "zero", 100_000)]
    [InlineData("CI", "XOF", null, 118_000)]
    [InlineData("CI", "XOF", "reduced", 109_000)]
    public async Task Each_country_charges_its_rates(string country, string currency, string? taxClass, long total)
    {
        var shop = await cells.ShopIn(country, currency);
        var answer = await Calculate(shop, Thousand(currency, "2026-06-15T12:00:00+00:00", taxClass: taxClass));
        Assert.Equal(total, (long)answer["total"]!);
        Assert.Equal($"{country}-2026.1.1", (string?)answer["rulesVersion"]);
    }

    [Theory]
    [InlineData("2026-01-04T23:59:59+00:00", 100_000, "exempt")]
    [InlineData("2026-01-05T00:00:00+00:00", 118_000, "taxed")]
    [InlineData("2026-01-16T23:59:59+00:00", 118_000, "taxed")]
    [InlineData("2026-01-17T00:00:00+00:00", 109_000, "taxed")]
    public async Task Cote_dIvoires_three_regimes_of_january_2026_change_at_local_midnight(string at, long total, string treatment)
    {
        var shop = await cells.ShopIn("CI", "XOF");
        var answer = await Calculate(shop, Thousand("XOF", at, taxClass: "feed-and-inputs"));
        Assert.Equal(total, (long)answer["total"]!);
        Assert.Equal(treatment, (string?)Assert.Single(answer["taxes"]!.AsArray())!["treatment"]);
    }

    [Fact]
    public async Task XOF_has_no_decimals_and_an_inclusive_price_loses_its_tax_by_rounding_once()
    {
        var shop = await cells.ShopIn("CI", "XOF", pricesIncludeTax: true);
        var answer = await Calculate(shop, Thousand("XOF", "2026-06-15T12:00:00+00:00", unitPrice: "1000"));
        Assert.Equal((847L, 153L, 1000L), ((long)answer["net"]!, (long)answer["tax"]!, (long)answer["total"]!));
    }

    [Fact]
    public async Task Any_inline_case_is_computed_for_a_tenant_of_whom_nothing_is_stored()
    {
        var answer = await Calculate(new Shop(cells), new
        {
            currency = "CAD",
            pricesIncludeTax = false,
            at = "2026-06-15T12:00:00-05:00",
            lines = new object[]
            {
                new { quantity = "1", unitPrice = "10000", taxes = new[] { new { code = "GST", rate = "5" }, new { code = "QST", rate = "9.975" } } },
                new { quantity = "1.253", unitPrice = 899, taxes = Array.Empty<object>() },
                new { quantity = 2, unitPrice = "12.5", pricesIncludeTax = true, taxes = new[] { new { code = "BAG", kind = "fixedPerUnit", amountPerUnit = "5" } } },
            },
        });
        Assert.Equal((11_498L, 1_126L, 25L), (
            (long)answer["lines"]![0]!["total"]!, (long)answer["lines"]![1]!["total"]!, (long)answer["lines"]![2]!["total"]!));
        Assert.Equal((15L, "9.975"), ((long)answer["lines"]![2]!["net"]!, (string?)answer["lines"]![0]!["taxes"]![1]!["rate"]));
        Assert.Equal(12_649, (long)answer["total"]!);
        Assert.Null(answer["rulesVersion"]);
    }

    [Fact]
    public async Task A_case_may_bring_zones_fees_discounts_a_certificate_and_cash_rounding()
    {
        var shop = new Shop(cells);
        object Case(string[] zones, object? exemption = null) => new
        {
            currency = "CHF", zones, exemption, at = "2026-06-15T12:00:00+02:00", pricesIncludeTax = true,
            orderDiscount = new { amount = 1_00 }, cashRounding = new { currency = "CHF", step = 5 },
            feeRules = new[] { new { code = "SERVICE", kind = "percent", rate = "10", inTaxBase = true, taxedAsItems = true } },
            lines = new object[]
            {
                new
                {
                    quantity = "1", unitPrice = "1297",
                    taxes = new object[] { new { code = "MWST", rate = "8.1" }, new { code = "CITY", rate = "1", zones = new[] { "zh" } } },
                },
                new { quantity = "-1", unitPrice = "200", taxes = new[] { new { code = "MWST", rate = "8.1" } } },
            },
        };
        var answer = await Calculate(shop, Case(["zh"]));
        Assert.Equal((1_117L, -2L, 1_115L), ((long)answer["total"]!, (long)answer["cash"]!["rounding"]!, (long)answer["cash"]!["due"]!));
        Assert.Equal((100L, 120L), ((long)answer["discount"]!, (long)answer["fees"]![0]!["total"]!));
        Assert.Contains("CITY 1 12", Amounts(answer));
        Assert.DoesNotContain("CITY 1 12", Amounts(await Calculate(shop, Case([]))));
        var free = await Calculate(shop, Case(["zh"], new { certificateId = "DIP-7", validFrom = "2026-01-01T00:00:00" }));
        Assert.Equal((0L, "DIP-7"), ((long)free["tax"]!, (string?)free["exemptionId"]));
    }

    [Fact]
    public async Task A_tax_that_is_withheld_comes_off_an_inline_case()
    {
        var answer = await Calculate(new Shop(cells), new
        {
            currency = "EUR",
            lines = new[]
            {
                new
                {
                    quantity = "1", unitPrice = "5000",
                    taxes = new object[]
                    {
                        new { code = "WH", rate = "-20" }, new { code = "C4", rate = "4" }, new { code = "V22", rate = "22", onTopOf = new[] { "C4" } },
                    },
                },
            },
        });
        Assert.Equal(5_344, (long)answer["total"]!);
    }

    [Fact]
    public async Task Rounding_by_document_and_by_line_differ_as_asked()
    {
        object With(string level) => new
        {
            currency = "NGN", rounding = new { level },
            lines = Enumerable.Repeat(new { quantity = "1", unitPrice = "33", taxes = new[] { new { code = "VAT", rate = "7.5" } } }, 3),
        };
        var shop = new Shop(cells);
        Assert.Equal(6, (int)(await Calculate(shop, With("line")))["tax"]!);
        Assert.Equal(7, (int)(await Calculate(shop, With("document")))["tax"]!);
    }

    [Fact]
    public async Task Each_tenant_is_calculated_by_its_own_rules()
    {
        var ghana = await cells.ShopIn("GH", "GHS");
        var nigeria = await cells.ShopIn("NG", "NGN");
        var request = Thousand("USD", "2026-06-15T12:00:00+00:00");
        Assert.Equal(120_000, (long)(await Calculate(ghana, request))["total"]!);
        Assert.Equal(107_500, (long)(await Calculate(nigeria, request))["total"]!);
        await new Shop(cells).Client("tax").Post("/api/tax/calculate", request).IsProblem(409, "no_tax_rules");
    }

    [Fact]
    public async Task Without_a_time_the_tenants_own_clock_is_used()
    {
        var shop = new Shop(cells);
        await shop.Hear(Settings.Of("KE", "KES", timeZone: "Africa/Nairobi"));
        var answer = await Calculate(shop, new { currency = "KES", lines = new[] { new { quantity = "1", unitPrice = "100" } } });
        Assert.Equal(TimeSpan.FromHours(3), DateTimeOffset.Parse((string)answer["at"]!).Offset);
    }

    [Fact]
    public async Task What_cannot_be_calculated_is_refused_by_name()
    {
        var client = (await cells.ShopIn("NG", "NGN")).Client("tax");
        static object Lines(params object?[] lines) => new { currency = "NGN", lines };
        static object Taxed(params object[] taxes) => Lines(new { quantity = "1", unitPrice = "1", taxes });
        (object Body, string Code)[] bad =
        [
            (Lines(), "invalid_request"),
            (Lines([null]), "invalid_request"),
            (Lines(Enumerable.Repeat((object)new { quantity = "1", unitPrice = "1" }, 501).ToArray()), "invalid_request"),
            (Lines(new { quantity = "1", unitPrice = "1", taxClass = "standard", taxes = Array.Empty<object>() }), "invalid_request"),
            (Lines(new { quantity = "1", unitPrice = "1", taxClass = new string('x', 101) }), "invalid_request"),
            (Lines(new { quantity = "1", unitPrice = "1", taxes = new[] { new { code = "A", rate = "0", amountPerUnit = "-1" } } }), "invalid_request"),
            (new { currency = "NGN", zones = new string?[] { null }, lines = new[] { new { quantity = "1", unitPrice = "1" } } }, "invalid_request"),
            (Lines(new { quantity = "1", unitPrice = "1", taxes = new[] { new { code = "A", rate = "1", onTopOf = new[] { "B" } } } }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "1000.1" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "7.1234567" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", kind = "fixedPerUnit", amountPerUnit = "0.00001" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", kind = "fixedPerUnit", amountPerUnit = "1", rate = "5" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", kind = "division", rate = "100" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", kind = "division", rate = "60" }, new { code = "B", kind = "division", rate = "40" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5", treatment = "zeroRated" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5" }, new { code = "A", rate = "6" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5", onTopOf = new[] { "A" } }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5" }, new { code = "B", rate = "5", included = true, onTopOf = new[] { "A" } }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "-100", included = true }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5", validFrom = "2026-02-01T00:00:00", validTo = "2026-02-01T00:00:00" }), "tax_rules_invalid"),
            (Taxed(new { code = "A", rate = "5", treatment = "never" }), "malformed_request"),
            (Taxed(new { code = "A", rate = "NaN" }), "malformed_request"),
            (Lines(new { quantity = "1", unitPrice = "1.00001" }), "cannot_be_priced"),
            (new { currency = "ngn", lines = new[] { new { quantity = "1", unitPrice = "1" } } }, "cannot_be_priced"),
            (new { currency = "NGN", at = "yesterday", lines = new[] { new { quantity = "1", unitPrice = "1" } } }, "malformed_request"),
            (Lines(new { quantity = "1", unitPrice = "1", taxClass = "nowhere" }), "cannot_be_priced"),
            (Lines(new { quantity = "0.000001", unitPrice = "1" }), "cannot_be_priced"),
            (Lines(new { quantity = "0", unitPrice = "1" }), "cannot_be_priced"),
            (Lines(new { quantity = "9999999", unitPrice = "9999999999999" }), "cannot_be_priced"),
            (new { currency = "XXX", lines = new[] { new { quantity = "1", unitPrice = "1" } } }, "cannot_be_priced"),
            (new { currency = "NGN", fees = new[] { new { code = "NONE" } }, lines = new[] { new { quantity = "1", unitPrice = "1" } } }, "cannot_be_priced"),
            (Lines(new { quantity = "1e3", unitPrice = "1" }), "malformed_request"),
            (Lines(new { quantity = "1" }), "malformed_request"),
            (Lines(new { quantity = "1", unitPrice = "1", colour = "red" }), "malformed_request"),
        ];
        foreach (var (body, code) in bad)
            await client.Post("/api/tax/calculate", body).IsProblem(400, code);
    }
}
