using System.Text;

namespace WebWaka.Cells.Tests.Promotions;

public sealed class PromotionDocumentTests(CellsFixture cells)
{
    public static readonly TheoryData<string> Accepted =
    [
        """{"type":"percentOff","name":"a","percent":"7.5"}""",
        """{"name":"type last","percent":10,"type":"percentOff"}""",
        """{"type":"amountOff","name":"a","amount":500,"perUnit":true,"items":{"brands":["Acme"],"tags":["sale"]}}""",
        """{"type":"fixedPrice","name":"a","price":"99.5"}""",
        """{"type":"buyXGetY","name":"a","buy":2,"get":1,"match":"sameProduct","repeat":false}""",
        """{"type":"tiered","name":"a","basis":"amount","tiers":[{"from":"1000","percent":"5"},{"from":"5000","percent":"10"}]}""",
        """{"type":"percentOff","name":"Émbùlé","percent":"10","coupon":{}}""",
        """{"type":"percentOff","name":"a","percent":"10","caps":{"amountPerOrder":1000},"stacking":{"mode":"best","group":"g"},"priority":5,"conditions":{"weekdays":["friday"],"hours":[{"from":"17:00:00","to":"19:00:00"}],"validFrom":"2026-12-01T00:00:00","validTo":"2027-01-01T00:00:00","minimumAmount":10000}}""",
    ];

    public static readonly TheoryData<string, string> Refused = new()
    {
        { """{"name":"a","percent":"10"}""", "invalid_request" },
        { """{"type":"nonsense","name":"a"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":true}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","colour":"red"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"moon":"full"}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":null}""", "invalid_request" },
        { """{"type":"percentOff","name":"","percent":"10"}""", "invalid_request" },
        { """{"type":"percentOff","Name":"a","percent":"10"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","priority":"1"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a\nb","percent":"10"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","priority":2000000}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","items":{"tags":[null]}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","items":{"categories":[null]}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"of":{"categories":[""]}}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","scope":"Line"}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","scope":"line "}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"weekdays":["Friday"]}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","coupon":{"codes":["HELLO"]}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","coupon":{"perOrder":0}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"validFrom":"2026-12-01T00:00:00","validTo":"2026-12-01T00:00:00"}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"validFrom":"2026-12-01T00:00:00Z"}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"minimumAmount":-1}}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"hours":[null]}}""", "invalid_request" },
        { """{"type":"tiered","name":"a","tiers":[null]}""", "invalid_request" },
        { """{"type":"percentOff","name":"a","percent":"100.1"}""", "promotion_invalid" },
        { """{"type":"amountOff","name":"a","amount":-1}""", "promotion_invalid" },
        { """{"type":"tiered","name":"a","tiers":[]}""", "promotion_invalid" },
        { """{"type":"percentOff","name":"a","percent":"10","name":"b"}""", "malformed_request" },
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"minimumAmount":1,"minimumAmount":2}}""", "malformed_request" },
        { """{"type":"percentOff","name":"a","percent":"10","coupon":{"codes":[],"codes":[]}}""", "malformed_request" },
        { """{"type":"percentOff","name":"a","percent":"10","4111 1111 1111 1111":"red"}""", "card_number_refused" },
        { """{"type":"percentOff","name":"4111 1111 1111 1111","percent":"10"}""", "card_number_refused" },
        { "7", "malformed_request" },
        { "null", "malformed_request" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task Every_kind_of_rule_is_kept_and_can_be_put_back_as_it_was_read(string rule)
    {
        var client = new Shop(cells).Client("promotions");
        var made = await client.PostAsync("/api/promotions", Body(rule)).Is(201);
        var again = await client.Send(HttpMethod.Put, $"/api/promotions/{made["id"]}", new { rule = made["rule"] }, ifMatch: "\"1\"").Is(200);
        made["rule"]!["version"] = 2;
        Assert.Equal(made["rule"]!.ToJsonString(), again["rule"]!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_rule_that_cannot_be_meant_is_refused_and_nothing_is_stored(string rule, string code)
    {
        var client = new Shop(cells).Client("promotions");
        await client.PostAsync("/api/promotions", Body(rule)).IsProblem(400, code);
        Assert.Empty((await client.GetAsync("/api/promotions").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Lists_and_limits_have_bounds()
    {
        var client = new Shop(cells).Client("promotions");
        var products = Enumerable.Range(0, 2001).Select(_ => PromotionRules.Id());
        await client.Post("/api/promotions", new { rule = new { type = "percentOff", name = "a", percent = "10", items = new { products } } })
            .IsProblem(400, "invalid_request");
        await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent(new string('x', 101)) }).IsProblem(400, "invalid_request");
        await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent(), totalLimit = 0 }).IsProblem(400, "invalid_request");
        await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent(), id = Guid.Empty }).IsProblem(400, "invalid_request");
        await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent(), surprise = 1 }).IsProblem(400, "malformed_request");
        await client.Post("/api/promotions", new { }).IsProblem(400, "malformed_request");
    }

    private static StringContent Body(string rule) => new($$"""{"rule":{{rule}}}""", Encoding.UTF8, "application/json");
}
