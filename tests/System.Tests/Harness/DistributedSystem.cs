using System.Globalization;
using Npgsql;
using WebWaka.Standalone;
using WebWaka.Tool.Verify;

[assembly: AssemblyFixture(typeof(WebWaka.Distributed.Tests.DistributedSystem))]

namespace WebWaka.Distributed.Tests;

/// <summary>
/// The system as production runs it, every Cell and the gateway twice, with two shops that sell in it. All that it tells of itself,
/// traces, metrics, logs and errors, is collected.
/// </summary>
public sealed class DistributedSystem : IAsyncLifetime
{
    /// <summary>The slug of a shop whose pace is <see cref="FloodsAt"/> requests a second.</summary>
    internal const string Flooding = "flood";
    internal const int FloodsAt = 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-system-").FullName;
    private Deployment _deployment = null!;

    internal Collector Collector { get; private set; } = null!;

    internal RabbitNode Rabbit => _deployment.Rabbit;

    internal Part Redis => _deployment.Redis;

    internal string RedisAddress => _deployment.RedisAddress;

    internal string Logs => _deployment.Logs;

    internal Shop[] Shops { get; private set; } = [];

    public NpgsqlDataSource Ops { get; private set; } = null!;

    /// <summary>The owner of everything, for tests that break something on purpose.</summary>
    public string AdminConnection => _deployment.Postgres.AdminConnectionString;

    public string OpsConnection => _deployment.ConnectionOf(Wiring.OpsRole);

    internal IReadOnlyList<Part> PartsOf(string service) => _deployment.PartsOf(service);

    internal Uri AddressOf(string service, int replica) => _deployment.AddressOf(service, replica);

    public IReadOnlyList<Uri> Gateways => _deployment.Gateways;

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        var postgres = StandaloneOptions.ThrowAway() with { Database = Environment.GetEnvironmentVariable("TEST_POSTGRES") };
        _deployment = await Deployment.Start(new DeploymentOptions(_folder, postgres) { Variables = VariablesOf }, CancellationToken.None);
        Ops = NpgsqlDataSource.Create(OpsConnection);
        Shops = await Task.WhenAll(Shop.Open(Gateways, "red"), Shop.Open(Gateways, "green"));
    }

    private IEnumerable<(string Name, string? Value)> VariablesOf(string service, int replica) =>
    [
        .. Collector.VariablesOf(service, replica),
        ($"RateLimits__Tenants__{Flooding}", FloodsAt.ToString(CultureInfo.InvariantCulture)),
        // They live for minutes: to compile everything once is enough.
        ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCounting", "0"),
    ];

    /// <summary>Starts a replica that is not running, and waits until it can serve.</summary>
    internal Task Start(string service, int replica) => _deployment.Start(service, replica);

    internal Task StartRedis() => _deployment.StartRedis();

    /// <summary>Sales that have been acknowledged so far, of all shops.</summary>
    public int Acknowledged => Shops.Sum(shop => shop.Acknowledged.Count);

    /// <summary>While every shop sells without a pause: a moment of that, the trouble, and a moment after it.</summary>
    /// <returns>How many attempts to sell failed and were made again.</returns>
    public async Task<int> UnderLoad(Func<Task> trouble)
    {
        await Task.WhenAll(Shops.Select(shop => shop.Refresh()));
        using CancellationTokenSource enough = new();
        var selling = Task.WhenAll(Shops.Select(shop => Task.Run(() => shop.SellUntil(enough.Token))));
        try
        {
            await Task.Delay(500);
            await trouble();
            await Task.Delay(500);
        }
        finally
        {
            await enough.CancelAsync();
        }

        return (await selling).Sum();
    }

    /// <summary>Waits until nothing is under way any more, then every invariant of the design holds.</summary>
    public async Task Settles(TimeSpan within = default)
    {
        IReadOnlyList<Verification.Finding> findings = [];
        var until = TimeProvider.System.GetUtcNow() + (within == default ? TimeSpan.FromSeconds(120) : within);
        while (TimeProvider.System.GetUtcNow() < until)
        {
            findings = await Verification.Check(OpsConnection, CancellationToken.None);
            if (findings.All(finding => finding.Holds))
            {
                await EverySaleIsStored();
                return;
            }

            await Task.Delay(500);
        }

        Assert.Fail(string.Join('\n', from f in findings where !f.Holds select $"{f.Name}: {f.Broken} of {f.Checked}, {f.Example}"));
    }

    /// <summary>What a till was told is what is stored, by its id and with its number.</summary>
    private async Task EverySaleIsStored()
    {
        foreach (var shop in Shops)
        {
            var told = shop.Acknowledged.ToArray();
            Assert.Equal((long)told.Length, await Scalar<long>(
                """
                SELECT count(*) FROM unnest($2::uuid[], $3::text[]) AS told(id, number)
                JOIN transaction.sale s ON s.tenant_id = $1 AND s.id = told.id AND s.number = told.number
                """,
                shop.Tenant, Array.ConvertAll(told, sale => sale.Key), Array.ConvertAll(told, sale => sale.Value)));
        }
    }

    /// <summary>Sales of the shop that have reached the journal.</summary>
    internal Task<long> Journaled(Shop shop) => Scalar<long>("SELECT count(*) FROM history.journal WHERE tenant_id = $1 AND kind = 'sale'", shop.Tenant);

    public async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var command = Ops.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Run(string sql, params object[] values)
    {
        await using var command = Ops.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        await Ops.DisposeAsync();
        await Collector.DisposeAsync();
        if (Environment.GetEnvironmentVariable("KEEP_LOGS") is null)
            Directory.Delete(_folder, recursive: true);
    }
}
