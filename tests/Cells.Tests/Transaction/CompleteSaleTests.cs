using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Transaction;

public sealed class CompleteSaleTests(CellsFixture cells)
{
    [Fact]
    public async Task A_sale_is_priced_numbered_and_given_change()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart("WELCOME10");

        var sale = await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);

        // 2 x 12,500.00 + 450.50 = 25,450.50; less 10 % = 22,905.45; VAT 7.5 % = 1,717.91.
        Assert.Equal("T0100000001", (string?)sale["number"]);
        Assert.Equal(2_290_545, (long)sale["net"]!);
        Assert.Equal(254_505, (long)sale["discount"]!);
        Assert.Equal(2_462_336, (long)sale["total"]!);
        Assert.Equal(100_000, (long)sale["change"]!);
        Assert.Equal("completed", (string?)sale["status"]);
    }

    [Fact]
    public async Task A_sale_sent_twice_is_recorded_once_and_answered_with_the_same_bytes()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart("WELCOME10");
        var first = await (await shop.Cashier.Post("/api/sales", body, id.ToString())).Content.ReadAsStringAsync();

        var second = await shop.Cashier.Post("/api/sales", body, id.ToString());

        Assert.Equal(first, await second.Content.ReadAsStringAsync());
        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal(1, await Count(shop, "sale"));
    }

    [Fact]
    public async Task Fifty_tries_at_once_make_one_sale()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart("WELCOME10");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201)));

        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(1, await Count(shop, "sale"));
    }

    [Fact]
    public async Task A_sale_goes_through_after_every_idle_connection_was_cut()
    {
        var shop = await SellingShop.Open(cells);
        await Sell(shop);
        await using (var cut = cells.Admin.CreateCommand("""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND usename = 'transaction_app' AND state = 'idle' AND query LIKE 'SELECT save_sale(%'
            """))
            Assert.InRange((long)(await cut.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, 1, 100);

        await Sell(shop);

        Assert.Equal(2, await Count(shop, "sale"));
    }

    [Fact]
    public async Task The_same_sale_under_another_key_is_answered_as_the_first_time()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        var first = await shop.Cashier.Post("/api/sales", body, "key-1").Is(201);

        var second = await shop.Cashier.Post("/api/sales", body, "key-2").Is(201);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal(1, await Count(shop, "sale"));
    }

    [Theory]
    [InlineData("\\u0001")]
    [InlineData("\"\\u0001\"")]
    [InlineData("₦ \\\"\\u0001 é")]
    public async Task A_note_that_spells_the_numbers_placeholder_stays_as_it_was_written(string note)
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        var noted = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        noted["note"] = note;

        await shop.Cashier.Post("/api/sales", noted, id.ToString()).Is(201);

        var stored = await shop.Cashier.GetAsync($"/api/sales/{id}").Is(200);
        Assert.Equal(note, (string?)stored["document"]!["note"]);
        Assert.Equal("T0100000001", (string?)stored["document"]!["number"]);
    }

    [Fact]
    public async Task The_same_key_or_id_with_another_content_is_refused()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, "key-1").Is(201);
        var other = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        other["note"] = "another";

        await shop.Cashier.Post("/api/sales", other, "key-1").IsProblem(422, "idempotency_key_reused");
        await shop.Cashier.Post("/api/sales", other, "key-2").IsProblem(409, "sale_id_reused");
        Assert.Equal(1, await Count(shop, "sale"));
    }

    [Fact]
    public async Task One_coupon_with_one_use_is_redeemed_once_by_fifty_sales_at_once()
    {
        var shop = await SellingShop.Open(cells);
        var carts = new List<(object Body, Guid Id)>();
        for (var i = 0; i < 50; i++)
            carts.Add(await shop.Cart("WELCOME10"));

        var statuses = await Task.WhenAll(carts.Select(async cart => (int)(await shop.Cashier.Post("/api/sales", cart.Body, cart.Id.ToString())).StatusCode));

        Assert.Equal(1, statuses.Count(status => status == 201));
        Assert.Equal(49, statuses.Count(status => status == 409));
        Assert.Equal(1, await Count(shop, "sale"));
    }

    [Fact]
    public async Task Fifty_sales_at_once_get_fifty_numbers_without_a_gap()
    {
        var shop = await SellingShop.Open(cells);
        var carts = new List<(object Body, Guid Id)>();
        for (var i = 0; i < 50; i++)
            carts.Add(await shop.Cart());

        var answers = await Task.WhenAll(carts.Select(cart => shop.Cashier.Post("/api/sales", cart.Body, cart.Id.ToString()).Is(201)));

        Assert.Equal(Enumerable.Range(1, 50).Select(n => $"T01{n:00000000}"), answers.Select(a => (string)a["number"]!).Order());
    }

    [Fact]
    public async Task A_price_that_moved_is_answered_with_the_new_quote_and_nothing_is_written()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Shop.Hear(SellingShop.Product(shop.Rice, "RICE", "Rice 5 kg", "1300000", "6151234567890", version: 2));

        var problem = await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "price_changed");

        Assert.Equal(1_300_000, (long)problem["quote"]!["lines"]![0]!["gross"]! / 2);
        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Theory]
    [InlineData("quantity", "-1", 400, "invalid_request")]
    [InlineData("quantity", "0", 400, "invalid_request")]
    [InlineData("quantity", "1000001", 400, "invalid_request")]
    [InlineData("quantity", "1.000001", 400, "invalid_request")]
    [InlineData("quantity", "many", 400, "malformed_request")]
    [InlineData("productId", "01900000-0000-7000-8000-000000000001", 404, "product_unknown")]
    [InlineData("price", "1", 400, "malformed_request")]
    public async Task A_bad_line_is_refused_and_nothing_is_written(string member, string value, int status, string code)
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        var bad = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        bad["lines"]![0]![member] = value;

        await shop.Cashier.Post("/api/sales", bad, id.ToString()).IsProblem(status, code);
        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Fact]
    public async Task Tenders_must_pay_to_the_minor_unit()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        var short1 = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        short1["tenders"]![1]!["amount"] = (long)short1["tenders"]![1]!["amount"]! - 1;

        var problem = await shop.Cashier.Post("/api/sales", short1, id.ToString()).IsProblem(400, "tenders_do_not_pay");

        Assert.Equal("tender_below_due", (string?)problem["reason"]);
        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Fact]
    public async Task Another_tenants_till_shift_and_products_are_not_there()
    {
        var mine = await SellingShop.Open(cells);
        var theirs = await SellingShop.Open(cells);
        var (body, id) = await theirs.Cart();

        await mine.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(404, "store_unknown");
        var sale = await theirs.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        await mine.Cashier.GetAsync($"/api/sales/{sale["id"]}").IsProblem(404, "sale_unknown");
        await mine.Cashier.Post($"/api/sales/{sale["id"]}/void", new { reason = "mine now" }, "k").IsProblem(404, "sale_unknown");
        await mine.Cashier.Post("/api/refunds", new { saleId = id, reason = "mine now" }, "k").IsProblem(404, "sale_unknown");
        await mine.Cashier.GetAsync($"/api/shifts/{theirs.Shift}").IsProblem(404, "shift_unknown");
    }

    [Fact]
    public async Task A_sale_needs_a_key_a_token_and_the_permission()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();

        await shop.Cashier.Post("/api/sales", body).IsProblem(400, "idempotency_key_missing");
        await new HttpClient { BaseAddress = shop.Cashier.BaseAddress }.Post("/api/sales", body, id.ToString()).IsProblem(401, "not_signed_in");
        await shop.Shop.Client("transaction", "auditor").Post("/api/sales", body, id.ToString()).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_sale_after_the_shift_closed_is_refused()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 100_000 }).Is(200);

        await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "shift_not_open");
    }

    private static async Task Sell(SellingShop shop)
    {
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
    }

    private async Task<long> Count(SellingShop shop, string table)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT count(*) FROM transaction.{table} WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = shop.Shop.Tenant });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
