using WebWaka.Cells.Tests.Inventory;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What an Idempotency-Key promises (security.md ), on a route that moves stock.</summary>
public sealed class OnceTests(CellsFixture cells)
{
    private const string Path = "/api/stock/movements";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    public async Task Without_a_proper_key_nothing_is_done(string? key)
    {
        var (shop, store, milk) = await Open();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = System.Net.Http.Json.JsonContent.Create(Receipt(store, milk)) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var status = (int)(await shop.Client("inventory").SendAsync(request)).StatusCode;
        Assert.Equal(400, status);
        Assert.Null(await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task A_key_of_200_characters_will_do_and_a_longer_one_not()
    {
        var (shop, store, milk) = await Open();
        await shop.Move(Receipt(store, milk), new string('k', 201)).IsProblem(400, "idempotency_key_missing");
        await shop.Move(Receipt(store, milk), new string('k', 200)).Is(201);
    }

    [Fact]
    public async Task A_repeat_is_answered_with_the_same_status_type_and_bytes()
    {
        var (shop, store, milk) = await Open();
        var first = await shop.Move(Receipt(store, milk), "k");
        await shop.Move(Receipt(store, milk), "another").Is(201);
        var second = await shop.Move(Receipt(store, milk), "k");
        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(10m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task The_same_request_spelt_otherwise_is_a_repeat_and_another_is_refused()
    {
        var (shop, store, milk) = await Open();
        var first = await Raw(shop, $$"""{"kind":"receipt","storeId":"{{store}}","lines":[{"productId":"{{milk}}","quantity":"5"}]}""");
        var same = await Raw(shop, $$"""{ "lines": [ {"quantity": 5.0, "productId":"{{milk}}"} ], "storeId":"{{store}}", "reason": null, "kind":"receipt" }""");
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)same.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await same.Content.ReadAsStringAsync());
        await Raw(shop, $$"""{"kind":"receipt","storeId":"{{store}}","lines":[{"productId":"{{milk}}","quantity":"6"}]}""")
            .IsProblem(422, "idempotency_key_reused");
        Assert.Equal(5m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task A_hundred_at_once_are_one_and_all_get_its_answer()
    {
        var (shop, store, milk) = await Open();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(async _ => await (await shop.Move(Receipt(store, milk), "k")).Content.ReadAsStringAsync()));
        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.Contains("\"levels\"", answers[0]);
        Assert.Equal(5m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task A_key_belongs_to_its_tenant()
    {
        var (mine, store, milk) = await Open();
        var (theirs, theirStore, theirMilk) = await Open();
        await mine.Move(Receipt(store, milk), "k").Is(201);
        var answer = await theirs.Move(Receipt(theirStore, theirMilk), "k").Is(201);
        Assert.DoesNotContain(store.ToString(), answer.ToJsonString());
        Assert.Equal(5m, await theirs.OnHand(theirStore, theirMilk));
    }

    [Fact]
    public async Task A_refusal_is_not_kept_and_the_key_may_try_again()
    {
        var (shop, store, milk) = await Open();
        var late = Goods.NewId();
        await shop.Move(Receipt(late, milk), "k").IsProblem(404, "store_unknown");
        await shop.Hear(new Contracts.Identity.StoreChanged(late, 1, "LATE", "Late", null, "Africa/Lagos", "04:00", false));
        await shop.Move(Receipt(late, milk), "k").Is(201);
        Assert.Equal(5m, await shop.OnHand(late, milk));
    }

    [Fact]
    public async Task After_an_error_of_ours_nothing_is_written_and_the_key_may_try_again()
    {
        var (shop, store, milk) = await Open();
        var broken = $"broken_{shop.Tenant:N}";
        await Admin($"ALTER TABLE inventory.stock_movement ADD CONSTRAINT {broken} CHECK (tenant_id <> '{shop.Tenant}') NOT VALID");
        try
        {
            await shop.Move(Receipt(store, milk), "k").IsProblem(500, "internal_error");
        }
        finally
        {
            await Admin($"ALTER TABLE inventory.stock_movement DROP CONSTRAINT {broken}");
        }

        Assert.Null(await shop.OnHand(store, milk));
        await shop.Move(Receipt(store, milk), "k").Is(201);
        Assert.Equal(5m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task A_database_that_dies_before_the_commit_leaves_nothing_and_says_try_again()
    {
        var (shop, store, milk) = await Open();
        await shop.Move(Receipt(store, milk), "first").Is(201);
        await using var connection = await cells.Admin.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand($"SELECT 1 FROM inventory.stock_level WHERE tenant_id = '{shop.Tenant}' FOR UPDATE", connection))
            await hold.ExecuteNonQueryAsync();
        var answer = shop.Move(Receipt(store, milk), "k");
        for (var tries = 0; await Kill(connection.ProcessID) == 0; tries++)
        {
            Assert.True(tries < 200, "nobody waits for the lock");
            await Task.Delay(50);
        }

        await answer.IsProblem(503, "try_again");
        await holding.RollbackAsync();
        await shop.Move(Receipt(store, milk), "k").Is(201);
        Assert.Equal(10m, await shop.OnHand(store, milk));
    }

    private async Task<long> Kill(int blocker)
    {
        await using var command = cells.Admin.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE usename = 'inventory_app' AND datname = current_database() AND $1 = ANY (pg_blocking_pids(pid))
            """);
        command.Parameters.Add(new() { Value = blocker });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task Admin(string sql)
    {
        await using var command = cells.Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static object Receipt(Guid store, Guid product) =>
        new { kind = "receipt", storeId = store, lines = new[] { new { productId = product, quantity = "5" } } };

    private static async Task<HttpResponseMessage> Raw(Shop shop, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "k");
        return await shop.Client("inventory").SendAsync(request);
    }

    private async Task<(Shop Shop, Guid Store, Guid Milk)> Open()
    {
        var shop = new Shop(cells);
        return (shop, await shop.OpenStore(), await shop.AddProduct());
    }
}
