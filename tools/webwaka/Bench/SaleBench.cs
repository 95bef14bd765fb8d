using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Spectre.Console;
using WebWaka.Standalone;
using WebWaka.Transaction.Sales;

namespace WebWaka.Tool.Bench;

/// <summary>
/// <c>webwaka bench sale</c>: a Standalone of its own on a throw-away folder, durable; tenants that sell five lines for two
/// tenders through the gateway with real tokens, promotions and taxes; and in turn the database's own limit for one sale on the
/// same server. Ratios are what counts: machines differ.
/// </summary>
internal static class SaleBench
{
    private static readonly TimeSpan WarmUpAtMost = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan WarmUpStep = TimeSpan.FromSeconds(5);
    private const double QuietCompiler = 0.02;

    public static async Task<int> Run(int[] callers, TimeSpan length, int tenants, int tills, CancellationToken ct)
    {
        var folder = NewFolder();
        try
        {
            var port = FreePort.Choose();
            var options = new StandaloneOptions { DataPath = folder, Port = port, Demo = false, SolutionRoot = null };
            await using var postgres = await PostgresServer.FindOrBringAsync(options, Console.WriteLine, ct);
            await using var redis = GarnetServer.Start(options);
            Environment.SetEnvironmentVariable("RateLimits__sign-up", "100000");
            Environment.SetEnvironmentVariable("RateLimits__sign-in", "100000");
            Environment.SetEnvironmentVariable("RateLimits__TenantPerSecond", "100000");
            await using var system = await RunningSystem.Start(
                options, postgres.AdminConnectionString, redis.ConnectionString, pages: null, postgres.Data.Secret,
                Path.Combine(folder, "keys.json"), Path.Combine(folder, "paystack"), Console.WriteLine, ct);
            Console.WriteLine($"{tenants} tenants with {tills} tills each sign up");
            using var shops = await BenchShops.Open($"http://127.0.0.1:{port}", port, tenants, tills, ct);
            var limit = await Limit.Prepare(postgres.AdminConnectionString, ct);
            await WarmUp(shops, callers.Max(), ct);
            return await Rounds(callers, length, shops, limit, postgres, system.ServicesOf(Wiring.Transaction).GetRequiredService<SaleBatches>(), ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("webwaka-bench-").FullName;
        // As root PostgreSQL runs as another user, who has to reach its files.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    /// <summary>Sells until the just-in-time compiler has little left to do: a service that runs all day is measured, not its first minute.</summary>
    private static async Task WarmUp(BenchShops shops, int callers, CancellationToken ct)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); clock.Elapsed < WarmUpAtMost;)
        {
            var compiled = System.Runtime.JitInfo.GetCompilationTime();
            await shops.Sell(callers, WarmUpStep, ct);
            var share = (System.Runtime.JitInfo.GetCompilationTime() - compiled) / WarmUpStep;
            Console.WriteLine($"warming up: {share:P0} of a core compiles");
            if (share < QuietCompiler)
                return;
        }
    }

    private static async Task<int> Rounds(
        int[] callers, TimeSpan length, BenchShops shops, Limit limit, PostgresServer postgres, SaleBatches batches, CancellationToken ct)
    {
        var ops = new NpgsqlConnectionStringBuilder(postgres.AdminConnectionString)
        {
            Username = "webwaka_ops", Password = postgres.Data.Secret("webwaka_ops"),
        }.ConnectionString;
        await using var database = NpgsqlDataSource.Create(ops);
        await Settle(database, ct);
        var own = await OwnBatch.Prepare(database, batches, ct);
        var rates = new Table().AddColumns(
            "callers", "accepted/s", "settled/s", $"limit/s ({limit.Driver})", "accepted : limit", "settled : limit", "own batch : limit");
        var times = new Table().AddColumns(
            "callers", "p50 ms", "p95 ms", "p99 ms", "errors", "ms of .NET a sale", "ms of PostgreSQL a sale", "bytes of WAL a sale");
        foreach (var count in callers)
        {
            var clients = Math.Min(count, 16);
            var before = await limit.Measure(clients, length / 2, ct);
            var (cpu, wal) = (await Cpu.Read(database, ct), await Wal(database, ct));
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var sold = await shops.Sell(count, length, ct);
            await Settle(database, ct);
            var settled = sold.Accepted / clock.Elapsed.TotalSeconds;
            (cpu, wal) = (await Cpu.Read(database, ct) - cpu, await Wal(database, ct) - wal);
            var after = await limit.Measure(clients, length / 2, ct);
            var alone = await own.Measure(clients, length / 2, ct);
            await Settle(database, ct);
            var ceiling = (before + after) / 2;
            rates.AddRow(
                Text(count), Text(sold.PerSecond), Text(settled), Text(ceiling),
                Ratio(sold.PerSecond / ceiling), Ratio(settled / ceiling), Ratio(alone / ceiling));
            times.AddRow(
                Text(count), Ratio(sold.Percentile(0.50)), Ratio(sold.Percentile(0.95)), Ratio(sold.Percentile(0.99)), Text(sold.Errors),
                Ratio(cpu.Own * 1000 / sold.Accepted), Ratio(cpu.Postgres * 1000 / sold.Accepted), Text(wal / sold.Accepted));
        }

        AnsiConsole.Write(rates);
        AnsiConsole.Write(times);
        await PrintWeight(database, ct);
        return await Verify.Verification.Conclude(ops, ct);
    }

    private static async Task<double> Wal(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT pg_current_wal_insert_lsn() - '0/0'");
        return (double)(decimal)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Waits until every consumer has done its part: the settled rate counts this time too.</summary>
    private static async Task Settle(NpgsqlDataSource database, CancellationToken ct)
    {
        // Asked so that a long backlog is not counted again and again, by the machine that is to work it off.
        var waiting = string.Join(" OR ", Wiring.Cells.Select(cell => $"EXISTS (SELECT FROM {cell}.outbox) OR EXISTS (SELECT FROM {cell}.outbox_delivery)"));
        while (true)
        {
            await using var command = database.CreateCommand($"SELECT {waiting}");
            if (!(bool)(await command.ExecuteScalarAsync(ct))!)
                return;
            await Task.Delay(50, ct);
        }
    }

    /// <summary>What one sale leaves behind, so that nobody wins by writing less than must last.</summary>
    private static async Task PrintWeight(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT count(*), avg(pg_column_size(document)),
                (SELECT count(*) FROM history.journal WHERE kind = 'sale'), (SELECT count(*) FROM inventory.stock_movement WHERE kind = 'sale'),
                (SELECT count(*) FROM payments.ledger_entry WHERE source_kind = 'sale'), (SELECT count(*) FROM promotions.redemption) FROM transaction.sale
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var sales = (double)reader.GetInt64(0);
        Console.WriteLine($"{sales:N0} sales; per sale: 1 document of {reader.GetDecimal(1):N0} bytes, {reader.GetInt64(2) / sales:N1} journal entries, " +
            $"{reader.GetInt64(3) / sales:N1} stock movements, {reader.GetInt64(4) / sales:N1} ledger entries, {reader.GetInt64(5) / sales:N1} redemptions.");
    }

    internal static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Ratio(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
