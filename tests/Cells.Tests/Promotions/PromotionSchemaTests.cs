extern alias jsonschema;

using System.Text.Json;
using System.Text.Json.Nodes;
using jsonschema::Json.Schema;
using WebWaka.Pricing;
using WebWaka.Promotions.Promotions;

namespace WebWaka.Cells.Tests.Promotions;

/// <summary>The schema and the door say the same of every document, as far as a schema can: held by documents changed at random.</summary>
public sealed class PromotionSchemaTests(CellsFixture cells)
{
    private const int Mutations = 6_000;
    private static readonly JsonSchema Rule = JsonSchema.FromText(PromotionSchema.Rule);
    private static readonly JsonSchema Programme = JsonSchema.FromText(PromotionSchema.Programme);

    /// <summary>What is wrong between two members, which no schema says.</summary>
    private static readonly string[] BetweenMembers = ["rule.conditions.validTo: after validFrom"];

    private static readonly string[] Whole =
    [
        .. PromotionDocumentTests.Accepted.Select(row => row.Data),
        """
        {"type":"bundle","name":"b","parts":[{"quantity":2,"items":{"products":["11111111-1111-1111-1111-111111111111"]}},{"quantity":1}],
            "price":900,"take":"cheapest","repeat":false}
        """,
        """
        {"type":"freeGift","name":"g","gifts":{"tags":["gift"],"excludedBrands":["x"]},"quantity":2,"percent":"50","usesReturn":"onVoid",
            "spread":"lineOrder","scope":"group"}
        """,
        """
        {"type":"percentOff","name":"c","percent":"5","coupon":{"codes":[],"perOrder":2,"perCustomer":3},
            "conditions":{"stores":["11111111-1111-1111-1111-111111111111"],"tills":[],"customers":[],"customerGroups":["gold"],"firstPurchaseOnly":true,
                "tenders":["cash"],"minimumQuantity":"1.5","moreThanMinimum":true,"amountBasis":"net","of":{"categories":["food"]},
                "weekdays":["sunday"],"hours":[{"from":"22:00:00","to":"02:00:00"}]},
            "caps":{"amountPerLine":1,"unitsPerLine":"2","usesPerCustomer":1,"usesPerDay":2,"usesInTotal":3,"budget":4}}
        """,
    ];

    private static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1", "1.5", "101", "3000000000", "\"\"", "\"x\"", "\"10\"",
        "\"-3\"", "\"1.5.2\"", "\"a\\tb\"", "\"  \"", "[]", "[null]",
        "[1]", "[\"x\"]", "[\"\"]", "{}", "{\"x\":1}", "\"line\"", "\"Line\"", "\"LINE\"", "\" line\"", "\"best\"",
        "\"2026-12-01T00:00:00\"", "\"2026-12-01T00:00:00Z\"", "\"2026-13-01T00:00:00\"",
        "\"11111111-1111-1111-1111-111111111111\"", "[\"11111111-1111-1111-1111-111111111111\"]", "\"25:00:00\"",
        "[\"monday\"]", "[\"Monday\"]", "[\"someday\"]",
        $"\"{new string('n', 101)}\"",
    ];

    [Fact]
    public void What_the_schema_refuses_the_door_refuses_and_the_other_way_round()
    {
        var given = Environment.GetEnvironmentVariable("SEED");
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Mutations; i++)
        {
            var document = JsonNode.Parse(Whole[random.Next(Whole.Length)])!;
            for (var changes = random.Next(3); changes >= 0; changes--)
                Change(document, random);
            var text = document.ToJsonString();
            var door = PromotionDocument.Parse(JsonDocument.Parse(text).RootElement, PromotionRules.Id(), 1);
            var schema = Rule.Evaluate(JsonNode.Parse(text)).IsValid;
            // promotion_invalid is what Pricing says of a document that can be read.
            var byForm = door.Problem is { } problem && problem.Code != "promotion_invalid" && !BetweenMembers.Contains(problem.Detail);
            Assert.True(schema || door.Problem is not null, $"seed {seed}: the schema refuses what the door takes: {text}");
            Assert.True(!byForm || !schema, $"seed {seed}: the door refuses ({door.Problem?.Detail}) what the schema takes: {text}");
            (accepted, refused) = door.Ok ? (accepted + 1, refused) : (accepted, refused + 1);
        }

        Assert.InRange(accepted, Mutations / 20, Mutations);
        Assert.InRange(refused, Mutations / 20, Mutations);
    }

    [Fact]
    public void Every_member_of_every_kind_of_rule_is_in_the_schema()
    {
        var kinds = typeof(Promotion).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Promotion))).ToList();
        var schema = JsonNode.Parse(PromotionSchema.Rule)!;
        var described = schema["anyOf"]!.AsArray().Select(kind => kind!["properties"]!.AsObject()).ToDictionary(kind => (string)kind["type"]!["const"]!);
        Assert.Equal(kinds.Count, described.Count);
        foreach (var kind in kinds)
        {
            var name = char.ToLowerInvariant(kind.Name[0]) + kind.Name[1..];
            var members = kind.GetProperties().Where(p => p.Name != "EqualityContract").Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]);
            Assert.Empty(members.Except(described[name].Select(member => member.Key)));
        }
    }

    [Fact]
    public async Task The_schema_is_served_and_takes_what_the_door_gave_out()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        using var answer = await client.GetAsync("/api/promotions/schema");
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        var served = JsonSchema.FromText(await answer.Content.ReadAsStringAsync());
        foreach (var rule in Whole)
        {
            using var content = new StringContent($$"""{"rule":{{rule}}}""", System.Text.Encoding.UTF8, "application/json");
            var made = await client.PostAsync("/api/promotions", content).Is(201);
            Assert.True(served.Evaluate(made["rule"]).IsValid, made["rule"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_programme_is_held_to_its_schema_and_published_with_its_version()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        await client.GetAsync("/api/promotions/loyalty").IsProblem(404, "not_found");
        var programme = new { name = "Stars", earn = new { points = 1, amount = 10_000 }, burn = new { pointValue = "100" } };
        await client.Send(HttpMethod.Put, "/api/promotions/loyalty", new { programme }, ifMatch: "\"1\"").IsProblem(412, "version_moved");
        var made = await client.Send(HttpMethod.Put, "/api/promotions/loyalty", new { programme }, ifMatch: "\"0\"").Is(200);
        Assert.Equal(1, (long)made["version"]!);
        Assert.True(Programme.Evaluate(made["programme"]).IsValid);
        await client.Send(HttpMethod.Put, "/api/promotions/loyalty", new { programme }, ifMatch: "\"0\"").IsProblem(412, "version_moved");
        foreach (var wrong in new object[] { new { name = "" }, new { name = "x", earn = new { points = 1 } }, new { name = "x", colour = "red" } })
        {
            Assert.False(Programme.Evaluate(JsonSerializer.SerializeToNode(wrong)).IsValid);
            await client.Send(HttpMethod.Put, "/api/promotions/loyalty", new { programme = wrong }, ifMatch: "\"1\"").IsProblem(400, "invalid_request");
        }

        await client.Send(HttpMethod.Put, "/api/promotions/loyalty", new { programme = new { name = "x" } }, ifMatch: "\"1\"")
            .IsProblem(400, "promotion_invalid");
        await client.GetAsync("/api/promotions/loyalty/schema").Is(200);
        await new Shop(cells).Client("promotions").GetAsync("/api/promotions/loyalty").IsProblem(404, "not_found");
    }

    private static void Change(JsonNode document, Random random)
    {
        var objects = new List<JsonObject>();
        Collect(document);
        var chosen = objects[random.Next(objects.Count)];
        var names = chosen.Select(member => member.Key).ToList();
        switch (random.Next(10))
        {
            case 0 when names.Count > 0:
                chosen.Remove(names[random.Next(names.Count)]);
                break;
            case 1:
                chosen["surprise"] = 1;
                break;
            case 2:
                string[] known =
                    ["priority", "items", "caps", "conditions", "coupon", "scope", "stacking", "repeat", "percent", "amount", "price", "perUnit", "usesReturn"];
                chosen[known[random.Next(known.Length)]] = JsonNode.Parse(Values[random.Next(Values.Length)]);
                break;
            default:
                if (names.Count > 0)
                    chosen[names[random.Next(names.Count)]] = JsonNode.Parse(Values[random.Next(Values.Length)]);
                break;
        }

        void Collect(JsonNode? node)
        {
            if (node is JsonObject one)
            {
                objects.Add(one);
                foreach (var member in one)
                    Collect(member.Value);
            }
            else if (node is JsonArray many)
            {
                foreach (var item in many)
                    Collect(item);
            }
        }
    }
}
