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
        var made = await client.Post("/api/promotions", new { rule = PromotionRules.TenPercent("Opening"), totalLimit = 50 }).Is(201);

        using var read = await client.GetAsync($"/api/promotions/{made["id"]}");
        Assert.Equal("\"1\"", read.Headers.ETag!.Tag);
        Assert.Equal("percentOff", (string?)made["rule"]!["type"]);
        Assert.Equal("Opening", (string?)made["name"]);
        var listed = await client.GetAsync("/api/promotions?search=openi").Is(200);
        Assert.Equal((string?)made["id"], (string?)Assert.Single(listed["items"]!.AsArray())!["id"]);
        var published = Assert.Single(await _ear.Heard<PromotionChanged>(shop, 1));
        Assert.Equal((1, 50), ((int)published["version"]!, (int)published["totalLimit"]!));
        Assert.Equal(1, (int)JsonNode.Parse((string)published["document"]!)!["version"]!);
    }
}
