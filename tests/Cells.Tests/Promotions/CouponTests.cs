using System.Text.Json.Nodes;
using WebWaka.Contracts.Promotions;

namespace WebWaka.Cells.Tests.Promotions;

public sealed class CouponTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    private static Task<HttpResponseMessage> Issue(Shop shop, Guid promotion, object body, string? key = null) =>
        shop.Client("promotions").Post($"/api/promotions/{promotion}/coupons", body, key ?? PromotionRules.Key());

    private static async Task<JsonArray> List(Shop shop, string query = "") =>
        (await shop.Client("promotions").GetAsync($"/api/coupons{query}").Is(200))["items"]!.AsArray();

    [Fact]
    public async Task Named_codes_are_stored_in_upper_case_and_published()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        await Issue(shop, promotion, new { codes = new[] { "welcome-10", "VIP" }, useLimit = 5, validFrom = "2026-12-01T00:00:00+01:00" }).Is(201);

        var found = Assert.Single(await List(shop, "?code=Welcome-10"))!;
        Assert.Equal(("WELCOME-10", 5, 0), ((string?)found["code"], (int)found["useLimit"]!, (int)found["used"]!));
        Assert.Equal(DateTimeOffset.Parse("2026-11-30T23:00:00Z"), (DateTimeOffset)found["validFrom"]!);
        Assert.Equal(2, (await List(shop, $"?promotionId={promotion}")).Count);
        var events = await _ear.Heard<CouponChanged>(shop, 2);
        Assert.Equal(["WELCOME-10", "VIP"], events.Select(e => (string?)e["code"]));
        Assert.All(events, e => Assert.Equal((promotion, 1L, 5L), ((Guid)e["promotionId"]!, (long)e["version"]!, (long)e["useLimit"]!)));
    }

    [Fact]
    public async Task Codes_generated_in_bulk_are_all_different_and_published_each()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        var made = await Issue(shop, promotion, new { generate = 1000, prefix = "xmas-", useLimit = 1 }).Is(201);
        var codes = made["items"]!.AsArray().Select(item => (string)item!["code"]!).ToHashSet();
        Assert.Equal(1000, codes.Count);
        Assert.All(codes, code => Assert.Matches("^XMAS-[A-Z2-9]{10}$", code));
        Assert.Equal(1000, (int)(await shop.Usage(promotion))["couponsIssued"]!);
        Assert.Equal(codes, (await _ear.Heard<CouponChanged>(shop, 1000)).Select(e => (string)e["code"]!).ToHashSet());
    }

    [Fact]
    public async Task A_bulk_sent_twice_is_issued_once_and_another_body_under_its_key_is_refused()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        var key = PromotionRules.Key();
        var first = await Issue(shop, promotion, new { generate = 20 }, key).Is(201);
        var second = await Issue(shop, promotion, new { generate = 20 }, key).Is(201);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await Issue(shop, promotion, new { generate = 21 }, key).IsProblem(422, "idempotency_key_reused");
        await Issue(shop, await shop.Promotion(coupon: true), new { generate = 20 }, key).IsProblem(422, "idempotency_key_reused");
        Assert.Equal(20, (await List(shop)).Count);
    }

    [Fact]
    public async Task A_bulk_sent_many_times_at_once_is_issued_once()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        var key = PromotionRules.Key();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Issue(shop, promotion, new { generate = 20 }, key).Is(201)));
        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(20, (await List(shop)).Count);
    }

    [Fact]
    public async Task A_code_is_unique_in_the_tenant_and_free_in_another()
    {
        var shop = new Shop(cells);
        var first = await shop.Promotion(coupon: true);
        var second = await shop.Promotion(coupon: true);
        await Issue(shop, first, new { codes = new[] { "TAKEN" } }).Is(201);
        var refused = await Issue(shop, second, new { codes = new[] { "FREE", "taken" } }).IsProblem(409, "coupon_taken");
        Assert.Equal("TAKEN", (string?)refused["detail"]);
        Assert.Single(await List(shop));

        var rival = new Shop(cells);
        await Issue(rival, await rival.Promotion(coupon: true), new { codes = new[] { "TAKEN" } }).Is(201);
        Assert.Equal(first, (Guid)Assert.Single(await List(shop, "?code=TAKEN"))!["promotionId"]!);
    }

    [Fact]
    public async Task Of_callers_who_want_the_same_code_at_once_one_gets_it()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Issue(shop, promotion, new { codes = new[] { "RACE" } })));
        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 201));
        Assert.Equal(7, answers.Count(answer => (int)answer.StatusCode == 409));
    }

    [Fact]
    public async Task A_promotion_given_without_a_code_or_archived_takes_no_coupons()
    {
        var shop = new Shop(cells);
        await Issue(shop, await shop.Promotion(), new { codes = new[] { "HELLO" } }).IsProblem(409, "promotion_without_coupons");
        var archived = await shop.Promotion(coupon: true);
        await shop.Client("promotions").Send(HttpMethod.Post, $"/api/promotions/{archived}/archive", null, ifMatch: "\"1\"").Is(200);
        await Issue(shop, archived, new { codes = new[] { "HELLO" } }).IsProblem(409, "promotion_archived");
        await Issue(shop, PromotionRules.Id(), new { codes = new[] { "HELLO" } }).IsProblem(404, "not_found");
    }

    [Fact]
    public async Task What_cannot_be_a_code_is_refused()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        object[] bad =
        [
            new { }, new { codes = new[] { "GOOD" }, generate = 1 }, new { codes = Array.Empty<string>() }, new { codes = new[] { "AB" } },
            new { codes = new[] { new string('A', 41) } }, new { codes = new[] { "WITH SPACE" } },
            new { codes = new[] { "ÉTÉ" } }, new { codes = new[] { "SAME", "same" } },
            new { codes = new string?[] { null } }, new { generate = 0 }, new { generate = 10001 },
            new { generate = 1, prefix = "a b" }, new { generate = 1, prefix = new string('A', 31) },
            new { codes = new[] { "GOOD" }, prefix = "A" }, new { generate = 1, useLimit = 0 },
            new { generate = 1, validFrom = "2026-12-01T00:00:00Z", validTo = "2026-12-01T00:00:00Z" },
        ];
        foreach (var body in bad)
            await Issue(shop, promotion, body).IsProblem(400, "invalid_request");
        await Issue(shop, promotion, new { generate = 1, colour = "red" }).IsProblem(400, "malformed_request");
        await shop.Client("promotions").Post($"/api/promotions/{promotion}/coupons", new { generate = 1 }).IsProblem(400, "idempotency_key_missing");
        Assert.Empty(await List(shop));
    }

    [Fact]
    public async Task An_archived_coupon_is_published_and_its_code_stays_taken()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        await Issue(shop, promotion, new { codes = new[] { "OLD" } }).Is(201);
        var client = shop.Client("promotions");
        await client.Send(HttpMethod.Post, "/api/coupons/OLD/archive", null, ifMatch: "\"3\"").IsProblem(412, "version_moved");
        await new Shop(cells).Client("promotions").Send(HttpMethod.Post, "/api/coupons/OLD/archive", null, ifMatch: "\"1\"").IsProblem(404, "not_found");
        await client.Send(HttpMethod.Post, "/api/coupons/old/archive", null, ifMatch: "\"1\"").Is(200);
        Assert.True((bool)(await client.Send(HttpMethod.Post, "/api/coupons/OLD/archive", null, ifMatch: "\"1\"").Is(200))["archived"]!);
        await Issue(shop, promotion, new { codes = new[] { "OLD" } }).IsProblem(409, "coupon_taken");
        var events = await _ear.Heard<CouponChanged>(shop, 2);
        Assert.Equal((2, true), ((int)events[1]["version"]!, (bool)events[1]["archived"]!));
    }

    [Fact]
    public async Task Another_tenants_coupons_are_not_listed_and_pages_follow_each_other()
    {
        var shop = new Shop(cells);
        await Issue(shop, await shop.Promotion(coupon: true), new { codes = new[] { "C-3", "C-1", "C-2" } }).Is(201);
        Assert.Empty(await List(new Shop(cells), "?code=C-1"));
        var first = await shop.Client("promotions").GetAsync("/api/coupons?limit=2").Is(200);
        Assert.Equal(["C-1", "C-2"], first["items"]!.AsArray().Select(item => (string?)item!["code"]));
        Assert.Equal("C-3", (string?)Assert.Single(await List(shop, $"?limit=2&cursor={first["nextCursor"]}"))!["code"]);
    }
}
