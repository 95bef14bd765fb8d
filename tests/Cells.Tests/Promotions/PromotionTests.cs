using System.Text.Json.Nodes;
using WebWaka.Contracts.Promotions;

namespace WebWaka.Cells.Tests.Promotions;

public sealed class PromotionTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    [Fact]
    public async Task A_promotion_made_is_read_back_listed_and_published()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var made = await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent("Opening 100%"), totalLimit = 50 }).Is(201);

        using var read = await client.GetAsync($"/api/promotions/{made["id"]}");
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);
        Assert.Equal(made.ToJsonString(), JsonNode.Parse(await read.Content.ReadAsStringAsync())!.ToJsonString());
        Assert.Equal("percentOff", (string?)made["rule"]!["type"]);
        await shop.Promotion(name: "Another");
        var listed = await client.GetAsync("/api/promotions?search=%25").Is(200);
        Assert.Equal((string?)made["id"], (string?)Assert.Single(listed["items"]!.AsArray())!["id"]);
        var published = (await _ear.Heard<PromotionChanged>(shop, 2))[0];
        Assert.Equal((1, 50), ((int)published["version"]!, (int)published["totalLimit"]!));
        var document = JsonNode.Parse((string)published["document"]!)!;
        Assert.Equal((1, (string?)made["id"]), ((int)document["version"]!, (string?)document["id"]));
    }

    [Fact]
    public async Task A_promotion_sent_twice_is_made_once_and_another_content_is_a_conflict()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var request = new { id = PromotionRules.Id(), rule = PromotionRules.TenPercent() };
        var first = await client.Post("/api/promotions", request).Is(201);
        var second = await client.Post("/api/promotions", request).Is(201);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await client.Post("/api/promotions", new { request.id, rule = PromotionRules.TenPercent("Other") }).IsProblem(409, "already_exists");
        await client.Post("/api/promotions", new { request.id, request.rule, totalLimit = 1 }).IsProblem(409, "already_exists");
        await _ear.Heard<PromotionChanged>(shop, 1);
    }

    [Fact]
    public async Task A_promotion_sent_many_times_at_once_is_made_once()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var request = new { id = PromotionRules.Id(), rule = PromotionRules.TenPercent() };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Post("/api/promotions", request).Is(201)));
        Assert.Single((await client.GetAsync("/api/promotions").Is(200))["items"]!.AsArray());
        await _ear.Heard<PromotionChanged>(shop, 1);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_raises_it_in_row_and_document()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var path = $"/api/promotions/{await shop.Promotion()}";
        var change = new { rule = PromotionRules.TenPercent("Changed"), totalLimit = 3 };
        await client.Send(HttpMethod.Put, path, change).IsProblem(428, "if_match_required");
        await client.Send(HttpMethod.Put, path, change, ifMatch: "\"9223372036854775807\"").IsProblem(412, "version_moved");
        var changed = await client.Send(HttpMethod.Put, path, change, ifMatch: "\"1\"").Is(200);
        Assert.Equal((2, 2, "Changed"), ((int)changed["version"]!, (int)changed["rule"]!["version"]!, (string?)changed["name"]));
        await client.Send(HttpMethod.Put, path, change, ifMatch: "\"1\"").IsProblem(412, "version_moved");
        var events = await _ear.Heard<PromotionChanged>(shop, 2);
        Assert.Equal(2, (int)JsonNode.Parse((string)events[1]["document"]!)!["version"]!);
    }

    [Fact]
    public async Task Of_changes_at_once_one_wins()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var path = $"/api/promotions/{await shop.Promotion()}";
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            client.Send(HttpMethod.Put, path, new { rule = PromotionRules.TenPercent($"Change {i}") }, ifMatch: "\"1\"")));
        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 200));
        Assert.Equal(5, answers.Count(answer => (int)answer.StatusCode == 412));
    }

    [Fact]
    public async Task An_archived_promotion_stays_readable_and_is_not_changed_again()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        var path = $"/api/promotions/{await shop.Promotion()}";
        await client.Send(HttpMethod.Post, path + "/archive", null, ifMatch: "\"7\"").IsProblem(412, "version_moved");
        var archived = await client.Send(HttpMethod.Post, path + "/archive", null, ifMatch: "\"1\"").Is(200);
        Assert.True((bool)archived["archived"]!);
        await client.Send(HttpMethod.Post, path + "/archive", null, ifMatch: "\"1\"").Is(200);
        await client.Send(HttpMethod.Put, path, new { rule = PromotionRules.TenPercent() }, ifMatch: "\"2\"").IsProblem(409, "promotion_archived");
        Assert.Empty((await client.GetAsync("/api/promotions?archived=false").Is(200))["items"]!.AsArray());
        var events = await _ear.Heard<PromotionChanged>(shop, 2);
        Assert.True((bool)events[1]["archived"]!);
        Assert.Equal(2, (int)JsonNode.Parse((string)events[1]["document"]!)!["version"]!);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        var shop = new Shop(cells);
        for (var i = 0; i < 5; i++)
            await shop.Promotion(name: $"Promotion {i}");
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await shop.Client("promotions").GetAsync($"/api/promotions?limit=2&cursor={cursor}").Is(200);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["name"]!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(["Promotion 4", "Promotion 3", "Promotion 2", "Promotion 1", "Promotion 0"], seen);
    }

    [Fact]
    public async Task Another_tenants_promotion_is_not_there()
    {
        var path = $"/api/promotions/{await new Shop(cells).Promotion()}";
        var rival = new Shop(cells).Client("promotions");
        await rival.GetAsync(path).IsProblem(404, "not_found");
        await rival.GetAsync(path + "/usage").IsProblem(404, "not_found");
        await rival.Send(HttpMethod.Put, path, new { rule = PromotionRules.TenPercent() }, ifMatch: "\"1\"").IsProblem(404, "not_found");
        await rival.Send(HttpMethod.Post, path + "/archive", null, ifMatch: "\"1\"").IsProblem(404, "not_found");
        await rival.Post(path + "/coupons", new { codes = new[] { "WELCOME" } }, PromotionRules.Key()).IsProblem(404, "not_found");
        Assert.Empty((await rival.GetAsync("/api/promotions").Is(200))["items"]!.AsArray());
        // An id that another tenant has used is free here, and does not touch theirs.
        await rival.Post("/api/promotions", new { id = path[^36..], rule = PromotionRules.TenPercent("Mine") }).Is(201);
    }

    [Fact]
    public async Task Without_a_token_or_the_permission_nothing_is_answered()
    {
        var shop = new Shop(cells);
        var id = await shop.Promotion(coupon: true);
        var stranger = new HttpClient { BaseAddress = cells.AddressOf("promotions") };
        var cashier = shop.Client("promotions", "cashier");
        foreach (var path in new[] { "/api/promotions", $"/api/promotions/{id}", $"/api/promotions/{id}/usage", "/api/coupons" })
        {
            await stranger.GetAsync(path).IsProblem(401, "not_signed_in");
            await cashier.GetAsync(path).Is(200);
        }

        foreach (var path in new[] { "/api/promotions", $"/api/promotions/{id}/archive", $"/api/promotions/{id}/coupons", "/api/coupons/CODE/archive" })
        {
            await stranger.Post(path, new { }).IsProblem(401, "not_signed_in");
            await cashier.Post(path, new { }, PromotionRules.Key()).IsProblem(403, "forbidden");
        }

        await cashier.Send(HttpMethod.Put, $"/api/promotions/{id}", new { }, ifMatch: "\"1\"").IsProblem(403, "forbidden");
    }
}
