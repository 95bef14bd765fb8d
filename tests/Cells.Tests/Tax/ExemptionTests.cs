using System.Text.Json.Nodes;
using WebWaka.Contracts.Tax;

namespace WebWaka.Cells.Tests.Tax;

public sealed class ExemptionTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    private static readonly Guid Embassy = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static object Paper(string id = "DIP-1", string from = "2026-01-01T00:00:00", string? to = null, string[]? taxes = null, Guid? customer = null) =>
        new { customerId = customer ?? Embassy, certificateId = id, validFrom = from, validTo = to, taxes };

    private static Task<HttpResponseMessage> Add(Shop shop, object paper) => shop.Client("tax").Post("/api/tax/exemptions", paper);

    private static async Task<JsonArray> Listed(Shop shop, string query = "") =>
        (await shop.Client("tax").GetAsync($"/api/tax/exemptions{query}").Is(200))["items"]!.AsArray();

    [Fact]
    public async Task A_certificate_is_kept_listed_and_told_with_the_rules()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var added = await Add(shop, Paper(to: "2027-01-01T00:00:00", taxes: ["VAT"])).Is(201);
        Assert.Equal((1, "DIP-1", "2027-01-01T00:00:00"), ((int)added["version"]!, (string?)added["certificateId"], (string?)added["validTo"]));
        await Add(shop, Paper("OTHER", customer: Guid.CreateVersion7(TimeProvider.System.GetUtcNow()))).Is(201);
        Assert.Equal(2, (await Listed(shop)).Count);
        Assert.Equal(added.ToJsonString(), Assert.Single(await Listed(shop, $"?customerId={Embassy}"))!.ToJsonString());
        Assert.Single(await Listed(shop, "?limit=1"));

        var told = await _ear.Heard<TaxRulesChanged>(shop, 3);
        var document = JsonNode.Parse((string)told[1]["document"]!)!;
        var paper = Assert.Single(document["exemptions"]!.AsArray())!;
        Assert.Equal((Embassy, "DIP-1", "VAT"),
            ((Guid)paper["customerId"]!, (string?)paper["certificate"]!["certificateId"], (string?)paper["certificate"]!["taxes"]![0]));
        Assert.Equal("NG-2026.1.2", (string?)document["versions"]!["taxes"]);
    }

    [Fact]
    public async Task A_certificate_is_changed_by_its_version_and_ends_where_it_says()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var client = shop.Client("tax");
        var path = $"/api/tax/exemptions/{(await Add(shop, Paper()).Is(201))["id"]}";
        object Until(string to) => new { validFrom = "2026-01-01T00:00:00", validTo = to };
        await client.Send(HttpMethod.Put, path, Until("2026-02-01T00:00:00")).IsProblem(428, "if_match_required");
        await client.Send(HttpMethod.Put, path, Until("2025-02-01T00:00:00"), ifMatch: "\"1\"").IsProblem(400, "invalid_request");
        var changed = await client.Send(HttpMethod.Put, path, Until("2026-02-01T00:00:00"), ifMatch: "\"1\"").Is(200);
        Assert.Equal((2, "2026-02-01T00:00:00"), ((int)changed["version"]!, (string?)changed["validTo"]));
        await client.Send(HttpMethod.Put, path, Until("2026-03-01T00:00:00"), ifMatch: "\"1\"").IsProblem(412, "version_moved");
        // What ended a quarter of a year ago is needed by no sale any more.
        Assert.Empty((await client.GetAsync("/api/tax/rules").Is(200))["rules"]!["exemptions"]!.AsArray());
        Assert.Single(await Listed(shop));
    }

    [Fact]
    public async Task Certificates_that_come_at_once_are_all_kept_and_stay_when_the_rules_change()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Add(shop, Paper($"DIP-{i}"))));
        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        var client = shop.Client("tax");
        var rules = await client.GetAsync("/api/tax/rules").Is(200);
        Assert.Equal((9, 8), ((int)rules["version"]!, rules["rules"]!["exemptions"]!.AsArray().Count));
        var changed = await client.Send(HttpMethod.Put, "/api/tax/rules", new { rounding = new { level = "document" } }, ifMatch: "\"9\"").Is(200);
        Assert.Equal(8, changed["rules"]!["exemptions"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_same_certificate_from_the_same_day_is_there_once()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await Add(shop, Paper()).Is(201);
        await Add(shop, Paper(taxes: ["VAT"])).IsProblem(409, "certificate_taken");
        await Add(shop, Paper(from: "2027-01-01T00:00:00")).Is(201);
        Assert.Equal(2, (await Listed(shop)).Count);
        var other = (await Add(shop, Paper("DIP-2")).Is(201))["id"];
        await Add(shop, new { id = other, customerId = Embassy, certificateId = "DIP-3", validFrom = "2026-01-01T00:00:00" })
            .IsProblem(409, "certificate_taken");
        var client = shop.Client("tax");
        var third = (await Add(shop, Paper(from: "2028-01-01T00:00:00")).Is(201))["id"];
        await client.Send(HttpMethod.Put, $"/api/tax/exemptions/{third}", new { validFrom = "2027-01-01T00:00:00" }, ifMatch: "\"1\"")
            .IsProblem(409, "certificate_taken");
        await client.Send(HttpMethod.Put, $"/api/tax/exemptions/{third}", new { validFrom = "2028-01-01T00:00:00", taxes = new[] { "VAT" } }, ifMatch: "\"1\"")
            .Is(200);
    }

    [Fact]
    public async Task The_rules_carry_so_many_certificates_and_one_that_has_ended_makes_room()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        await using (var many = cells.Ops.CreateCommand("""
            INSERT INTO tax.tax_exemption (tenant_id, id, customer_id, certificate_id, valid_from, valid_to, taxes, version)
            SELECT $1, gen_random_uuid(), $2, 'DIP-' || i, '2020-01-01', CASE WHEN i > 1999 THEN timestamp '2021-01-01' END, '{}', 1
            FROM generate_series(1, 2050) i
            """))
        {
            many.Parameters.Add(new() { Value = shop.Tenant });
            many.Parameters.Add(new() { Value = Embassy });
            await many.ExecuteNonQueryAsync();
        }

        await Add(shop, Paper("LAST")).Is(201);
        await Add(shop, Paper("BEYOND")).IsProblem(409, "too_many_certificates");
        Assert.Equal(2_000, (await shop.Client("tax").GetAsync("/api/tax/rules").Is(200))["rules"]!["exemptions"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_no_certificate_is_refused_and_nothing_is_kept()
    {
        var shop = await cells.ShopIn("NG", "NGN");
        object[] bad =
        [
            Paper(id: ""), Paper(id: new string('x', 101)), Paper(from: "2026-01-01T00:00:00Z"), Paper(from: "2026-01-01T00:00:00+01:00"),
            Paper(to: "2026-01-01T00:00:00"), Paper(to: "2025-01-01T00:00:00"), Paper(to: "2027-01-01T00:00:00Z"), Paper(id: "DIP\n1"),
            Paper(taxes: [""]), Paper(taxes: [.. Enumerable.Repeat("VAT", 41)]), Paper(taxes: [new string('x', 101)]),
        ];
        await Assert.AllAsync(bad, async paper => await Add(shop, paper).IsProblem(400, "invalid_request"));
        await Add(shop, new { customerId = Embassy, certificateId = "A", validFrom = "2026-01-01T00:00:00", colour = "red" })
            .IsProblem(400, "malformed_request");
        Assert.Empty(await Listed(shop));
        await Add(new Shop(cells), Paper()).IsProblem(409, "no_tax_rules");
    }

    [Fact]
    public async Task Another_tenants_certificates_are_not_there()
    {
        var (theirs, mine) = (await cells.ShopIn("NG", "NGN"), await cells.ShopIn("NG", "NGN"));
        var id = (await Add(theirs, Paper()).Is(201))["id"];
        Assert.Empty(await Listed(mine));
        Assert.Empty(await Listed(mine, $"?customerId={Embassy}"));
        await mine.Client("tax").Send(HttpMethod.Put, $"/api/tax/exemptions/{id}", new { validFrom = "2026-01-01T00:00:00" }, ifMatch: "\"1\"")
            .IsProblem(404, "not_found");
        await Add(mine, Paper()).Is(201);
        Assert.Single(await Listed(theirs));
    }
}
