using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Tax rules that a test gives a selling shop, and what it sells by them.</summary>
internal static class Charges
{
    /// <summary>Above every version that the tax Cell gives this shop meanwhile.</summary>
    public const long Own = 1_000;

    public static readonly TaxComponent Vat = new() { Code = "VAT", Rate = 7.5m, ValidFrom = new DateTime(2020, 2, 1) };

    public static RuleBook Book(string version = "NG-2026.1.7", params TaxComponent[] standard) => new()
    {
        DefaultTaxClass = "standard",
        TaxClasses = [new TaxClass("standard", "Standard", standard.Length == 0 ? [Vat] : standard)],
        Versions = new RuleVersions(Taxes: version, Fees: version),
    };

    public static Task Rules(this SellingShop shop, RuleBook rules, long version = Own) =>
        shop.Shop.Hear(new TaxRulesChanged(version, JsonSerializer.Serialize(rules, PricingJson.Options)));

    /// <summary>Two pieces of soap: 901.00.</summary>
    public static object[] Soap(this SellingShop shop, string quantity = "2") => [new { productId = shop.Soap, quantity }];

    public static Task<HttpResponseMessage> Ask(
        this SellingShop shop, object lines, object? fees = null, object? tenders = null, Guid? customer = null, Guid? store = null,
        string[]? coupons = null) =>
        shop.Cashier.Post("/api/quotes", new
        {
            storeId = store ?? shop.Store, tillId = store is null ? shop.Till : (Guid?)null, lines, fees, tenders, customerId = customer, coupons,
        });

    /// <summary>Rings the lines up for exactly what they cost, by one method.</summary>
    public static async Task<(Guid Id, JsonNode Answer)> Ring(
        this SellingShop shop, object lines, object? fees = null, string method = "cash", Guid? customer = null, string[]? coupons = null, long? due = null)
    {
        var id = SellingShop.NewId();
        var quote = await shop.Ask(lines, fees, new[] { new { method } }, customer, coupons: coupons).Is(200);
        var total = (long)quote["total"]!;
        var answer = await shop.Cashier.Post("/api/sales", new
        {
            id, storeId = shop.Store, tillId = shop.Till, shiftId = shop.Shift, lines, fees, coupons, customerId = customer, expectedTotal = total,
            tenders = new object[] { new { method, amount = due ?? (long)quote["due"]!, reference = method == "card" ? "POS-1" : null } },
        }, id.ToString()).Is(201);
        return (id, answer);
    }

    public static async Task<JsonNode> Document(this SellingShop shop, Guid sale) =>
        (await shop.Cashier.GetAsync($"/api/sales/{sale}").Is(200))["document"]!;
}
