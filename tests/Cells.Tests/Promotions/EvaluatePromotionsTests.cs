using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Promotions;

public sealed class EvaluatePromotionsTests(CellsFixture cells)
{
    private static readonly Guid Tea = PromotionRules.Id();

    private static object Cart(object[] lines, object[]? coupons = null) =>
        new { currency = "NGN", at = "2026-06-15T12:00:00+01:00", lines, coupons = coupons ?? [] };

    private static object Line(string unitPrice, string quantity = "1") => new { productId = Tea, quantity, unitPrice };

    private static string[] Reasons(JsonNode answer) =>
        [.. answer["notApplied"]!.AsArray().Select(refused => $"{refused!["name"]}: {refused["reason"]}")];

    [Fact]
    public async Task Rules_that_come_along_are_tried_on_the_cart_that_comes_along()
    {
        var client = new Shop(cells).Client("promotions");
        var answer = await client.Post("/api/promotions/evaluate", new
        {
            cart = Cart([Line("70000", "2"), Line("30000")], [new { code = "TEN" }]),
            rules = new object[]
            {
                new { type = "bundle", name = "Pair", parts = new[] { new { quantity = 2 } }, price = 100_000, items = new { products = new[] { Tea } } },
                new { type = "percentOff", name = "Ten", percent = "10", scope = "order", coupon = new { codes = new[] { "TEN" } } },
                new { type = "amountOff", name = "Elsewhere", amount = 5, items = new { tags = new[] { "wine" } } },
            },
            pricesIncludeTax = true,
            defaultTaxClass = "standard",
            taxClasses = new[] { new { code = "standard", name = "Standard", components = new[] { new { code = "VAT", rate = "7.5" } } } },
        }).Is(200);
        Assert.Equal([40_000L, 13_000L], answer["applied"]!.AsArray().Select(given => (long)given!["amount"]!));
        Assert.Equal((117_000L, 8_163L), ((long)answer["total"]!, (long)answer["tax"]!));
        Assert.Equal(["Elsewhere: no_matching_item"], Reasons(answer));
    }

    /// <summary>One of each reason that a promotion can have for giving nothing, and one that gives.</summary>
    [Fact]
    public async Task Every_rule_is_given_or_says_why_not()
    {
        static object Rule(
            string name, object? conditions = null, object? caps = null, object? coupon = null, object? items = null, object? stacking = null) => new
        {
            type = "percentOff", name, percent = "10", conditions = conditions ?? new { }, caps = caps ?? new { }, coupon, items,
            stacking = stacking ?? new { mode = "stackable", group = "" },
        };
        var other = new[] { PromotionRules.Id() };
        var exhausted = new { type = "percentOff", id = PromotionRules.Id(), name = "exhausted", percent = "1" };
        var used = new { type = "percentOff", id = PromotionRules.Id(), name = "used_up_today", percent = "1", caps = new { usesPerDay = 1 } };
        object[] rules =
        [
            exhausted, used, Rule("given"),
            Rule("outside_dates", new { validTo = "2026-01-01T00:00:00" }),
            Rule("outside_hours", new { weekdays = new[] { "sunday" } }),
            Rule("other_store", new { stores = other }), Rule("other_till", new { tills = other }),
            Rule("other_customer", new { customers = other }),
            Rule("other_customer_group", new { customerGroups = new[] { "gold" } }), Rule("not_first_purchase", new { firstPurchaseOnly = true }),
            Rule("other_tender", new { tenders = new[] { "card" } }), Rule("customer_required", caps: new { usesPerCustomer = 1 }),
            Rule("used_up_in_total", caps: new { usesInTotal = 0 }), Rule("budget_spent", caps: new { budget = 0 }),
            Rule("below_minimum_quantity", new { minimumQuantity = "9" }), Rule("below_minimum_amount", new { minimumAmount = 99_999 }),
            Rule("coupon_required", coupon: new { codes = new[] { "OTHER" } }), Rule("no_matching_item", items: new { tags = new[] { "wine" } }),
            Rule("not_combinable", stacking: new { mode = "stackable", group = "z" }),
            new { type = "freeGift", name = "gift_not_in_cart", gifts = new { tags = new[] { "gift" } } },
        ];
        var answer = await new Shop(cells).Client("promotions").Post("/api/promotions/evaluate", new
        {
            cart = new
            {
                currency = "NGN", at = "2026-06-15T12:00:00+01:00", lines = new[] { Line("1000") }, exhaustedPromotions = new[] { exhausted.id },
                usage = new[] { new { promotionId = used.id, today = 1 } },
            },
            rules,
        }).Is(200);
        Assert.Equal(["given"], answer["applied"]!.AsArray().Select(given => (string)given!["name"]!));
        Assert.Equal(rules.Length - 1, answer["notApplied"]!.AsArray().Count);
        Assert.All(answer["notApplied"]!.AsArray(), refused => Assert.Equal((string?)refused!["name"], (string?)refused["reason"]));
    }

    [Fact]
    public async Task Each_tenant_is_evaluated_by_its_own_promotions()
    {
        var (shop, other) = (new Shop(cells), new Shop(cells));
        await shop.Promotion(name: "Ours");
        var request = new { cart = Cart([Line("1000")]) };
        Assert.Equal(900, (long)(await shop.Client("promotions").Post("/api/promotions/evaluate", request).Is(200))["total"]!);
        Assert.Equal(1000, (long)(await other.Client("promotions").Post("/api/promotions/evaluate", request).Is(200))["total"]!);
    }

    [Fact]
    public async Task What_cannot_be_evaluated_is_refused_by_name()
    {
        var client = new Shop(cells).Client("promotions");
        await client.Post("/api/promotions/evaluate", new { cart = 5 }).IsProblem(400, "malformed_request");
        await client.Post("/api/promotions/evaluate", new { cart = new { currency = "NGN", lines = new[] { new { quantity = "x" } } } })
            .IsProblem(400, "invalid_request");
        await client.Post("/api/promotions/evaluate", new { cart = Cart([Line("1000", "0")]) }).IsProblem(400, "cannot_be_priced");
        await client.Post("/api/promotions/evaluate", new { cart = Cart([Line("1")]), rules = new object[] { new { type = "freeGift", name = "No gift" } } })
            .IsProblem(400, "invalid_request");
        await client.Post("/api/promotions/evaluate", new
        {
            cart = Cart([Line("1")]), rules = new object[] { new { type = "bundle", name = "Empty", parts = Array.Empty<object>(), price = 1 } },
        }).IsProblem(400, "promotion_invalid");
    }
}
