using System.Text.Json.Nodes;
using WebWaka.Contracts.Tax;
using static WebWaka.Cells.Tests.Tax.TaxRulesTests;

namespace WebWaka.Cells.Tests.Tax;

/// <summary>Taking a pack, and confirming what nobody verified.</summary>
public sealed class ApplyPackTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    [Fact]
    public async Task A_newer_pack_is_taken_without_touching_the_tenants_own_overrides()
    {
        var shop = await cells.ShopIn("GH", "GHS");
        var own = await Put(shop, OwnStandard, 1).Is(200);
        // As an earlier release left it: an older pack, with another zero class.
        await using (var old = cells.Ops.CreateCommand($"""
            UPDATE tax.tax_rules SET pack_version = '2025.1', document = replace(document, 'Zero-rated', 'Old words') WHERE tenant_id = '{shop.Tenant}'
            """))
            Assert.Equal(1, await old.ExecuteNonQueryAsync());
        var before = await Rules(shop);
        Assert.Equal("Old words", (string?)Class(before, "zero")["name"]);
        Assert.NotEqual((string?)before["pack"]!["version"], (string?)before["pack"]!["latest"]);

        await Apply(shop, "GH", 1).IsProblem(412, "version_moved");
        var dry = await Apply(shop, "GH", 2, dryRun: true).Is(200);
        Assert.Equal(("2025.1", "2026.1", 2), ((string?)dry["from"]!["version"], (string?)dry["to"]!["version"], (int)dry["version"]!));
        var change = Assert.Single(dry["changes"]!.AsArray())!;
        Assert.Equal(("zero", "changed", "Old words", "Zero-rated"),
            ((string?)change["rule"], (string?)change["kind"], (string?)change["before"], (string?)change["after"]));
        Assert.Equal(before.ToJsonString(), (await Rules(shop)).ToJsonString());

        var applied = await Apply(shop, "GH", 2).Is(200);
        Assert.Equal(dry["changes"]!.ToJsonString(), applied["changes"]!.ToJsonString());
        var after = await Rules(shop);
        Assert.Equal("Zero-rated", (string?)Class(after, "zero")["name"]);
        Assert.Equal(Class(own, "standard").ToJsonString(), Class(after, "standard").ToJsonString());
        Assert.Equal(own["overrides"]!.ToJsonString(), after["overrides"]!.ToJsonString());
        Assert.Equal((3, 3), ((int)after["version"]!, (int)applied["version"]!));
        Assert.Empty((await Apply(shop, "GH", 3).Is(200))["changes"]!.AsArray());
        Assert.Equal(3, (await _ear.Heard<TaxRulesChanged>(shop, 3)).Length);
    }

    [Fact]
    public async Task A_pack_of_another_country_or_of_none_is_not_taken()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await Apply(shop, "GH", 1).IsProblem(409, "pack_of_other_country");
        await Apply(shop, "XX", 1).IsProblem(404, "pack_unknown");
        await Apply(shop, "ng", 1).IsProblem(404, "pack_unknown");
        await shop.Client("tax").Post("/api/tax/packs/NG/apply", new { }).IsProblem(428, "if_match_required");
        // A country with one pack for a part of it: the owner says that it is there.
        var quebec = await cells.ShopIn("CA", "CAD");
        Assert.Equal("ZZ", (string?)(await Rules(quebec))["pack"]!["code"]);
        await Apply(quebec, "CA-QC", 1).Is(200);
        await quebec.Hear(Settings.Of("CA", "CAD", version: 2, name: "Renamed", pricesIncludeTax: true));
        var rules = await Rules(quebec);
        Assert.Equal(("CA-QC", "CA", 3), ((string?)rules["pack"]!["code"], (string?)rules["pack"]!["country"], (int)rules["version"]!));
    }

    [Fact]
    public async Task A_rule_that_nobody_verified_does_nothing_until_the_owner_confirms_it()
    {
        var shop = await cells.ShopIn("ZA", "ZAR");
        var rules = await Rules(shop);
        Assert.Empty(rules["rules"]!["cashRounding"]!.AsArray());
        var waiting = rules["pack"]!["unconfirmed"]!.AsArray().Single(one => ((string)one!["key"]!).StartsWith("cashRounding/ZAR~"))!;
        Assert.Equal(10, (int)waiting["rule"]!["step"]!);
        Assert.True(((string)waiting["citation"]!).Length > 10);
        await Put(shop, new { confirmed = new[] { "cashRounding/NGN" } }, 1).IsProblem(400, "invalid_request");
        var confirmed = await Put(shop, new { confirmed = new[] { "cashRounding/ZAR", "exempt/VAT" } }, 1).Is(200);
        Assert.Equal(10, (int)Assert.Single(confirmed["rules"]!["cashRounding"]!.AsArray())!["step"]!);
        Assert.Equal("exempt", (string?)Class(confirmed, "exempt")["components"]![0]!["treatment"]);
        Assert.Empty(confirmed["pack"]!["unconfirmed"]!.AsArray());
        Assert.Contains((string?)waiting["key"], confirmed["overrides"]!["confirmed"]!.AsArray().Select(key => (string?)key));
    }

    [Fact]
    public async Task A_confirmation_leaves_the_tenants_own_words_alone_and_can_be_taken_back()
    {
        var shop = await cells.ShopIn("ZA", "ZAR");
        await Put(shop, OwnStandard, 1).Is(200);
        await Confirm(shop, new { confirm = new[] { "fees/NONE" } }, 2).IsProblem(400, "invalid_request");
        await Confirm(shop, new { }, 2).IsProblem(400, "invalid_request");
        await Confirm(shop, new { confirm = new[] { "cashRounding/ZAR" } }, 1).IsProblem(412, "version_moved");
        var confirmed = await Confirm(shop, new { confirm = new[] { "cashRounding/ZAR", "exempt/VAT" } }, 2).Is(200);
        Assert.Single(confirmed["rules"]!["cashRounding"]!.AsArray());
        Assert.Equal("5", (string?)Class(confirmed, "standard")["components"]![0]!["rate"]);
        var key = (string)confirmed["overrides"]!["confirmed"]!.AsArray().Single(one => ((string)one!).StartsWith("cashRounding/"))!;
        var back = await Confirm(shop, new { withdraw = new[] { key } }, 3).Is(200);
        Assert.Empty(back["rules"]!["cashRounding"]!.AsArray());
        Assert.Equal("exempt", (string?)Class(back, "exempt")["components"]![0]!["treatment"]);
    }

    [Fact]
    public async Task A_confirmation_is_of_one_content_and_lapses_where_the_pack_has_another()
    {
        var shop = await cells.ShopIn("ZA", "ZAR");
        await Confirm(shop, new { confirm = new[] { "cashRounding/ZAR" } }, 1).Is(200);
        // As an earlier pack left it: the same rule with another step.
        await using (var old = cells.Ops.CreateCommand($"""
            UPDATE tax.tax_rules SET overrides = replace(overrides, 'cashRounding/ZAR~', 'cashRounding/ZAR~0'), pack_version = '2025.1'
            WHERE tenant_id = '{shop.Tenant}'
            """))
            Assert.Equal(1, await old.ExecuteNonQueryAsync());
        var applied = await Apply(shop, "ZA", 2).Is(200);
        Assert.StartsWith("cashRounding/ZAR~0", (string?)Assert.Single(applied["lapsed"]!.AsArray()));
        Assert.Contains("cashRounding/ZAR", applied["changes"]!.AsArray().Where(c => (string?)c!["kind"] == "removed").Select(c => (string?)c!["rule"]));
        Assert.Empty((await Rules(shop))["rules"]!["cashRounding"]!.AsArray());
    }
}
