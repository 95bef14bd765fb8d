using System.Text.Json.Nodes;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

public sealed class ProductTests(CellsFixture cells)
{
    private readonly Ear _ear = Ear.On(cells);

    [Fact]
    public async Task A_product_added_is_found_by_id_sku_and_barcode_with_the_tenants_currency()
    {
        var shop = new Shop(cells);
        await shop.Hear(new TenantSettingsChanged(1, shop.Slug, "Shop", "NG", "NGN", "Africa/Lagos", "04:00", true, null, null, "active"));
        var client = shop.Client("inventory");
        var body = new
        {
            sku = "MILK-1", name = "Peak Milk 400g", price = 129900, taxClass = "zero", category = "Dairy", brand = "Peak",
            tags = new[] { "cold" }, barcodes = new[] { "6151100000015", "615" },
        };
        var made = await client.Post("/api/products", body).Is(201);
        Assert.Equal(1, (long)made["version"]!);
        Assert.Equal("NGN", (string?)made["currency"]);
        Assert.Null(made["archived"]);

        var read = await client.GetAsync($"/api/products/{made["id"]}").Is(200);
        Assert.True(JsonNode.DeepEquals(made, read));
        foreach (var query in new[] { "barcode=615", "barcode=6151100000015", "sku=MILK-1", "category=Dairy", "search=peak%20400" })
        {
            var list = await client.GetAsync($"/api/products?{query}").Is(200);
            var item = Assert.Single(list["items"]!.AsArray())!;
            Assert.Equal(129900, (long)item["price"]!);
            Assert.Equal("NGN", (string?)list["currency"]);
            Assert.Equal(["6151100000015", "615"], item["barcodes"]!.AsArray().Select(b => (string)b!));
        }

        foreach (var query in new[] { "barcode=61", "sku=MILK", "category=Dair", "search=eak" })
            Assert.Empty((await client.GetAsync($"/api/products?{query}").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_product_sent_twice_even_at_once_is_added_once_and_another_content_is_refused()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        var body = new { id = NewId(), sku = "A", name = "A", price = 1, barcodes = new[] { "123" } };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.Post("/api/products", body).Is(201)));
        Assert.All(answers, answer => Assert.True(JsonNode.DeepEquals(answers[0], answer)));
        Assert.Single((await client.GetAsync("/api/products").Is(200))["items"]!.AsArray());
        await _ear.Heard<ProductChanged>(shop, 1);
        await client.Post("/api/products", new { body.id, sku = "A", name = "B", price = 1 }).IsProblem(409, "already_exists");
    }

    [Fact]
    public async Task A_price_may_have_up_to_four_decimals_and_then_is_text()
    {
        var client = new Shop(cells).Client("inventory");
        var made = await client.Post("/api/products", new { sku = "A", name = "Petrol", price = "12.3456" }).Is(201);
        Assert.Equal("12.3456", (string?)made["price"]);
        var whole = await client.Post("/api/products", new { sku = "B", name = "Diesel", price = "12.000" }).Is(201);
        Assert.Equal(12, (long)whole["price"]!);
        foreach (var price in new object[] { "1.23456", "-1", -1, "10000000000000", "1e3", "abc", "", 1.5 })
        {
            var answer = await client.Post("/api/products", new { sku = "C", name = "C", price });
            Assert.True((int)answer.StatusCode == 400, $"{price}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_is_published_with_the_new_one()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        var id = await shop.AddProduct("Old name");
        var etag = (await client.GetAsync($"/api/products/{id}")).Headers.ETag!.Tag;
        var change = new { sku = "NEW", name = "New name", price = "2.5", tags = new[] { "t" } };
        await client.Send(HttpMethod.Put, $"/api/products/{id}", change).IsProblem(428, "if_match_required");
        var saved = await client.Send(HttpMethod.Put, $"/api/products/{id}", change, ifMatch: etag).Is(200);
        Assert.Equal(2, (long)saved["version"]!);
        await client.Send(HttpMethod.Put, $"/api/products/{id}", change, ifMatch: etag).IsProblem(412, "version_moved");
        Assert.Empty((await client.GetAsync("/api/products?search=old").Is(200))["items"]!.AsArray());
        Assert.Single((await client.GetAsync("/api/products?search=new").Is(200))["items"]!.AsArray());
        var last = (await _ear.Heard<ProductChanged>(shop, 2))[^1];
        Assert.Equal((2, "2.5", "NEW"), ((long)last["version"]!, (string)last["price"]!, (string)last["sku"]!));
    }

    [Fact]
    public async Task Of_eight_changes_of_the_same_version_at_once_one_is_taken()
    {
        var shop = new Shop(cells);
        var client = shop.Client("inventory");
        var id = await shop.AddProduct();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            client.Send(HttpMethod.Put, $"/api/products/{id}", new { sku = "S", name = $"Name {n}", price = n }, ifMatch: "\"1\"")));
        Assert.Single(answers, answer => (int)answer.StatusCode == 200);
        Assert.Equal(7, answers.Count(answer => (int)answer.StatusCode == 412));
    }

    [Fact]
    public async Task A_barcode_belongs_to_one_live_product_and_comes_free_when_that_is_archived()
    {
        var client = new Shop(cells).Client("inventory");
        var first = await client.Post("/api/products", new { sku = "A", name = "A", price = 1, barcodes = new[] { "111", "222" } }).Is(201);
        var second = new { sku = "B", name = "B", price = 1, barcodes = new[] { "333", "222" } };
        var refused = await client.Post("/api/products", second).IsProblem(409, "barcode_taken");
        Assert.Equal(("222", (string)first["id"]!), ((string)refused["barcode"]!, (string)refused["productId"]!));
        await client.Post("/api/products", new { sku = "A", name = "B", price = 1 }).IsProblem(409, "sku_taken");

        var archived = new { sku = "A", name = "A", price = 1, barcodes = new[] { "111", "222" }, archived = true };
        var gone = await client.Send(HttpMethod.Put, $"/api/products/{first["id"]}", archived, ifMatch: "\"1\"").Is(200);
        Assert.True((bool)gone["archived"]!);
        await client.Post("/api/products", second).Is(201);
        var back = archived with { archived = false };
        await client.Send(HttpMethod.Put, $"/api/products/{first["id"]}", back, ifMatch: "\"2\"").IsProblem(409, "barcode_taken");
        Assert.Equal("B", (string?)Assert.Single((await client.GetAsync("/api/products").Is(200))["items"]!.AsArray())!["sku"]);
        Assert.Equal("A", (string?)Assert.Single((await client.GetAsync("/api/products?archived=true").Is(200))["items"]!.AsArray())!["sku"]);
    }

    [Fact]
    public async Task A_barcode_given_to_eight_products_at_once_is_one_products()
    {
        var client = new Shop(cells).Client("inventory");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n =>
            client.Post("/api/products", new { sku = $"S{n}", name = "A", price = 1, barcodes = new[] { "777" } })));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201))
            await Task.FromResult(answer).IsProblem(409, "barcode_taken");
    }

    [Fact]
    public async Task Another_tenants_products_are_not_there()
    {
        var mine = new Shop(cells);
        var theirs = new Shop(cells);
        var id = await mine.AddProduct("Secret");
        var client = theirs.Client("inventory");
        await client.GetAsync($"/api/products/{id}").IsProblem(404, "not_found");
        await client.Send(HttpMethod.Put, $"/api/products/{id}", new { sku = "X", name = "X", price = 1 }, ifMatch: "\"1\"").IsProblem(404, "not_found");
        Assert.Empty((await client.GetAsync("/api/products").Is(200))["items"]!.AsArray());
        Assert.Empty((await client.GetAsync("/api/products?search=secret").Is(200))["items"]!.AsArray());
        Assert.Empty((await client.GetAsync("/api/categories").Is(200))["items"]!.AsArray());
        // The same id, SKU and barcode are free to another tenant: nothing is learned of the first.
        await client.Post("/api/products", new { id, sku = "X", name = "Mine", price = 1 }).Is(201);
        Assert.Equal("Secret", (string?)(await mine.Client("inventory").GetAsync($"/api/products/{id}").Is(200))["name"]);
    }

    [Theory]
    [InlineData("""{"sku":"","name":"A","price":1}""", "sku")]
    [InlineData("""{"sku":"A","name":" ","price":1}""", "name")]
    [InlineData("""{"sku":"A","name":"A\u0007","price":1}""", "name")]
    [InlineData("""{"sku":"A","name":"A","price":1,"barcodes":["1 2"]}""", "barcodes[0]")]
    [InlineData("""{"sku":"A","name":"A","price":1,"barcodes":[null]}""", "barcodes[0]")]
    [InlineData("""{"sku":"A","name":"A","price":1,"tags":[""]}""", "tags[0]")]
    [InlineData("""{"sku":"A","name":"A","price":1,"version":1}""", "version")]
    [InlineData("""{"sku":"A","name":"A","price":1,"id":"00000000-0000-0000-0000-000000000000"}""", "id")]
    public async Task A_product_that_is_not_valid_is_refused_by_the_member(string body, string member)
    {
        var client = new Shop(cells).Client("inventory");
        var refused = await client.Post("/api/products", JsonNode.Parse(body)!).IsProblem(400, "invalid_request");
        Assert.StartsWith(member + ":", (string?)refused["detail"]);
    }

    [Fact]
    public async Task Products_are_closed_to_the_unknown_the_unpermitted_and_unknown_members()
    {
        var shop = new Shop(cells);
        var body = new { sku = "A", name = "A", price = 1 };
        var nobody = new HttpClient { BaseAddress = cells.AddressOf("inventory") };
        await nobody.GetAsync("/api/products").IsProblem(401, "not_signed_in");
        await nobody.GetAsync($"/api/products/{shop.Tenant}").IsProblem(401, "not_signed_in");
        await nobody.GetAsync("/api/categories").IsProblem(401, "not_signed_in");
        await nobody.Post("/api/products", body).IsProblem(401, "not_signed_in");
        await nobody.Post("/api/products/batch", new { products = new[] { body } }).IsProblem(401, "not_signed_in");
        await nobody.Send(HttpMethod.Put, $"/api/products/{shop.Tenant}", body, ifMatch: "\"1\"").IsProblem(401, "not_signed_in");
        var cashier = shop.Client("inventory", "cashier");
        await cashier.GetAsync("/api/products").Is(200);
        await cashier.Post("/api/products", body).IsProblem(403, "forbidden");
        await cashier.Post("/api/products/batch", new { products = new[] { body } }).IsProblem(403, "forbidden");
        await cashier.Send(HttpMethod.Put, $"/api/products/{shop.Tenant}", body, ifMatch: "\"1\"").IsProblem(403, "forbidden");
        await shop.Client("inventory").Post("/api/products", new { sku = "A", name = "A", price = 1, colour = "red" }).IsProblem(400, "malformed_request");
    }
}
