using System.Text.Json.Nodes;
using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

public sealed class MoveStockTests(CellsFixture cells)
{
    private static object[] Lines(Guid product, string quantity) => [new { productId = product, quantity }];

    private static object Receipt(Guid store, Guid product, string quantity) => new { kind = "receipt", storeId = store, lines = Lines(product, quantity) };

    [Fact]
    public async Task Goods_received_corrected_wasted_and_transferred_are_on_hand_where_they_are()
    {
        var shop = new Shop(cells);
        var (lagos, abuja, milk) = (await shop.OpenStore(), await shop.OpenStore(), await shop.AddProduct());
        var answer = await shop.Move(Receipt(lagos, milk, "10.5")).Is(201);
        Assert.Equal("10.5", (string?)answer["levels"]![0]!["onHand"]);
        await shop.Move(new { kind = "adjustment", storeId = lagos, reason = "found", lines = Lines(milk, "-0.5") }).Is(201);
        await shop.Move(new { kind = "waste", storeId = lagos, reason = "spilt", lines = Lines(milk, "1") }).Is(201);
        var transfer = await shop.Move(new { kind = "transfer", storeId = lagos, toStoreId = abuja, lines = Lines(milk, "4") }).Is(201);
        Assert.Equal((5m, 4m), (await shop.OnHand(lagos, milk), await shop.OnHand(abuja, milk)));
        Assert.Equal(2, transfer["levels"]!.AsArray().Count);

        var moved = await shop.Movements(milk);
        Assert.Equal(["adjustment", "receipt", "transferIn", "transferOut", "waste"], moved.Select(m => (string)m!["kind"]!).Order());
        Assert.Equal(0m, moved.Where(m => ((string)m!["kind"]!).StartsWith("transfer", StringComparison.Ordinal))
            .Sum(m => decimal.Parse((string)m!["quantity"]!)));
        Assert.Equal("spilt", (string?)moved.Single(m => (string)m!["kind"]! == "waste")!["reason"]);
        var page = await shop.Client("inventory").GetAsync($"/api/stock/movements?storeId={lagos}&limit=3").Is(200);
        var rest = await shop.Client("inventory").GetAsync($"/api/stock/movements?storeId={lagos}&limit=3&cursor={page["nextCursor"]}").Is(200);
        Assert.Equal(4, page["items"]!.AsArray().Concat(rest["items"]!.AsArray()).Select(m => (string)m!["id"]!).Distinct().Count());
    }

    [Fact]
    public async Task Sent_twice_and_at_once_it_moves_once_and_every_answer_is_the_same()
    {
        var shop = new Shop(cells);
        var (store, milk) = (await shop.OpenStore(), await shop.AddProduct());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.Move(Receipt(store, milk, "3"), "one-key").Is(201)));
        Assert.All(answers, answer => Assert.True(JsonNode.DeepEquals(answers[0], answer)));
        Assert.Equal(3m, await shop.OnHand(store, milk));
        await shop.Move(Receipt(store, milk, "4"), "one-key").IsProblem(422, "idempotency_key_reused");
        Assert.Single(await shop.Movements(milk));
    }

    [Fact]
    public async Task The_same_document_under_other_keys_moves_once()
    {
        var shop = new Shop(cells);
        var (store, milk) = (await shop.OpenStore(), await shop.AddProduct());
        var body = new { id = NewId(), kind = "receipt", storeId = store, lines = Lines(milk, "3") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Move(body)));
        Assert.Single(answers, answer => (int)answer.StatusCode == 201);
        foreach (var answer in answers.Where(answer => (int)answer.StatusCode != 201))
            await Task.FromResult(answer).IsProblem(409, "already_exists");
        await shop.Move(new { body.id, kind = "waste", storeId = store, reason = "x", lines = Lines(milk, "1") }).IsProblem(409, "already_exists");
        Assert.Equal(3m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task A_count_is_taken_only_if_stock_is_what_the_counter_saw()
    {
        var shop = new Shop(cells);
        var (store, milk) = (await shop.OpenStore(), await shop.AddProduct());
        await shop.Move(Receipt(store, milk, "10")).Is(201);
        object Count(string counted, string expected) =>
            new { kind = "count", storeId = store, lines = new[] { new { productId = milk, quantity = counted, expectedOnHand = expected } } };
        await shop.Move(Count("8", "10.0")).Is(201);
        Assert.Equal(8m, await shop.OnHand(store, milk));
        var refused = await shop.Move(Count("8", "10")).IsProblem(409, "stock_moved");
        Assert.Equal("8", (string?)refused["levels"]![0]!["onHand"]);
        await shop.Move(Count("8", "8")).Is(201);
        Assert.Equal(["-2", "0"], (await shop.Movements(milk)).Where(m => (string)m!["kind"]! == "count").Select(m => (string)m!["quantity"]!).Order());
    }

    [Fact]
    public async Task Of_counts_at_once_from_the_same_sight_one_is_taken_and_no_sale_is_lost_among_them()
    {
        var shop = new Shop(cells);
        var (store, milk) = (await shop.OpenStore(), await shop.AddProduct());
        // The level exists already, so that its lock alone decides between them.
        await shop.Move(Receipt(store, milk, "10")).Is(201);
        var counts = Enumerable.Range(1, 8).Select(n => shop.Move(new
        {
            kind = "count", storeId = store, lines = new[] { new { productId = milk, quantity = $"{n * 100}", expectedOnHand = "10" } },
        })).ToArray();
        var taken = Assert.Single(await Task.WhenAll(counts), answer => (int)answer.StatusCode == 201);
        var counted = (await shop.OnHand(store, milk))!.Value;
        var receipts = Enumerable.Range(0, 10).Select(_ => (Task)shop.Move(Receipt(store, milk, "5")).Is(201));
        await Task.WhenAll(receipts.Concat(Enumerable.Range(0, 10).Select(_ => shop.Hear(Sale(NewId(), store, Line(1, milk, "1"))))));
        Assert.Equal(counted + 40, await shop.OnHand(store, milk));
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task All_lines_or_none_are_moved()
    {
        var shop = new Shop(cells);
        var (store, milk, service) = (await shop.OpenStore(), await shop.AddProduct(), await shop.AddProduct("Repair", stocked: false));
        object[] unknown = [.. Lines(milk, "1"), .. Lines(NewId(), "1")];
        await shop.Move(new { kind = "receipt", storeId = store, lines = unknown }).IsProblem(404, "product_unknown");
        await shop.Move(new { kind = "receipt", storeId = store, lines = Lines(milk, "1").Concat(Lines(service, "1")) }).IsProblem(409, "product_not_stocked");
        await shop.Move(Receipt(NewId(), milk, "1")).IsProblem(404, "store_unknown");
        Assert.Null(await shop.OnHand(store, milk));
        object many = new { kind = "receipt", storeId = store, lines = Enumerable.Repeat(Lines(milk, "0.00001")[0], 500) };
        await shop.Move(many).Is(201);
        Assert.Equal(0.005m, await shop.OnHand(store, milk));
    }

    [Theory]
    [InlineData("receipt", "0", "{}", "lines[0].quantity")]
    [InlineData("receipt", "-1", "{}", "lines[0].quantity")]
    [InlineData("receipt", "1.000001", "{}", "lines[0].quantity")]
    [InlineData("receipt", "10000000", "{}", "lines[0].quantity")]
    [InlineData("adjustment", "0", """{"reason":"x"}""", "lines[0].quantity")]
    [InlineData("adjustment", "1", "{}", "reason")]
    [InlineData("waste", "1", """{"reason":"\u0000"}""", "reason")]
    [InlineData("count", "1", "{}", "lines[0].expectedOnHand")]
    [InlineData("transfer", "1", "{}", "toStoreId")]
    [InlineData("receipt", "1", """{"toStoreId":"01900000-0000-7000-8000-000000000000"}""", "toStoreId")]
    public async Task What_is_not_valid_is_refused_by_the_member(string kind, string quantity, string more, string member)
    {
        var shop = new Shop(cells);
        var body = JsonNode.Parse(more)!.AsObject();
        body["kind"] = kind;
        body["storeId"] = NewId();
        body["lines"] = new JsonArray(new JsonObject { ["productId"] = NewId(), ["quantity"] = quantity });
        var refused = await shop.Move(body).IsProblem(400, "invalid_request");
        Assert.StartsWith(member + ":", (string?)refused["detail"]);
    }

    [Fact]
    public async Task Another_tenants_store_and_product_are_unknown()
    {
        var (mine, theirs) = (new Shop(cells), new Shop(cells));
        var (store, milk) = (await mine.OpenStore(), await mine.AddProduct());
        var (theirStore, theirMilk) = (await theirs.OpenStore(), await theirs.AddProduct());
        await mine.Move(Receipt(store, milk, "5")).Is(201);
        await theirs.Move(Receipt(store, theirMilk, "1")).IsProblem(404, "store_unknown");
        await theirs.Move(Receipt(theirStore, milk, "1")).IsProblem(404, "product_unknown");
        await theirs.Move(new { kind = "transfer", storeId = theirStore, toStoreId = store, lines = Lines(theirMilk, "1") }).IsProblem(404, "store_unknown");
        foreach (var path in new[] { "/api/stock", $"/api/stock?productId={milk}", $"/api/stock?storeId={store}", "/api/stock/movements", $"/api/stock/movements?productId={milk}", "/api/stock/conflicts" })
            Assert.Empty((await theirs.Client("inventory").GetAsync(path).Is(200))["items"]!.AsArray());
        Assert.Equal(5m, await mine.OnHand(store, milk));
    }

    [Fact]
    public async Task Stock_is_closed_to_the_unknown_the_unpermitted_and_unknown_members()
    {
        var shop = new Shop(cells);
        var body = Receipt(NewId(), NewId(), "1");
        var nobody = new HttpClient { BaseAddress = cells.AddressOf("inventory") };
        foreach (var path in new[] { "/api/stock", "/api/stock/movements", "/api/stock/conflicts" })
            await nobody.GetAsync(path).IsProblem(401, "not_signed_in");
        await nobody.Post("/api/stock/movements", body, "k").IsProblem(401, "not_signed_in");
        await shop.Client("inventory", "cashier").GetAsync("/api/stock").Is(200);
        await shop.Client("inventory", "cashier").Post("/api/stock/movements", body, "k").IsProblem(403, "forbidden");
        await shop.Client("inventory").Post("/api/stock/movements", body).IsProblem(400, "idempotency_key_missing");
        await shop.Move(new { kind = "receipt", storeId = NewId(), lines = Lines(NewId(), "1"), colour = "red" }).IsProblem(400, "malformed_request");
        await shop.Move(new { kind = "sale", storeId = NewId(), lines = Lines(NewId(), "1") }).IsProblem(400, "malformed_request");
    }
}
