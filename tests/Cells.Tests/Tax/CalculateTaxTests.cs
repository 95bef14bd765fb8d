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
}
