using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>What the packs charge before and after their owner has confirmed what nobody verified.</summary>
public sealed class PackRateTests(CellsFixture cells)
{
    private static async Task<JsonNode> Price(Shop shop, string currency, string at, string? taxClass = null, string[]? zones = null, int status = 200) =>
        await shop.Client("tax").Post(
            "/api/tax/calculate", new { currency, at, zones, lines = new[] { new { quantity = "1", unitPrice = "10000", taxClass } } }).Is(status);

    private static Task<HttpResponseMessage> Confirm(Shop shop, params string[] confirm) =>
        shop.Client("tax").Send(HttpMethod.Post, "/api/tax/rules/confirm", new { confirm }, ifMatch: "\"1\"");

    private static string[] Amounts(JsonNode answer) => [.. answer["taxes"]!.AsArray().Select(tax => $"{tax!["code"]} {tax["amount"]}").Order()];

    [Theory]
    [InlineData("EG", "EGP", null, "2026-06-15T12:00:00+03:00", 11_400)]
    [InlineData("EG", "EGP", "machinery", "2026-06-15T12:00:00+03:00", 10_500)]
    [InlineData("EG", "EGP", "restaurant-exempt", "2026-06-15T12:00:00+03:00", 10_000)]
    [InlineData("DE", "EUR", null, "2026-06-15T12:00:00+02:00", 11_900)]
    [InlineData("DE", "EUR", "reduced", "2026-06-15T12:00:00+02:00", 10_700)]
    [InlineData("DE", "EUR", "restaurant-food", "2025-12-31T23:59:59+01:00", 11_900)]
    [InlineData("DE", "EUR", "restaurant-food", "2026-01-01T00:00:00+01:00", 10_700)]
    public async Task Verified_rates_are_charged(string country, string currency, string? taxClass, string at, long total) =>
        Assert.Equal(total, (long)(await Price(await cells.ShopIn(country, currency), currency, at, taxClass))["total"]!);

    [Theory]
    [InlineData("GB", "GBP", "standard/VAT", 12_000)]
    [InlineData("IN", "INR", "standard/CGST standard/SGST", 11_800)]
    public async Task A_class_that_nobody_verified_sells_nothing_until_its_owner_confirms_it(string country, string currency, string rules, long total)
    {
        var shop = await cells.ShopIn(country, currency);
        var refused = await Price(shop, currency, "2026-06-15T12:00:00+00:00", status: 400);
        Assert.Equal(("cannot_be_priced", "tax_class_unknown"), ((string?)refused["code"], (string?)refused["reason"]));
        await Confirm(shop, rules.Split(' ')).Is(200);
        Assert.Equal(total, (long)(await Price(shop, currency, "2026-06-15T12:00:00+00:00"))["total"]!);
    }

    [Fact]
    public async Task Indias_halves_are_equal_and_the_net_takes_the_odd_paisa()
    {
        var shop = await cells.ShopIn("IN", "INR", pricesIncludeTax: true);
        await Confirm(shop, "standard/CGST", "standard/SGST").Is(200);
        var answer = await Price(shop, "INR", "2026-06-15T12:00:00+05:30");
        Assert.Equal(["CGST 763", "SGST 763"], Amounts(answer));
        Assert.Equal((8_474L, 10_000L), ((long)answer["net"]!, (long)answer["total"]!));
    }

    [Fact]
    public async Task Quebec_is_taken_by_its_own_code_and_charges_both_taxes_on_the_price()
    {
        var shop = await cells.ShopIn("CA", "CAD");
        await shop.Client("tax").Send(HttpMethod.Post, "/api/tax/packs/CA-QC/apply", null, ifMatch: "\"1\"").Is(200);
        var answer = await Price(shop, "CAD", "2026-06-15T12:00:00-04:00");
        Assert.Equal(["GST 500", "QST 998"], Amounts(answer));
        Assert.Equal((11_498L, 11_500L), ((long)answer["total"]!, (long)answer["cash"]!["due"]!));
    }

    [Fact]
    public async Task In_the_United_States_a_place_decides_and_no_place_is_no_sale()
    {
        var shop = await cells.ShopIn("US", "USD");
        await Confirm(shop, "standard/STATE", "standard/CITY", "standard/MCTD", "standard/SALES", "rounding").Is(200);
        var nowhere = await Price(shop, "USD", "2026-06-15T12:00:00-04:00", status: 400);
        Assert.Equal("tax_zone_required", (string?)nowhere["reason"]);
        Assert.Equal(["CITY 450", "MCTD 38", "STATE 400"], Amounts(await Price(shop, "USD", "2026-06-15T12:00:00-04:00", zones: ["US-NY-NYC"])));
        Assert.Equal(["SALES 625"], Amounts(await Price(shop, "USD", "2026-06-15T12:00:00-04:00", zones: ["US-MA"])));
        // Nobody has confirmed California's rate: there the class has no tax yet, and its goods are not sold untaxed.
        var unconfirmed = await Price(shop, "USD", "2026-06-15T12:00:00-04:00", zones: ["US-CA"], status: 400);
        Assert.Equal("tax_zone_required", (string?)unconfirmed["reason"]);
    }
}
