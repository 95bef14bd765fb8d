using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;
using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

/// <summary>Goods of a class that the tax rules do not have cannot be sold, so they are refused where they are entered.</summary>
public sealed class TaxClassTests(CellsFixture cells)
{
    private static Task Rules(Shop shop, long version, params string[] classes) => shop.Hear(new TaxRulesChanged(
        version, JsonSerializer.Serialize(new RuleBook { TaxClasses = [.. classes.Select(code => new TaxClass(code, code, []))] }, PricingJson.Options)));

    private static object Product(string taxClass, bool archived = false, Guid? id = null, long? version = null) =>
        new { id, version, sku = Unique("SKU"), name = "Tea", price = 1000, taxClass, archived };

    [Fact]
    public async Task A_product_of_an_unknown_class_is_refused_with_the_classes_there_are()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        await Rules(shop, 1, "standard", "zero");
        var refused = await client.Post("/api/products", Product("reduced")).IsProblem(400, "tax_class_unknown");
        Assert.Equal(["standard", "zero"], refused["taxClasses"]!.AsArray().Select(code => (string)code!));
        var made = await client.Post("/api/products", Product("zero")).Is(201);
        await client.Send(HttpMethod.Put, $"/api/products/{made["id"]}", Product("reduced"), ifMatch: "\"1\"").IsProblem(400, "tax_class_unknown");
        Assert.Equal("zero", (string?)(await client.GetAsync($"/api/products/{made["id"]}").Is(200))["taxClass"]);

        var batch = await client.Post("/api/products/batch", new { products = new[] { Product("standard"), Product("Zero") } }).IsProblem(409, "rows_conflict");
        var fault = Assert.Single(batch["faults"]!.AsArray())!;
        Assert.Equal((1, "tax_class_unknown"), ((int)fault["row"]!, (string?)fault["code"]));
        Assert.Single((await client.GetAsync("/api/products").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_class_can_be_used_once_the_rules_have_it_and_older_rules_change_nothing()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        // No rules have been heard of yet: nobody can sell, and the first goods of a new shop are taken.
        await client.Post("/api/products", Product("anything")).Is(201);
        await Rules(shop, 3, "standard", "books");
        await Rules(shop, 2, "standard");
        await client.Post("/api/products", Product("books")).Is(201);
        await client.Post("/api/products", Product("anything")).IsProblem(400, "tax_class_unknown");
    }

    [Fact]
    public async Task A_product_of_a_class_that_is_gone_can_be_archived_or_put_in_another()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        await Rules(shop, 1, "standard", "old");
        var (one, other) = (await client.Post("/api/products", Product("old")).Is(201), await client.Post("/api/products", Product("old")).Is(201));
        await Rules(shop, 2, "standard");
        await client.Send(HttpMethod.Put, $"/api/products/{one["id"]}", Product("old"), ifMatch: "\"1\"").IsProblem(400, "tax_class_unknown");
        await client.Send(HttpMethod.Put, $"/api/products/{one["id"]}", Product("old", archived: true), ifMatch: "\"1\"").Is(200);
        await client.Send(HttpMethod.Put, $"/api/products/{other["id"]}", Product("standard"), ifMatch: "\"1\"").Is(200);
    }

    [Fact]
    public async Task Another_tenants_classes_are_not_ones_own()
    {
        var (mine, theirs) = (new Shop(cells), new Shop(cells));
        await Rules(mine, 1, "standard");
        await Rules(theirs, 1, "standard", "theirs");
        await mine.Client("inventory").Post("/api/products", Product("theirs")).IsProblem(400, "tax_class_unknown");
    }
}
