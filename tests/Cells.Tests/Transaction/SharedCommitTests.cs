using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Cells.Tests.Payments;
using WebWaka.Contracts.Transaction;
using WebWaka.Transaction.Core;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Sales that wait for a connection share a commit, and none of them suffers from another (docs/decisions/0057).</summary>
public sealed class SharedCommitTests(CellsFixture cells)
{
    [Fact]
    public async Task Waiting_sales_of_different_shops_share_a_commit_each_in_its_own_shop()
    {
        var (busy, a, b) = (await Busy(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);

        var outcomes = await Behind(busy, batches, (a, a.Next()), (b, b.Next()));

        Assert.All(outcomes, outcome => Assert.Equal(new SaveOutcome(SaveResult.Saved, "T0100000002"), outcome));
        Assert.Equal(await CommitOf(a), await CommitOf(b));
        Assert.NotEqual(await CommitOf(busy[0]), await CommitOf(a));
        Assert.All([await NumbersOf(busy[0]), await NumbersOf(a), await NumbersOf(b)], numbers => Assert.Equal("T0100000001 T0100000002", numbers));
    }

    [Fact]
    public async Task Two_sales_of_one_shop_never_share()
    {
        var (busy, a, b) = (await Busy(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);

        var outcomes = await Behind(busy, batches, (a, a.Next()), (a, a.Next()), (b, b.Next()));

        Assert.Equal(["T0100000002", "T0100000003", "T0100000002"], outcomes.Select(outcome => outcome.Number));
        Assert.Equal("3", await Tell("SELECT count(DISTINCT xmin::text)::text FROM transaction.sale WHERE tenant_id = $1", a));
    }

    [Fact]
    public async Task Those_that_are_refused_take_no_other_down_with_them()
    {
        var (busy, a, repeated, outdated, closed) = (await Busy(), await Sold(), await Sold(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);

        var outcomes = await Behind(
            busy, batches, (a, a.Next()), (repeated, repeated.Next() with { Key = repeated.Last.Key }),
            (outdated, outdated.Next() with { RulesVersion = 999 }),
            (closed, closed.Next() is var sale ? sale with { Document = sale.Document with { ShiftId = SellingShop.NewId() } } : null!));

        Assert.Equal([SaveResult.Saved, SaveResult.Repeated, SaveResult.RulesMoved, SaveResult.Refused], outcomes.Select(outcome => outcome.Result));
        Assert.Equal("shift_not_open", outcomes[3].Problem?.Code);
        Assert.Equal("T0100000001 T0100000002", await NumbersOf(a));
        Assert.All([await NumbersOf(repeated), await NumbersOf(outdated), await NumbersOf(closed)], numbers => Assert.Equal("T0100000001", numbers));
    }

    [Fact]
    public async Task A_shop_that_was_refused_shares_no_commit_for_a_while()
    {
        var (busy, a, again, b) = (await Busy(), await Sold(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);
        var refused = await batches.Save(again.Tenant, again.Next() with { Key = again.Last.Key }, CancellationToken.None);
        Assert.Equal(SaveResult.Repeated, refused.Result);

        var outcomes = await Behind(busy, batches, (a, a.Next()), (again, again.Next()), (b, b.Next()));

        Assert.All(outcomes, outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
        Assert.Equal(await CommitOf(a), await CommitOf(b));
        Assert.NotEqual(await CommitOf(a), await CommitOf(again));
    }

    [Fact]
    public async Task A_shop_that_met_a_lock_takes_no_place_of_others_for_a_while()
    {
        var (locked, other) = (await Sold(), await Sold());
        var brief = TimeSpan.FromSeconds(5);
        await using var batches = Batches(brief, connections: 8);
        await using var theLock = await LockOf(locked);
        List<Task<SaveOutcome>> held = [batches.Save(locked.Tenant, locked.Next(), CancellationToken.None)];
        await Task.Delay(brief + TimeSpan.FromSeconds(1)); // now it waits patiently

        held.AddRange(Enumerable.Range(0, 4).Select(_ => batches.Save(locked.Tenant, locked.Next(), CancellationToken.None)));
        var saved = await batches.Save(other.Tenant, other.Next(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(SaveResult.Saved, saved.Result);
        Assert.All(held, sale => Assert.False(sale.IsCompleted));
        await theLock.DisposeAsync();
        Assert.All(await Task.WhenAll(held), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
    }

    [Fact]
    public async Task A_shop_whose_sales_wait_for_locks_leaves_places_to_others()
    {
        var (locked, other) = (await Sold(), await Sold());
        await using var batches = Batches(briefly: true, connections: 8);
        await using var theLock = await LockOf(locked);
        Task<SaveOutcome> Save(SoldOnce shop)
        {
            var sale = shop.Next();
            return batches.Save(shop.Tenant, sale with { Document = sale.Document with { CustomerId = SellingShop.NewId() } }, CancellationToken.None);
        }

        Task<SaveOutcome>[] held = [.. Enumerable.Range(0, 8).Select(_ => Save(locked))];
        Assert.Equal(SaveResult.Saved, (await Save(other).WaitAsync(TimeSpan.FromSeconds(20))).Result);

        Assert.All(held, sale => Assert.False(sale.IsCompleted));
        await theLock.DisposeAsync();
        Assert.All(await Task.WhenAll(held), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
    }

    [Fact]
    public async Task Tills_that_are_locked_hold_up_no_other_shop()
    {
        var (locked, lockedToo, a, b) = (await Sold(), await Sold(), await Sold(), await Sold());
        await using var batches = Batches(briefly: true);
        await using var theLock = await LockOf(locked, lockedToo);
        Task<SaveOutcome> Save(SoldOnce shop) => batches.Save(shop.Tenant, shop.Next(), CancellationToken.None);

        // The first two take both places of plain sales; of the others that come meanwhile one meets a lock too.
        Task<SaveOutcome>[] held = [Save(locked), Save(locked), Save(lockedToo)];
        Task<SaveOutcome>[] free = [Save(a), Save(b)];

        Assert.All(await Task.WhenAll(free).WaitAsync(TimeSpan.FromSeconds(20)), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
        await Task.Delay(TimeSpan.FromSeconds(1)); // those that are held wait for longer than others would wait with them
        Assert.All(held, sale => Assert.False(sale.IsCompleted));
        await theLock.DisposeAsync();
        Assert.All(await Task.WhenAll(held), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
        Assert.Equal("T0100000001 T0100000002 T0100000003", await NumbersOf(locked));
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_not_saved_and_gives_its_turn_to_the_next()
    {
        var (busy, gone, a, goneToo) = (await Busy(), await Sold(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);
        using var stop = new CancellationTokenSource();
        Task<SaveOutcome>[] sales = [];

        await Behind(busy, batches, async begin =>
        {
            sales =
            [
                batches.Save(gone.Tenant, gone.Next(), stop.Token), batches.Save(a.Tenant, a.Next(), CancellationToken.None),
                batches.Save(goneToo.Tenant, goneToo.Next(), stop.Token),
            ];
            await stop.CancelAsync();
            await begin();
            Assert.Equal(SaveResult.Saved, (await sales[1]).Result);
        });

        await Assert.ThrowsAsync<TaskCanceledException>(() => sales[0]);
        await Assert.ThrowsAsync<TaskCanceledException>(() => sales[2]);
        Assert.All([await NumbersOf(gone), await NumbersOf(goneToo)], numbers => Assert.Equal("T0100000001", numbers));
        // Both places are free again.
        Assert.All(await Behind(busy, batches, (a, a.Next())), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
    }

    [Fact]
    public async Task When_its_connection_is_cut_a_shared_commit_is_made_on_another()
    {
        var (busy, a, b) = (await Busy(), await Sold(), await Sold());
        await using var batches = Batches(briefly: false);
        await using var theLock = await LockOf(a);
        Task<SaveOutcome>[] together = [];
        await Behind(busy, batches, async begin =>
        {
            together = [.. new[] { a, b }.Select(shop => batches.Save(shop.Tenant, shop.Next(), CancellationToken.None))];
            await begin();
            var cut = await WaitsFor(theLock);
            await using var command = cells.Admin.CreateCommand($"SELECT pg_terminate_backend({cut})");
            await command.ExecuteNonQueryAsync();
            await PayingShop.Eventually(async () => await WaitsFor(theLock) != cut, "the commit waits again");
        });
        await theLock.DisposeAsync();

        Assert.All(await Task.WhenAll(together), outcome => Assert.Equal(new SaveOutcome(SaveResult.Saved, "T0100000002"), outcome));
        Assert.Equal(await CommitOf(a), await CommitOf(b));
    }

    /// <summary>A shop with one sale, and more like it.</summary>
    private sealed record SoldOnce(Guid Tenant, SaleToSave Last)
    {
        public SaleToSave Next() => Last with
        {
            Document = Last.Document with { SaleId = SellingShop.NewId(), Number = SaleNumber.Placeholder },
            Key = SellingShop.NewId().ToString(), Fingerprint = RandomNumberGenerator.GetBytes(32), EventId = SellingShop.NewId(),
        };
    }

    private async Task<SoldOnce> Sold()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var tenant = shop.Shop.Tenant;
        var document = JsonSerializer.Deserialize<SaleCompleted>(
            await Tell("SELECT document FROM transaction.sale WHERE tenant_id = $1", tenant), Json.Tolerant)!;
        var rules = long.Parse(await Tell("SELECT version::text FROM transaction.rules_version WHERE tenant_id = $1", tenant), CultureInfo.InvariantCulture);
        return new SoldOnce(tenant, new SaleToSave(document, rules, id.ToString(), [], 201, "{}", [], [], Guid.Empty, Trace: null));
    }

    /// <summary>As many shops as commits are made at once.</summary>
    private async Task<SoldOnce[]> Busy() => [await Sold(), await Sold()];

    /// <param name="briefly">Whether it waits for locks as shortly as in production, or so long that a lock stops it.</param>
    /// <param name="connections">Two of them for plain sales.</param>
    private SaleBatches Batches(bool briefly, int connections = 3) => Batches(TimeSpan.FromMilliseconds(briefly ? 200 : 60_000), connections);

    private SaleBatches Batches(TimeSpan briefWait, int connections)
    {
        var connection = new NpgsqlConnectionStringBuilder(cells.ConnectionOf("transaction_app")) { MaxPoolSize = 2 * connections }.ConnectionString;
        return new SaleBatches(NpgsqlDataSource.Create(connection), new Crowd(TimeProvider.System))
        {
            BriefWait = briefWait,
        };
    }

    /// <summary>How sales end that come while one of each busy shop is being saved.</summary>
    private async Task<SaveOutcome[]> Behind(SoldOnce[] busy, SaleBatches batches, params (SoldOnce Shop, SaleToSave Sale)[] sales)
    {
        SaveOutcome[] outcomes = [];
        await Behind(busy, batches, async begin =>
        {
            var waiting = sales.Select(sale => batches.Save(sale.Shop.Tenant, sale.Sale, CancellationToken.None)).ToList();
            await begin();
            outcomes = await Task.WhenAll(waiting);
        });
        return outcomes;
    }

    /// <param name="busy">Each has a sale that waits for its till.</param>
    /// <param name="batches">All of its places are taken by these.</param>
    /// <param name="come">Calls its argument to let the first end, so that one place is free; the others end after it.</param>
    private async Task Behind(SoldOnce[] busy, SaleBatches batches, Func<Func<Task>, Task> come)
    {
        var begun = new List<(NpgsqlConnection Lock, Task<SaveOutcome> Sale)>();
        foreach (var shop in busy)
        {
            var theLock = await LockOf(shop);
            begun.Add((theLock, batches.Save(shop.Tenant, shop.Next(), CancellationToken.None)));
            await WaitsFor(theLock);
        }

        await come(async () => await begun[0].Lock.DisposeAsync());
        foreach (var (theLock, _) in begun)
            await theLock.DisposeAsync();
        Assert.All(await Task.WhenAll(begun.Select(one => one.Sale)), outcome => Assert.Equal(SaveResult.Saved, outcome.Result));
    }

    /// <summary>The shop's tills are locked until it is disposed of.</summary>
    private async Task<NpgsqlConnection> LockOf(params SoldOnce[] shops)
    {
        var connection = await cells.Ops.OpenConnectionAsync();
        await using var begin = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("BEGIN"),
                new("SELECT FROM transaction.till_state WHERE tenant_id = ANY ($1) FOR UPDATE")
                {
                    Parameters = { new() { Value = shops.Select(shop => shop.Tenant).ToArray() } },
                },
            },
        };
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    private Task<string> CommitOf(SoldOnce shop) => Tell("SELECT xmin::text FROM transaction.sale WHERE tenant_id = $1 ORDER BY seq DESC LIMIT 1", shop);

    private Task<string> NumbersOf(SoldOnce shop) => Tell(
        "SELECT string_agg(number, ' ' ORDER BY seq) FROM transaction.sale WHERE tenant_id = $1 AND document LIKE '%\"' || number || '\"%'", shop);

    /// <summary>The one process that waits for it, once there is one.</summary>
    private async Task<int> WaitsFor(NpgsqlConnection theLock)
    {
        var pid = 0;
        await PayingShop.Eventually(async () =>
        {
            await using var command = cells.Admin.CreateCommand("SELECT coalesce(max(pid), 0) FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))");
            command.Parameters.Add(new() { Value = theLock.ProcessID });
            return (pid = (int)(await command.ExecuteScalarAsync())!) != 0;
        }, "somebody waits");
        return pid;
    }

    private Task<string> Tell(string sql, SoldOnce shop) => Tell(sql, shop.Tenant);

    private async Task<string> Tell(string sql, Guid tenant)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        command.Parameters.Add(new() { Value = tenant });
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
