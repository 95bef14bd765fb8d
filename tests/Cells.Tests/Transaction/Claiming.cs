using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Contracts.Promotions;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Sales of one bag of rice (12,500.00 and VAT) that take from something limited, as the tests of claims need them.</summary>
internal static class Claiming
{
    public const long Rice = 1_250_000;

    public static Task Gives(this SellingShop shop, Promotion rule, long? totalLimit = null) => shop.Shop.Hear(
        new PromotionChanged(rule.Id, rule.Version, JsonSerializer.Serialize(rule, PricingJson.Options), totalLimit, false));

    /// <summary>Ten percent off an order.</summary>
    public static PercentOff TenPercent(PromotionCaps caps, Guid? id = null) =>
        new() { Id = id ?? SellingShop.NewId(), Name = "Opening", Percent = 10, Scope = PromotionScope.Order, Caps = caps };

    public static object Asked(SellingShop shop, Guid? customer, string[]? coupons, long? burn, string quantity) => new
    {
        storeId = shop.Store, tillId = shop.Till, lines = new[] { new { productId = shop.Rice, quantity } }, coupons = coupons ?? [],
        customerId = customer, burnPoints = burn,
    };

    public static Task<JsonNode> QuoteRice(this SellingShop shop, Guid? customer = null, string[]? coupons = null, long? burn = null, string quantity = "1") =>
        shop.Cashier.Post("/api/quotes", Asked(shop, customer, coupons, burn, quantity)).Is(200);

    /// <summary>Why a quote does not give this promotion; the demo shop has others, and none of theirs is meant.</summary>
    public static string WhyNot(this JsonNode quote, Guid promotion) =>
        (string)Assert.Single(quote["notApplied"]!.AsArray(), row => (Guid?)row!["promotion"] == promotion)!["reason"]!;

    /// <summary>A cart that has been quoted and is to be paid in cash.</summary>
    public static async Task<Sale> CartOf(
        this SellingShop shop, Guid? customer = null, string[]? coupons = null, long? burn = null, object[]? leases = null, string quantity = "1",
        string method = "cash")
    {
        var quote = await shop.QuoteRice(customer, coupons, burn, quantity);
        var body = JsonSerializer.SerializeToNode(Asked(shop, customer, coupons, burn, quantity))!.AsObject();
        var (id, total) = (SellingShop.NewId(), (long)quote["total"]!);
        body["id"] = id;
        body["shiftId"] = shop.Shift;
        body["expectedTotal"] = total;
        body["leases"] = JsonSerializer.SerializeToNode(leases);
        body["tenders"] = new JsonArray(new JsonObject { ["method"] = method, ["amount"] = total });
        return new Sale(id, body, (long)quote["discount"]!);
    }

    public static Task<HttpResponseMessage> Sell(this SellingShop shop, Sale sale) => shop.Cashier.Post("/api/sales", sale.Body, sale.Id.ToString());

    public static Task<JsonNode> Void(this SellingShop shop, Sale sale) =>
        shop.Cashier.Post($"/api/sales/{sale.Id}/void", new { reason = "wrong" }, $"void-{sale.Id}").Is(200);

    public static Task<JsonNode> Refund(this SellingShop shop, Sale sale, string? quantity = null) => shop.Cashier.Post(
        "/api/refunds",
        new { saleId = sale.Id, reason = "returned", lines = quantity is null ? null : new[] { new { line = 1, quantity, restock = false } } },
        SellingShop.NewId().ToString()).Is(201);

    /// <summary>Fifty tills at once: how many were answered with each status and code.</summary>
    public static async Task<Dictionary<string, int>> SellAtOnce(this SellingShop shop, IEnumerable<Sale> sales)
    {
        var answers = await Task.WhenAll(sales.Select(async sale =>
        {
            var answer = await shop.Sell(sale);
            var code = answer.IsSuccessStatusCode ? "" : $" {JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]}";
            return $"{(int)answer.StatusCode}{code}";
        }));
        return answers.GroupBy(answer => answer).ToDictionary(group => group.Key, group => group.Count());
    }

    public static async Task<List<Sale>> Carts(this SellingShop shop, int count, Func<int, Task<Sale>> cart)
    {
        var carts = new List<Sale>();
        for (var i = 0; i < count; i++)
            carts.Add(await cart(i));
        return carts;
    }

    public static async Task<long> Number(CellsFixture cells, SellingShop shop, string sql, params object[] values)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        foreach (var value in new object[] { shop.Shop.Tenant }.Concat(values))
            command.Parameters.Add(new() { Value = value });
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    internal sealed record Sale(Guid Id, JsonObject Body, long Discount);
}
