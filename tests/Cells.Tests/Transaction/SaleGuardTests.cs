using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using WebWaka.Contracts.Promotions;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>
/// What the database itself refuses in the commit of a sale, refund or drawer: each test does by hand what a race would do, so
/// that it fails whenever the guard is away and not only now and then.
/// </summary>
public sealed class SaleGuardTests(CellsFixture cells)
{
    private readonly Guid _opening = SellingShop.NewId();

    [Fact]
    public async Task A_sale_priced_with_rules_that_have_moved_is_priced_again()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        // The cart's book is in this process's cache: another replica takes a new price in.
        await Run(shop, "UPDATE transaction.product SET price = price + 100 WHERE tenant_id = $1 AND sku = 'RICE'");
        await Run(shop, "UPDATE transaction.rules_version SET version = version + 1 WHERE tenant_id = $1");

        await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "price_changed");

        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Fact]
    public async Task An_archived_coupon_is_not_claimed()
    {
        var shop = await SellingShop.Open(cells, couponLimit: null);
        var (body, id) = await shop.Cart("WELCOME10");
        await Run(shop, "UPDATE transaction.coupon SET archived = true WHERE tenant_id = $1");

        await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "coupon_used_up");

        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Theory]
    [InlineData("UPDATE transaction.promotion SET archived = true WHERE tenant_id = $1 AND id = $2")]
    [InlineData("UPDATE transaction.promotion SET used = 3 WHERE tenant_id = $1 AND id = $2")]
    public async Task A_promotion_that_is_used_up_or_archived_is_not_claimed(string meanwhile)
    {
        var shop = await Limited();
        var (body, id) = await shop.Cart();
        await Run(shop, meanwhile, _opening);

        await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "price_changed");

        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Fact]
    public async Task A_limited_promotion_is_given_as_often_as_its_limit_says_and_a_void_gives_it_back()
    {
        var shop = await Limited();
        var carts = new List<(object Body, Guid Id)>();
        for (var i = 0; i < 10; i++)
            carts.Add(await shop.Cart());
        var statuses = await Task.WhenAll(carts.Select(async cart => (int)(await shop.Cashier.Post("/api/sales", cart.Body, cart.Id.ToString())).StatusCode));

        Assert.Equal((3, 7), (statuses.Count(status => status == 201), statuses.Count(status => status == 409)));
        Assert.Equal(3, await Used(shop));
        var sold = carts[Array.IndexOf(statuses, 201)].Id;
        await shop.Cashier.Post($"/api/sales/{sold}/void", new { reason = "wrong" }, "void").Is(200);
        Assert.Equal(2, await Used(shop));
        var (again, id) = carts[Array.IndexOf(statuses, 409)];
        await shop.Cashier.Post("/api/sales", again, id.ToString()).Is(201);
        Assert.Equal(3, await Used(shop));
    }

    [Fact]
    public async Task A_sale_that_awaits_its_payment_needs_the_open_shift_too_and_waits_for_a_close()
    {
        var shop = await SellingShop.Open(cells);
        var other = await Awaiting(shop, SellingShop.NewId());
        await shop.Cashier.Post("/api/sales", other, "other").IsProblem(409, "shift_not_open");

        var selling = await Behind(
            shop, "UPDATE transaction.till_state SET shift_id = NULL WHERE tenant_id = $1",
            async () => await shop.Cashier.Post("/api/sales", await Awaiting(shop, shop.Shift), "sale"));

        await selling[0].IsProblem(409, "shift_not_open");
        Assert.Equal(0, await Count(shop, "sale"));
    }

    [Fact]
    public async Task Cash_is_not_moved_in_a_shift_that_closes()
    {
        var shop = await SellingShop.Open(cells);

        var moving = await Behind(
            shop, "UPDATE transaction.till_state SET shift_id = NULL WHERE tenant_id = $1",
            () => shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidIn", amount = 500, reason = "coins" }, "cash"));

        await moving[0].IsProblem(409, "shift_not_open");
        Assert.Equal(0, await Count(shop, "cash_movement"));
    }

    [Fact]
    public async Task A_shift_is_closed_with_the_cash_that_moved_just_before()
    {
        var shop = await SellingShop.Open(cells);

        var closing = await Behind(
            shop, "SELECT 1 FROM transaction.till_state WHERE tenant_id = $1 FOR SHARE",
            () => shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 100_700 }),
            """
            INSERT INTO transaction.cash_movement (tenant_id, id, shift_id, kind, amount, reason, by, at)
            SELECT tenant_id, gen_random_uuid(), shift_id, 'paidIn', 700, 'coins', gen_random_uuid(), now() FROM transaction.till_state WHERE tenant_id = $1
            """);

        Assert.Equal(0, (long)(await closing[0].Is(200))["variance"]!);
    }

    [Fact]
    public async Task A_sale_is_not_voided_in_a_shift_that_closes_nor_while_it_is_refunded_at_another_till()
    {
        var shop = await SellingShop.Open(cells);
        var sale = await Sold(shop);
        var refunded = await Behind(
            shop, "SELECT 1 FROM transaction.sale WHERE tenant_id = $1 FOR UPDATE",
            () => shop.Cashier.Post($"/api/sales/{sale}/void", new { reason = "wrong" }, "v-1"),
            """
            INSERT INTO transaction.refund (tenant_id, id, sale_id, till_id, shift_id, number, series, seq, currency, total, cash, at, document)
            SELECT tenant_id, gen_random_uuid(), id, gen_random_uuid(), shift_id, 'T02R0000001', 'R', 1, currency, 1, 1, now(), '{}'
            FROM transaction.sale WHERE tenant_id = $1
            """);
        await refunded[0].IsProblem(409, "sale_has_refunds");

        var second = await Sold(shop);
        var closed = await Behind(
            shop, "UPDATE transaction.till_state SET shift_id = NULL WHERE tenant_id = $1",
            () => shop.Cashier.Post($"/api/sales/{second}/void", new { reason = "wrong" }, "v-2"));
        await closed[0].IsProblem(409, "shift_has_closed");
    }

    [Fact]
    public async Task A_second_shift_at_a_till_is_told_that_one_is_open_and_an_id_opens_one_shift_only()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 0 }).IsProblem(409, "shift_already_open");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 100_000 }).Is(200);
        await shop.Cashier.Post("/api/shifts", new { id = shop.Shift, tillId = shop.Till, @float = 0 }).IsProblem(409, "already_exists");

        Task<HttpResponseMessage> Open() => shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 0 });
        var opening = await Behind(shop, "SELECT 1 FROM transaction.till_state WHERE tenant_id = $1 FOR UPDATE", [Open, Open]);

        var answers = await Task.WhenAll(opening);
        Assert.Equal([201, 409], answers.Select(answer => (int)answer.StatusCode).Order());
        await Task.FromResult(answers.Single(answer => !answer.IsSuccessStatusCode)).IsProblem(409, "shift_already_open");
    }

    [Fact]
    public async Task Refunds_of_one_sale_at_two_tills_at_once_give_the_money_back_once()
    {
        var shop = await SellingShop.Open(cells);
        var second = SellingShop.NewId();
        await shop.Shop.Hear(new Contracts.Identity.TillChanged(second, 1, shop.Store, "T02", "Till 2", false));
        await shop.Cashier.Post("/api/shifts", new { tillId = second, @float = 100_000 }).Is(201);
        var sale = await Sold(shop);

        var refunds = await Behind(
            shop, "SELECT 1 FROM transaction.sale WHERE tenant_id = $1 FOR UPDATE",
            new[] { shop.Till, second }.Select(till => (Func<Task<HttpResponseMessage>>)(() =>
                shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "all", tillId = till }, $"r-{till}"))).ToArray());

        var statuses = await Task.WhenAll(refunds.Select(async refund => (int)(await refund).StatusCode));
        Assert.Equal([201, 409], statuses.Order());
        Assert.Equal(1, await Count(shop, "refund"));
    }

    [Fact]
    public async Task Refunds_of_one_till_at_once_get_numbers_without_a_gap()
    {
        var shop = await SellingShop.Open(cells);
        var sales = new List<Guid>();
        for (var i = 0; i < 4; i++)
            sales.Add(await Sold(shop));

        var refunds = await Behind(
            shop, "SELECT 1 FROM transaction.till_state WHERE tenant_id = $1 FOR UPDATE",
            sales.Select(sale => (Func<Task<HttpResponseMessage>>)(() =>
                shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "all" }, $"r-{sale}"))).ToArray());

        var numbers = await Task.WhenAll(refunds.Select(async refund => (string)(await refund.Is(201))["number"]!));
        Assert.Equal(["T01R0000001", "T01R0000002", "T01R0000003", "T01R0000004"], numbers.Order());
    }

    [Fact]
    public async Task A_refund_goes_into_the_shift_that_its_till_named_and_its_id_is_good_once()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, refund) = (await Sold(shop), SellingShop.NewId());
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "x", shiftId = SellingShop.NewId() }, "r-1").IsProblem(409, "shift_not_open");
        object Part(string reason) => new { id = refund, saleId = sale, reason, lines = new[] { new { line = 1, quantity = "1" } } };
        await shop.Cashier.Post("/api/refunds", Part("x"), "r-2").Is(201);

        await shop.Cashier.Post("/api/refunds", Part("y"), "r-3").IsProblem(409, "refund_id_reused");

        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 0 }).Is(200);
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "late" }, "r-4").IsProblem(409, "shift_not_open");
        Assert.Equal(1, await Count(shop, "refund"));
    }

    [Fact]
    public async Task Only_a_whole_refund_gives_the_coupon_back()
    {
        var shop = await SellingShop.Open(cells);
        var sale = await Sold(shop, "WELCOME10");
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "x", lines = new[] { new { line = 1, quantity = "1" } } }, "r-1").Is(201);
        var (body, id) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", body, id.ToString()).IsProblem(409, "coupon_used_up");

        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "rest" }, "r-2").Is(201);

        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
    }

    /// <summary>The unique keys under all of it: a second row is refused whoever writes it.</summary>
    [Theory]
    [InlineData("sale", "id", "ix_sale_tenant_id_till_id_series_seq")]
    [InlineData("sale", "seq", "pk_sale")]
    [InlineData("refund", "id", "ix_refund_tenant_id_till_id_series_seq")]
    [InlineData("refund", "seq", "pk_refund")]
    [InlineData("shift", "id", "ix_shift_open")]
    [InlineData("idempotency", "body", "pk_idempotency")]
    [InlineData("till_state", "code", "pk_till_state")]
    [InlineData("coupon", "used", "pk_coupon")]
    public async Task No_number_id_or_key_is_there_twice(string table, string differs, string key)
    {
        var shop = await SellingShop.Open(cells);
        var sale = await Sold(shop);
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "all" }, "r-1").Is(201);
        var other = differs switch { "id" => "gen_random_uuid()", "body" or "code" => "'other'", _ => "99" };

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Run(shop, $"""
            INSERT INTO transaction.{table} SELECT (jsonb_populate_record(t, jsonb_build_object('{differs}', {other}))).*
            FROM transaction.{table} t WHERE tenant_id = $1 LIMIT 1
            """));

        Assert.Equal((PostgresErrorCodes.UniqueViolation, key), (refused.SqlState, refused.ConstraintName));
    }

    /// <summary>A shop where every cart has ten percent off the order, three times in all.</summary>
    private async Task<SellingShop> Limited()
    {
        var shop = await SellingShop.Open(cells);
        Promotion rule = new PercentOff { Id = _opening, Name = "Opening", Percent = 10, Scope = PromotionScope.Order };
        await shop.Shop.Hear(new PromotionChanged(_opening, 1, JsonSerializer.Serialize(rule, PricingJson.Options), 3, false));
        return shop;
    }

    private static async Task<Guid> Sold(SellingShop shop, params string[] coupons)
    {
        var (body, id) = await shop.Cart(coupons);
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        return id;
    }

    private static async Task<JsonNode> Awaiting(SellingShop shop, Guid shift)
    {
        var body = JsonNode.Parse(JsonSerializer.Serialize((await shop.Cart()).Body))!;
        body["shiftId"] = shift;
        body["tenders"] = new JsonArray(new JsonObject { ["method"] = "paystack", ["amount"] = (long)body["expectedTotal"]! });
        return body;
    }

    private async Task<long> Used(SellingShop shop)
    {
        await using var command = cells.Ops.CreateCommand("SELECT used FROM transaction.promotion WHERE tenant_id = $1 AND id = $2");
        command.Parameters.Add(new() { Value = shop.Shop.Tenant });
        command.Parameters.Add(new() { Value = _opening });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<long> Count(SellingShop shop, string table)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT count(*) FROM transaction.{table} WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = shop.Shop.Tenant });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task Run(SellingShop shop, string sql, params object[] values) => Races.Run(cells, shop, sql, values);

    private Task<Task<HttpResponseMessage>[]> Behind(SellingShop shop, string first, Func<Task<HttpResponseMessage>> request, string? then = null) =>
        Races.Behind(cells, shop, first, [request], then);

    private Task<Task<HttpResponseMessage>[]> Behind(SellingShop shop, string first, Func<Task<HttpResponseMessage>>[] requests) =>
        Races.Behind(cells, shop, first, requests);
}
