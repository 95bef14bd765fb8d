using System.Diagnostics;
using Npgsql;
using Spectre.Console;
using WebWaka.Distributed;
using WebWaka.Standalone;

namespace WebWaka.Tool.Bench;

internal sealed record DistributedLoad(int Callers, TimeSpan Length, int Tenants, int Tills, int Replicas, int Events);

/// <summary>
/// <c>webwaka bench distributed</c>: every Cell, the gateway, PostgreSQL, Redis and RabbitMQ as processes on this machine, durable.
/// Accepted and settled sales over the database's own limit; how long an event takes to its last consumer while half as many sales
/// come as can be settled; and how fast the outbox is emptied beside what the broker itself confirms.
/// </summary>
internal static class DistributedBench
{
    public static async Task<int> Run(DistributedLoad load, CancellationToken ct)
    {
        var folder = SaleBench.NewFolder();
        try
        {
            var postgres = new StandaloneOptions { DataPath = Path.Combine(folder, "data"), Demo = false };
            await RememberCommits(postgres, ct);
            Console.WriteLine("starting PostgreSQL, Redis, RabbitMQ and every service");
            await using var deployment = await Deployment.Start(new DeploymentOptions(folder, postgres) { Replicas = load.Replicas }, ct);
            await using var database = NpgsqlDataSource.Create(deployment.ConnectionOf(Wiring.OpsRole));
            var gateway = deployment.Gateways[0];
            Console.WriteLine($"{load.Tenants} tenants with {load.Tills} tills each sign up");
            using var shops = await BenchShops.Open(gateway.ToString(), gateway.Port, load.Tenants, load.Tills, ct);
            var limit = await Limit.Prepare(deployment.Postgres.AdminConnectionString, ct);
            await WarmUp.UntilNoBetter(async () =>
            {
                var sold = await shops.Sell(load.Callers, WarmUp.Step, ct);
                return (1 / sold.PerSecond, $"{SaleBench.Text(sold.PerSecond)} sales/s");
            });
            await Settle(database, ct);
            var settled = await Rates(load, shops, limit, database, ct);
            await EventLag.Measure(shops, database, settled / 2, load.Length, () => Settle(database, ct), ct);
            await DispatcherRate.Measure(deployment, database, load.Events, ct);
            await Settle(database, ct);
            return await Verify.Verification.Conclude(deployment.ConnectionOf(Wiring.OpsRole), ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>Settled sales a second.</returns>
    private static async Task<double> Rates(DistributedLoad load, BenchShops shops, Limit limit, NpgsqlDataSource database, CancellationToken ct)
    {
        var before = await limit.Measure(Math.Min(load.Callers, 16), load.Length / 2, ct);
        var clock = Stopwatch.StartNew();
        var sold = await shops.Sell(load.Callers, load.Length, ct);
        await Settle(database, ct);
        var settled = sold.Accepted / clock.Elapsed.TotalSeconds;
        var after = await limit.Measure(Math.Min(load.Callers, 16), load.Length / 2, ct);
        var ceiling = (before + after) / 2;
        var table = new Table().AddColumns(
            "callers", "accepted/s", "settled/s", $"limit/s ({limit.Driver})", "accepted : limit", "settled : limit", "p50 ms", "p99 ms", "errors");
        table.AddRow(
            SaleBench.Text(load.Callers), SaleBench.Text(sold.PerSecond), SaleBench.Text(settled), SaleBench.Text(ceiling),
            SaleBench.Ratio(sold.PerSecond / ceiling), SaleBench.Ratio(settled / ceiling), SaleBench.Ratio(sold.Percentile(0.5)),
            SaleBench.Ratio(sold.Percentile(0.99)), SaleBench.Text(sold.Errors));
        AnsiConsole.Write(table);
        return settled;
    }

    /// <summary>So that the database can say when each transaction was committed, by its own clock.</summary>
    private static async Task RememberCommits(StandaloneOptions postgres, CancellationToken ct)
    {
        await using var server = await PostgresServer.FindOrBringAsync(postgres, Console.WriteLine, ct);
        await using var admin = NpgsqlDataSource.Create(server.AdminConnectionString);
        await using var command = admin.CreateCommand("ALTER SYSTEM SET track_commit_timestamp = on");
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Until every listener has taken every sale's event: what waits in the broker is seen by nobody else.</summary>
    private static async Task Settle(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT (SELECT count(*) FROM transaction.outbox) = 0 AND ARRAY(
                SELECT (SELECT count(*) FROM transaction.sale WHERE state = 'completed') - taken FROM (VALUES
                    ((SELECT count(*) FROM history.journal WHERE kind = 'sale')),
                    ((SELECT count(DISTINCT source_id) FROM inventory.stock_movement WHERE kind = 'sale')),
                    ((SELECT count(DISTINCT source_id) FROM payments.ledger_entry WHERE source_kind = 'sale')),
                    ((SELECT count(DISTINCT sale_id) FROM promotions.redemption))) AS listener(taken)) = '{0,0,0,0}'
            """);
        while (!(bool)(await command.ExecuteScalarAsync(ct))!)
            await Task.Delay(50, ct);
    }
}
