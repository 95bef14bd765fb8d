using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

public sealed class StockListTests(CellsFixture cells)
{
    [Fact]
    public async Task Stock_below_zero_is_listed_with_the_sales_that_caused_it_until_it_is_settled()
    {
        var shop = new Shop(cells);
        var (store, milk, bread) = (await shop.OpenStore(), await shop.AddProduct("Milk"), await shop.AddProduct("Bread"));
        await shop.Move(new { kind = "receipt", storeId = store, lines = new[] { new { productId = milk, quantity = "1" }, new { productId = bread, quantity = "9" } } }).Is(201);
        // Two tills sold the last one.
        var (one, two) = (Sale(NewId(), store, Line(1, milk, "1"), Line(2, bread, "1")), Sale(NewId(), store, Line(1, milk, "1")));
        await shop.Hear(one);
        var client = shop.Client("inventory");
        Assert.Empty((await client.GetAsync("/api/stock/conflicts").Is(200))["items"]!.AsArray());
        await shop.Hear(two);

        var conflict = Assert.Single((await client.GetAsync("/api/stock/conflicts").Is(200))["items"]!.AsArray())!;
        Assert.Equal((milk, "Milk", "-1"), ((Guid)conflict["productId"]!, (string)conflict["name"]!, (string)conflict["onHand"]!));
        Assert.Equal([two.SaleId, one.SaleId], conflict["sales"]!.AsArray().Select(sale => (Guid)sale!["saleId"]!));
        Assert.Empty((await client.GetAsync($"/api/stock/conflicts?productId={bread}").Is(200))["items"]!.AsArray());

        await shop.Move(new { kind = "count", storeId = store, lines = new[] { new { productId = milk, quantity = "0", expectedOnHand = "-1" } } }).Is(201);
        Assert.Empty((await client.GetAsync("/api/stock/conflicts").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Stock_is_paged_by_store_and_product_and_names_what_the_catalogue_knows()
    {
        var shop = new Shop(cells);
        var known = await shop.AddProduct("Milk");
        Guid[] stores = [NewId(), NewId()];
        Guid[] products = [known, NewId(), NewId()];
        foreach (var store in stores)
            await shop.Hear(Sale(NewId(), store, [.. products.Select((product, at) => Line(at + 1, product, "1"))]));
        var seen = new List<(Guid Store, Guid Product)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await shop.Client("inventory").GetAsync($"/api/stock?limit=4&cursor={cursor}").Is(200);
            foreach (var item in page["items"]!.AsArray())
            {
                seen.Add(((Guid)item!["storeId"]!, (Guid)item["productId"]!));
                Assert.Equal((Guid)item["productId"]! == known ? "Milk" : null, (string?)item["name"]);
            }

            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(
            from store in stores from product in products select (store, product),
            seen.OrderBy(s => Array.IndexOf(stores, s.Store)).ThenBy(s => Array.IndexOf(products, s.Product)));
        var ofOne = await shop.Client("inventory").GetAsync($"/api/stock?productId={known}").Is(200);
        Assert.Equal(2, ofOne["items"]!.AsArray().Count);
        await shop.Client("inventory").GetAsync("/api/stock?cursor=eHg").IsProblem(400, "invalid_request");
        await shop.Client("inventory").GetAsync("/api/stock/movements?cursor=eHg").IsProblem(400, "invalid_request");
    }
}
