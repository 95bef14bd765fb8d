using System.Text.Json.Nodes;
using WebWaka.Contracts.Tax;

namespace WebWaka.Cells.Tests.Tax;

public sealed class TaxRulesTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    internal static readonly object OwnStandard = new
    {
        taxClasses = new[] { new { code = "standard", name = "Ours", components = new[] { new { code = "VAT", rate = "5" } } } },
    };

    internal static Task<JsonNode> Rules(Shop shop) => shop.Client("tax").GetAsync("/api/tax/rules").Is(200);

    internal static Task<HttpResponseMessage> Put(Shop shop, object body, long version) =>
        shop.Client("tax").Send(HttpMethod.Put, "/api/tax/rules", body, ifMatch: $"\"{version}\"");

    internal static Task<HttpResponseMessage> Apply(Shop shop, string code, long version, bool dryRun = false) => shop.Client("tax")
        .Send(HttpMethod.Post, $"/api/tax/packs/{code}/apply{(dryRun ? "?dryRun=true" : "")}", null, ifMatch: $"\"{version}\"");

    internal static Task<HttpResponseMessage> Confirm(Shop shop, object body, long version) =>
        shop.Client("tax").Send(HttpMethod.Post, "/api/tax/rules/confirm", body, ifMatch: $"\"{version}\"");

    internal static JsonNode Class(JsonNode answer, string code) => answer["rules"]!["taxClasses"]!.AsArray().Single(c => (string?)c!["code"] == code)!;

    [Fact]
    public async Task A_new_tenant_gets_its_countrys_pack_and_it_is_published_once()
    {
        var shop = await cells.ShopIn("NG", "NGN", pricesIncludeTax: true);
        var rules = await Rules(shop);
        Assert.Equal(("NG", 1L, true), ((string?)rules["pack"]!["country"], (long)rules["version"]!, (bool)rules["rules"]!["pricesIncludeTax"]!));
        Assert.Equal("7.5", (string?)Class(rules, "standard")["components"]![0]!["rate"]);
        await shop.Hear(Settings.Of("NG", "NGN", pricesIncludeTax: true));
        await shop.Hear(Settings.Of("NG", "NGN", version: 2, pricesIncludeTax: true, name: "Renamed"));
        Assert.Equal(1, (int)(await Rules(shop))["version"]!);
        var e = Assert.Single(await _ear.Heard<TaxRulesChanged>(shop, 1));
        var document = JsonNode.Parse((string)e["document"]!)!;
        Assert.Equal(rules["rules"]!.ToJsonString(), document.ToJsonString());
        Assert.Equal($"NG-{rules["pack"]!["version"]}.1", (string?)document["versions"]!["taxes"]);
    }

    [Fact]
    public async Task Overrides_that_no_longer_fit_the_pack_leave_the_tenant_selling_by_what_it_has()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await using (var unfit = cells.Ops.CreateCommand($$"""
            UPDATE tax.tax_rules SET overrides = '{"fees":[{"code":"BAG","taxClass":"dropped"}]}', pack_version = '2025.1' WHERE tenant_id = '{{shop.Tenant}}'
            """))
            Assert.Equal(1, await unfit.ExecuteNonQueryAsync());
        await shop.Hear(Settings.Of("NG", "NGN", version: 2, pricesIncludeTax: true));
        var rules = await Rules(shop);
        Assert.DoesNotContain("BAG", rules["rules"]!["fees"]!.AsArray().Select(fee => (string?)fee!["code"]));
        Assert.Equal((2L, true, "2025.1"), ((long)rules["version"]!, (bool)rules["rules"]!["pricesIncludeTax"]!, (string?)rules["pack"]!["version"]));
        Assert.Equal("NG-2025.1.2", (string?)rules["rules"]!["versions"]!["taxes"]);
        await Apply(shop, "NG", 2).IsProblem(400, "tax_rules_invalid");
    }

    [Fact]
    public async Task Before_any_rule_of_its_own_a_tenant_follows_its_country_and_its_price_mode()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await shop.Hear(Settings.Of("GH", "GHS", version: 2));
        await shop.Hear(Settings.Of("GH", "GHS", version: 3, pricesIncludeTax: true));
        await shop.Hear(Settings.Of("KE", "KES", version: 1));
        var rules = await Rules(shop);
        Assert.Equal(("GH", 3L, true), ((string?)rules["pack"]!["country"], (long)rules["version"]!, (bool)rules["pricesIncludeTax"]!));
        Assert.Equal([1, 2, 3], (await _ear.Heard<TaxRulesChanged>(shop, 3)).Select(e => (int)e["version"]!));
    }

    [Fact]
    public async Task A_tenants_own_rules_outlive_a_change_of_country()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await Put(shop, OwnStandard, 1).Is(200);
        await shop.Hear(Settings.Of("GH", "GHS", version: 2));
        var rules = await Rules(shop);
        Assert.Equal("NG", (string?)rules["pack"]!["country"]);
        Assert.Equal("5", (string?)Class(rules, "standard")["components"]![0]!["rate"]);
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_an_empty_one_goes_back_to_the_pack()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var client = shop.Client("tax");
        await client.Send(HttpMethod.Put, "/api/tax/rules", OwnStandard).IsProblem(428, "if_match_required");
        await Put(shop, OwnStandard, 2).IsProblem(412, "version_moved");
        using var changed = await Put(shop, OwnStandard, 1);
        Assert.Equal("\"2\"", changed.Headers.ETag!.Tag);
        await Put(shop, OwnStandard, 1).IsProblem(412, "version_moved");
        var back = await Put(shop, new { }, 2).Is(200);
        Assert.Equal("7.5", (string?)Class(back, "standard")["components"]![0]!["rate"]);
        using var read = await client.GetAsync("/api/tax/rules");
        Assert.Equal("\"3\"", read.Headers.ETag!.Tag);
        await _ear.Heard<TaxRulesChanged>(shop, 3);
    }

    [Fact]
    public async Task Of_changes_at_once_one_wins()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var answers = await Task.WhenAll(Enumerable.Range(1, 6).Select(rate => Put(
            shop, new { taxClasses = new[] { new { code = "standard", name = "", components = new[] { new { code = "VAT", rate = $"{rate}" } } } } }, 1)));
        Assert.Equal(1, answers.Count(answer => (int)answer.StatusCode == 200));
        Assert.Equal(5, answers.Count(answer => (int)answer.StatusCode == 412));
    }

    [Fact]
    public async Task A_country_without_a_pack_charges_nothing_until_its_owner_sets_the_rates()
    {
        var shop = await cells.ShopIn("BR", "BRL");
        var rules = await Rules(shop);
        Assert.Equal("ZZ", (string?)rules["pack"]!["country"]);
        Assert.Equal("outOfScope", (string?)Class(rules, "standard")["components"]![0]!["treatment"]);
        await Put(shop, OwnStandard, 1).Is(200);
        var priced = await shop.Client("tax").Post(
            "/api/tax/calculate", new { currency = "BRL", lines = new[] { new { quantity = "1", unitPrice = "1000" } } }).Is(200);
        Assert.Equal(1050, (int)priced["total"]!);
    }

    [Fact]
    public async Task Rules_that_cannot_price_anything_are_refused_and_nothing_changes()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        static object Component(object component) => new { taxClasses = new[] { new { code = "c", name = "", components = new[] { component } } } };
        (object Body, string Code)[] bad =
        [
            (Component(new { code = "A", rate = "1", onTopOf = new[] { "B" } }), "tax_rules_invalid"),
            (Component(new { code = "A", rate = "1", onTopOf = new[] { "A" } }), "tax_rules_invalid"),
            (Component(new { code = "A", rate = "2000" }), "tax_rules_invalid"),
            (Component(new { code = "A", rate = "5", treatment = "exempt" }), "tax_rules_invalid"),
            (Component(new { code = "A", rate = "5", validFrom = "2026-01-02T00:00:00", validTo = "2026-01-01T00:00:00" }), "tax_rules_invalid"),
            (new { defaultTaxClass = "nowhere" }, "tax_rules_invalid"),
            (new { fees = new[] { new { code = "BAG", kind = "fixedPerUnit", amount = "5", taxClass = "nowhere" } } }, "tax_rules_invalid"),
            (new { rounding = new { step = 0 } }, "tax_rules_invalid"),
            (Component(new { code = "A", rate = "-1" }), "invalid_request"),
            (Component(new { code = "", rate = "1" }), "invalid_request"),
            (Component(new { code = "A", rate = "5", validFrom = "2026-01-02T00:00:00Z" }), "invalid_request"),
            (new { taxClasses = new object?[] { null } }, "invalid_request"),
            (new { taxClasses = new[] { new { code = "c", name = "", components = new object?[] { null } } } }, "invalid_request"),
            (new { cashRounding = new[] { new { currency = "XXX", step = 5 } } }, "invalid_request"),
            (new { cashRounding = new[] { new { currency = "NGN", step = 5 }, new { currency = "NGN", step = 10 } } }, "invalid_request"),
            (new { confirmed = new[] { "standard/VAT" } }, "invalid_request"),
            (new { surprise = 1 }, "malformed_request"),
            (Component(new { code = "A", rate = "1", colour = "red" }), "malformed_request"),
            (Component(new { code = "A", rate = true }), "malformed_request"),
        ];
        foreach (var (body, code) in bad)
            await Put(shop, body, 1).IsProblem(400, code);
        Assert.Equal(1, (int)(await Rules(shop))["version"]!);
    }

    [Fact]
    public async Task Another_tenant_sees_and_changes_only_its_own_rules()
    {
        var mine = await cells.ShopIn("NG", "NGN");
        await Put(mine, OwnStandard, 1).Is(200);
        var rival = new Shop(cells);
        await rival.Client("tax").GetAsync("/api/tax/rules").IsProblem(404, "not_found");
        await Put(rival, OwnStandard, 2).IsProblem(404, "not_found");
        await Apply(rival, "NG", 2).IsProblem(404, "not_found");
        await Confirm(rival, new { confirm = new[] { "x" } }, 2).IsProblem(404, "not_found");
        var ghana = await cells.ShopIn("GH", "GHS");
        Assert.Equal("GH", (string?)(await Rules(ghana))["pack"]!["country"]);
        Assert.Equal(2, (int)(await Rules(mine))["version"]!);
    }

    [Fact]
    public async Task Without_a_token_or_the_permission_nothing_is_answered()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var stranger = new HttpClient { BaseAddress = cells.AddressOf("tax") };
        foreach (var path in new[] { "/api/tax/rules", "/api/tax/packs" })
        {
            await stranger.GetAsync(path).IsProblem(401, "not_signed_in");
            await shop.Client("tax", "cashier").GetAsync(path).Is(200);
        }

        await stranger.Post("/api/tax/calculate", new { }).IsProblem(401, "not_signed_in");
        foreach (var path in new[] { "/api/tax/packs/NG/apply", "/api/tax/rules/confirm", "/api/tax/exemptions" })
            await stranger.Post(path, new { }).IsProblem(401, "not_signed_in");
        await shop.Client("tax", "cashier").Send(HttpMethod.Put, "/api/tax/rules", new { }, ifMatch: "\"1\"").IsProblem(403, "forbidden");
        foreach (var path in new[] { "/api/tax/packs/NG/apply", "/api/tax/rules/confirm", "/api/tax/exemptions" })
            await shop.Client("tax", "cashier").Send(HttpMethod.Post, path, new { }, ifMatch: "\"1\"").IsProblem(403, "forbidden");
        foreach (var path in new[] { "/api/tax/rules", "/api/tax/packs" })
            await shop.Without("tax.read").GetAsync(path).IsProblem(403, "forbidden");
        await shop.Without("tax.read").Post("/api/tax/calculate", new { }).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Packs_are_the_same_for_everybody_and_cite_every_rule()
    {
        var packs = await (await cells.ShopIn("NG", "NGN")).Client("tax").GetAsync("/api/tax/packs").Is(200);
        Assert.Equal(packs.ToJsonString(), (await new Shop(cells).Client("tax").GetAsync("/api/tax/packs").Is(200)).ToJsonString());
        Assert.Equal(
            ["CA-QC", "CI", "DE", "EG", "GB", "GH", "IN", "KE", "NG", "US", "ZA"], packs["items"]!.AsArray().Select(pack => (string?)pack!["code"]));
        foreach (var rule in packs["items"]!.AsArray().SelectMany(pack => pack!["classes"]!.AsArray()).SelectMany(c => c!["components"]!.AsArray()))
            Assert.True(((string)rule!["citation"]!).Length > 10);
    }
}
