using System.Text.Json.Nodes;
using WebWaka.Contracts.Inventory;
using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

public sealed class ProductBatchTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    private static object Row(int n, string? barcode = null, string? sku = null) =>
        new { sku = sku ?? $"S{n:000}", name = $"Product {n:000}", price = n, category = $"C{n % 3}", barcodes = new[] { barcode ?? $"B{n}" } };

    private static async Task<JsonArray> Catalogue(Shop shop) =>
        (await shop.Client("inventory").GetAsync("/api/products?limit=200").Is(200))["items"]!.AsArray();

    [Fact]
    public async Task Five_hundred_products_are_saved_in_one_go_paged_by_name_and_published()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        var saved = await client.Post("/api/products/batch", new { products = Enumerable.Range(0, 500).Reverse().Select(n => Row(n)) }).Is(200);
        Assert.Equal(500, saved["items"]!.AsArray().Count);
        var names = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await client.GetAsync($"/api/products?limit=120&cursor={cursor}").Is(200);
            names.AddRange(page["items"]!.AsArray().Select(item => (string)item!["name"]!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(Enumerable.Range(0, 500).Select(n => $"Product {n:000}"), names);
        await _ear.Heard<ProductChanged>(shop, 500);
        var categories = await client.GetAsync("/api/categories").Is(200);
        Assert.Equal([("C0", 167), ("C1", 167), ("C2", 166)], categories["items"]!.AsArray().Select(c => ((string)c!["name"]!, (int)c["products"]!)));
    }

    [Fact]
    public async Task One_row_that_conflicts_saves_none_and_every_such_row_is_named()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        await client.Post("/api/products", Row(1)).Is(201);
        object[] rows = [Row(2), Row(3, sku: "S001"), Row(4, barcode: "B1"), Row(5), Row(6, barcode: "B5"), Row(7, sku: "S002")];
        var refused = await client.Post("/api/products/batch", new { products = rows }).IsProblem(409, "rows_conflict");
        Assert.Equal(
            [(1, "sku_taken"), (2, "barcode_taken"), (4, "barcode_taken"), (5, "sku_taken")],
            refused["faults"]!.AsArray().Select(fault => ((int)fault!["row"]!, (string)fault["code"]!)));
        Assert.Single(await Catalogue(shop));
        await _ear.Heard<ProductChanged>(shop, 1);
    }

    [Fact]
    public async Task Rows_that_are_not_valid_save_none_and_are_all_named()
    {
        var shop = new Shop(cells);
        object[] rows = [Row(1), new { sku = "", name = "A", price = 1 }, new { sku = "B", name = "B", price = -1 }, new { sku = "C", name = "C", price = 1, version = 1 }];
        var refused = await shop.Client("inventory").Post("/api/products/batch", new { products = rows }).IsProblem(400, "rows_invalid");
        Assert.Equal([1, 2, 3], refused["faults"]!.AsArray().Select(fault => (int)fault!["row"]!));
        Assert.Empty(await Catalogue(shop));
        await shop.Client("inventory").Post("/api/products/batch", new { products = Enumerable.Range(0, 501).Select(n => Row(n)) })
            .IsProblem(400, "invalid_request");
    }

    [Fact]
    public async Task A_row_with_a_version_changes_its_product_and_one_that_has_moved_on_refuses_all()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        var id = await shop.AddProduct();
        var change = new { id, version = 1, sku = "NEW", name = "New", price = 5 };
        await client.Post("/api/products/batch", new { products = new[] { change, new { id = NewId(), version = 1, sku = "X", name = "X", price = 1 } } })
            .IsProblem(409, "rows_conflict");
        await client.Post("/api/products/batch", new { products = new object[] { change, Row(1) } }).Is(200);
        var refused = await client.Post("/api/products/batch", new { products = new object[] { Row(2), change } }).IsProblem(409, "rows_conflict");
        Assert.Equal("version_moved", (string?)refused["faults"]![0]!["code"]);
        Assert.Equal(["New", "Product 001"], (await Catalogue(shop)).Select(item => (string)item!["name"]!));
    }

    [Fact]
    public async Task A_batch_of_new_ids_sent_twice_adds_once()
    {
        var shop = new Shop(cells);
        var rows = Enumerable.Range(0, 5).Select(n => new { id = NewId(), sku = $"S{n}", name = $"N{n}", price = n, barcodes = new[] { $"{n}" } }).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Client("inventory").Post("/api/products/batch", new { products = rows }).Is(200)));
        Assert.Equal(5, (await Catalogue(shop)).Count);
        await _ear.Heard<ProductChanged>(shop, 5);
    }

    [Fact]
    public async Task Another_tenants_product_cannot_be_changed_in_a_batch()
    {
        var (mine, theirs) = (new Shop(cells), new Shop(cells));
        var id = await mine.AddProduct("Mine");
        var refused = await theirs.Client("inventory")
            .Post("/api/products/batch", new { products = new[] { new { id, version = 1, sku = "X", name = "X", price = 1 } } })
            .IsProblem(409, "rows_conflict");
        Assert.Equal("not_found", (string?)refused["faults"]![0]!["code"]);
        Assert.Equal("Mine", (string?)Assert.Single(await Catalogue(mine))!["name"]);
    }

    [Fact]
    public async Task Products_are_found_by_the_beginnings_of_words_without_accents_or_case()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        foreach (var name in new[] { "Crème fraîche 20cl", "Ọ̀gẹ̀dẹ̀ chips", "حليب طازج", "Cream crackers" })
            await shop.AddProduct(name);
        (string Search, string[] Found)[] cases =
        [
            ("CREM", ["Crème fraîche 20cl"]), ("fraî crème", ["Crème fraîche 20cl"]), ("cre", ["Cream crackers", "Crème fraîche 20cl"]),
            ("ogede", ["Ọ̀gẹ̀dẹ̀ chips"]), ("حليب", ["حليب طازج"]), ("crackers fraiche", []), ("%", []), ("reme", []),
        ];
        foreach (var (search, found) in cases)
        {
            var items = (await client.GetAsync($"/api/products?search={Uri.EscapeDataString(search)}").Is(200))["items"]!.AsArray();
            Assert.Equal(found, items.Select(item => (string)item!["name"]!).Order(StringComparer.Ordinal));
        }

        await client.GetAsync($"/api/products?search={new string('a', 101)}").IsProblem(400, "invalid_request");
        foreach (var member in new[] { "search", "barcode", "sku", "category" })
            await client.GetAsync($"/api/products?{member}=a%00").IsProblem(400, "invalid_request");
        await client.GetAsync("/api/products?cursor=bm90IGEgZ3VpZA").IsProblem(400, "invalid_request");
    }
}
