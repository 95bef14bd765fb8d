using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Tax;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Promotions;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>The examples of the served API documents are posted as they stand, and what comes back is what they say.</summary>
public sealed class ApiExampleTests(CellsFixture cells)
{
    /// <summary>What depends on the moment and on how often rules have changed: it has to be there, whatever it is.</summary>
    private static readonly string[] OfTheMoment = ["rulesVersion", "taxPoint", "number", "businessDate", "at"];

    private static Guid Id(int last) => new($"01980000-0000-7000-8000-00000000000{last}");

    [Theory]
    [InlineData("tax", "/api/tax/calculate")]
    [InlineData("promotions", "/api/promotions/evaluate")]
    public async Task An_inline_case_of_the_document_is_answered_as_it_says(string cell, string path)
    {
        var (request, expected) = await Example(cell, path, "200");
        Same(expected, await (await cells.ShopIn("NG", "NGN")).Client(cell).Post(path, request).Is(200), path);
    }

    [Fact]
    public async Task The_quote_and_the_sale_of_the_document_are_answered_as_it_says()
    {
        var shop = await OpenShop();
        var supervisor = shop.Client("transaction", "supervisor");
        var (quote, quoted) = await Example("transaction", "/api/quotes", "200");
        Same(quoted, await supervisor.Post("/api/quotes", quote).Is(200), "quote");
        var (sale, sold) = await Example("transaction", "/api/sales", "201");
        Same(sold, await supervisor.Post("/api/sales", sale, "k").Is(201), "sale");
    }

    [Fact]
    public async Task The_customer_of_the_document_is_answered_as_it_says()
    {
        var (request, expected) = await Example("identity", "/api/customers", "201");
        Same(expected, await new Shop(cells).Client("identity").Post("/api/customers", request).Is(201), "customer");
    }

    private async Task<(JsonNode Request, JsonNode Answer)> Example(string cell, string path, string status)
    {
        using var client = new HttpClient { BaseAddress = cells.AddressOf(cell) };
        var operation = (await client.GetAsync("/openapi/v1.json").Is(200))["paths"]![path]!["post"]!;
        return (Of(operation["requestBody"]!), Of(operation["responses"]![status]!));

        static JsonNode Of(JsonNode body) => body["content"]!["application/json"]!["example"]!;
    }

    /// <summary>The shop of the examples: its rules, goods, coupon, till and open shift under their ids.</summary>
    private async Task<Shop> OpenShop()
    {
        var shop = new Shop(cells);
        await shop.Hear(new TenantSettingsChanged(1, shop.Slug, "Test shop", "NG", "NGN", "Africa/Lagos", "04:00", false, null, null, "active"));
        await shop.Hear(new StoreChanged(Id(1), 1, "LAG", "Lagos", null, "Africa/Lagos", "04:00", false));
        await shop.Hear(new TillChanged(Id(2), 1, Id(1), "T01", "Till 1", false));
        await shop.Hear(SellingShop.Product(Id(3), "RICE", "Rice 5 kg", "1250000", "6151234567890"));
        await shop.Hear(SellingShop.Product(Id(6), "SOAP", "Soap", "45050", "6159876543210"));
        var rules = Charges.Book("NG-2026.1.1") with
        {
            Fees =
            [
                new() { Code = "TIP", Name = "Tip", Kind = FeeKind.Open, Automatic = false },
                new() { Code = "DELIVERY", Name = "Delivery", Kind = FeeKind.FixedPerDocument, Amount = 100_000, Automatic = false },
            ],
            CashRounding = [new("NGN", 500)],
        };
        await shop.Hear(new TaxRulesChanged(Charges.Own, JsonSerializer.Serialize(rules, PricingJson.Options)));
        Promotion welcome = new PercentOff { Id = Id(4), Name = "Welcome", Percent = 10, Scope = PromotionScope.Order, Coupon = new CouponRule([]) };
        await shop.Hear(new PromotionChanged(Id(4), 1, JsonSerializer.Serialize(welcome, PricingJson.Options), null, false));
        await shop.Hear(new CouponChanged("WELCOME10", 1, Id(4), null, null, null, false));
        await shop.Client("transaction", "supervisor").Post("/api/shifts", new { tillId = Id(2), @float = 0, id = Id(8) }).Is(201);
        return shop;
    }

    /// <summary>Every member of the example is in the answer with the same value.</summary>
    private static void Same(JsonNode expected, JsonNode? actual, string at)
    {
        Assert.True(actual is not null, $"{at} is not in the answer");
        Assert.Equal(expected.GetValueKind(), actual.GetValueKind());
        switch (expected)
        {
            case JsonObject members:
                foreach (var (name, value) in members.Where(member => !OfTheMoment.Contains(member.Key)))
                    Same(value!, actual[name], $"{at}.{name}");
                foreach (var (name, value) in members.Where(member => OfTheMoment.Contains(member.Key)))
                    Assert.Equal(value!.GetValueKind(), actual[name]?.GetValueKind());
                break;
            case JsonArray items:
                Assert.Equal(items.Count, actual.AsArray().Count);
                for (var i = 0; i < items.Count; i++)
                    Same(items[i]!, actual[i], $"{at}[{i}]");
                break;
            default:
                Assert.Equal($"{at} {expected.ToJsonString()}", $"{at} {actual.ToJsonString()}");
                break;
        }
    }
}
