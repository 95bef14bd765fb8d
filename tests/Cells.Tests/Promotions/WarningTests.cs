using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Promotions;

/// <summary>Rules that contradict themselves or each other are stored and reported.</summary>
public sealed class WarningTests(CellsFixture cells)
{
    private static readonly Guid Tea = PromotionRules.Id();

    private static async Task<(Guid Id, string[] Codes)> Save(Shop shop, object rule)
    {
        var made = await shop.Client("promotions").Post("/api/promotions", new { rule }).Is(201);
        return ((Guid)made["id"]!, [.. made["warnings"]?.AsArray().Select(warning => (string)warning!["code"]!) ?? []]);
    }

    public static readonly TheoryData<string, string> Alone = new()
    {
        { """{"type":"percentOff","name":"a","percent":"10","conditions":{"validTo":"2020-01-01T00:00:00"}}""", "ended" },
        {
            """
            {"type":"percentOff","name":"a","percent":"10",
                "conditions":{"weekdays":["sunday"],"validFrom":"2030-01-07T00:00:00","validTo":"2030-01-09T00:00:00"}}
            """, "never_applies"
        },
        { """{"type":"percentOff","name":"a","percent":"10","caps":{"budget":0}}""", "never_applies" },
        { """{"type":"percentOff","name":"a","percent":"10","items":{"tags":["tea"],"excludedTags":["tea"]}}""", "never_applies" },
        { """{"type":"percentOff","name":"a","percent":"0"}""", "never_applies" },
        { """{"type":"amountOff","name":"a","amount":500,"scope":"order","caps":{"amountPerOrder":300}}""", "cap_below_amount" },
        {
            """{"type":"percentOff","name":"a","percent":"10","scope":"order","conditions":{"minimumAmount":10000},"caps":{"amountPerOrder":1000}}""",
            "minimum_above_cap"
        },
        {
            """{"type":"tiered","name":"a","tiers":[{"from":"1","percent":"5"},{"from":"3","percent":"10"}],"conditions":{"minimumQuantity":"4"}}""",
            "tier_never_reached"
        },
        { """{"type":"percentOff","name":"a","percent":"10","coupon":{}}""", "coupon_without_codes" },
    };

    [Theory]
    [MemberData(nameof(Alone))]
    public async Task A_rule_that_contradicts_itself_is_stored_and_reported(string rule, string code)
    {
        var shop = new Shop(cells);
        var (id, codes) = await Save(shop, JsonNode.Parse(rule)!);
        Assert.Equal([code], codes);
        var now = await shop.Client("promotions").GetAsync($"/api/promotions/{id}/warnings").Is(200);
        Assert.Equal([code], now["warnings"]!.AsArray().Select(warning => (string)warning!["code"]!));
    }

    [Fact]
    public async Task What_makes_sense_is_answered_without_warnings()
    {
        var shop = new Shop(cells);
        Assert.Empty((await Save(shop, new { type = "percentOff", name = "a", percent = "10", items = new { tags = new[] { "tea" } } })).Codes);
        Assert.Empty((await Save(shop, new { type = "percentOff", name = "b", percent = "12", items = new { tags = new[] { "rice" } } })).Codes);
        Assert.Empty((await Save(shop, new
        {
            type = "percentOff", name = "c", percent = "10", items = new { tags = new[] { "tea" } }, conditions = new { stores = new[] { Tea } }, priority = 3,
        })).Codes);
    }

    [Fact]
    public async Task Two_rules_that_get_into_each_others_way_name_each_other()
    {
        var shop = new Shop(cells);
        var all = new { mode = "exclusive", group = "" };
        var (wide, _) = await Save(shop, new { type = "percentOff", name = "wide", percent = "10", stacking = all, priority = 5 });
        var (_, shadowed) = await Save(shop, new { type = "amountOff", name = "narrow", amount = 5, items = new { products = new[] { Tea } } });
        Assert.Equal(["shadowed"], shadowed);
        var (_, tie) = await Save(shop, new { type = "percentOff", name = "tie", percent = "11", stacking = all, priority = 5 });
        Assert.Contains("exclusive_tie", tie);
        var seen = await shop.Client("promotions").GetAsync($"/api/promotions/{wide}/warnings").Is(200);
        Assert.Contains(seen["warnings"]!.AsArray(), warning => (string)warning!["code"]! == "shadows");

        var other = new Shop(cells);
        await Save(other, new { type = "percentOff", name = "one", percent = "10" });
        Assert.Equal(["same_rule"], (await Save(other, new { type = "percentOff", name = "two", percent = "10" })).Codes);
        Assert.Contains("priority_tie", (await Save(other, new { type = "amountOff", name = "three", amount = 9 })).Codes);
        Assert.Contains("not_combinable", (await Save(other, new { type = "percentOff", name = "four", percent = "7", stacking = new { group = "b" } })).Codes);
    }

    [Fact]
    public async Task Rules_that_never_meet_are_not_held_against_each_other_nor_are_another_tenants()
    {
        var shop = new Shop(cells);
        var exclusive = new { mode = "exclusive", group = "" };
        object In(string name, string validFrom, string validTo) =>
            new { type = "percentOff", name, percent = "10", stacking = exclusive, conditions = new { validFrom, validTo } };
        var (id, _) = await Save(shop, In("june", "2030-06-01T00:00:00", "2030-07-01T00:00:00"));
        Assert.Empty((await Save(shop, In("july", "2030-07-01T00:00:00", "2030-08-01T00:00:00"))).Codes);
        Assert.Empty((await Save(new Shop(cells), new { type = "percentOff", name = "theirs", percent = "10", stacking = exclusive })).Codes);
        await new Shop(cells).Client("promotions").GetAsync($"/api/promotions/{id}/warnings").IsProblem(404, "not_found");
    }

    private const string Exclusive = """ ,"stacking":{"mode":"exclusive","group":""} """;

    /// <summary>Ten percent off and nine off, each with what sets them apart: they would be in each other's way but for that.</summary>
    public static readonly TheoryData<string, string> Apart = new()
    {
        { """ ,"items":{"tags":["tea"]} """, """ ,"items":{"tags":["rice"]} """ },
        { At("stores", 1), At("stores", 2) },
        { At("tills", 1), At("tills", 2) },
        { At("customers", 1), At("customers", 2) },
        { """ ,"conditions":{"weekdays":["sunday"]} """, """ ,"conditions":{"weekdays":["monday"]} """ },
        { """ ,"conditions":{"validTo":"2031-01-01T00:00:00"} """, """ ,"conditions":{"validFrom":"2031-01-01T00:00:00"} """ },
    };

    /// <summary>The first is exclusive and leaves lines to others: by a condition, a cap, what it excludes, its time, its stores, its priority.</summary>
    public static readonly TheoryData<string, string> NoShadow = new()
    {
        { Exclusive + """ ,"conditions":{"tenders":["card"]} """, "" },
        { Exclusive + """ ,"conditions":{"customerGroups":["staff"]} """, "" },
        { Exclusive + """ ,"caps":{"budget":100000} """, "" },
        { Exclusive + """ ,"items":{"excludedTags":["tea"]} """, "" },
        { Exclusive + """ ,"conditions":{"validTo":"2031-01-01T00:00:00"} """, "" },
        { Exclusive + At("stores", 1), "" },
        { Exclusive, Exclusive + """ ,"priority":1 """ },
    };

    private static string At(string member, int place) => $$""" ,"conditions":{"{{member}}":["0000000{{place}}-0000-0000-0000-000000000000"]} """;

    [Theory]
    [MemberData(nameof(Apart))]
    [MemberData(nameof(NoShadow))]
    public async Task Rules_that_leave_each_other_room_are_not_reported(string first, string second)
    {
        var shop = new Shop(cells);
        await Save(shop, JsonNode.Parse("{" + """ "type":"percentOff","name":"first","percent":"10" """ + first + "}")!);
        var (_, codes) = await Save(shop, JsonNode.Parse("{" + """ "type":"amountOff","name":"second","amount":9 """ + second + "}")!);
        Assert.Empty(codes.Except(["shadows"]));
    }
}
