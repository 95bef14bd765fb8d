using System.Globalization;
using Npgsql;
using WebWaka.Standalone;

[assembly: AssemblyFixture(typeof(WebWaka.Distributed.Tests.DistributedSystem))]

namespace WebWaka.Distributed.Tests;

/// <summary>
/// The system as production runs it, every Cell and the gateway twice, with two shops that deal in it. All that it tells of itself,
/// traces, metrics, logs and errors, is collected.
/// </summary>
public sealed partial class DistributedSystem : IAsyncLifetime
{
    public const int SignUpsPerMinute = 50;

    /// <summary>The slug of a shop whose pace is <see cref="FloodsAt"/> requests a second.</summary>
    internal const string Flooding = "flood";
    internal const int FloodsAt = 20;

    /// <summary>Those whose network can be cut.</summary>
    private static readonly string[] Wired = [Wiring.Transaction, Wiring.History];
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-system-").FullName;
    private readonly Dictionary<(string Service, int Replica), (Wire ToBroker, Wire ToDatabase)> _wires = [];
    private Deployment _deployment = null!;

    internal Collector Collector { get; private set; } = null!;

    internal PostgresNode Postgres { get; private set; } = null!;

    internal RabbitNode Rabbit => _deployment.Rabbit;

    internal Part Redis => _deployment.Redis;

    internal string Logs => _deployment.Logs;

    internal Shop[] Shops { get; private set; } = [];

    public NpgsqlDataSource Ops { get; private set; } = null!;

    /// <summary>The owner of everything, for tests that break something on purpose.</summary>
    public string AdminConnection => _deployment.Postgres.AdminConnectionString;

    /// <summary>The tests' own questions are asked of a machine that is full.</summary>
    public string OpsConnection => new NpgsqlConnectionStringBuilder(_deployment.ConnectionOf(Wiring.OpsRole)) { CommandTimeout = 120 }.ConnectionString;

    internal IReadOnlyList<Part> PartsOf(string service) => _deployment.PartsOf(service);

    internal Part PartOf(string service, int replica, string calledInLogs) => _deployment.PartOf(service, replica, calledInLogs);

    internal Uri AddressOf(string service, int replica) => _deployment.AddressOf(service, replica);

    public IReadOnlyList<Uri> Gateways => _deployment.Gateways;

    /// <summary>What this replica reaches the broker by.</summary>
    internal Wire ToBroker(string service, int replica) => _wires[(service, replica)].ToBroker;

    /// <summary>What this replica reaches its database by.</summary>
    internal Wire ToDatabase(string service, int replica) => _wires[(service, replica)].ToDatabase;

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        var options = new DeploymentOptions(_folder, StandaloneOptions.ThrowAway()) { Variables = VariablesOf };
        _deployment = await Deployment.Start(options, CancellationToken.None);
        Postgres = await PostgresNode.Of(_deployment);
        Ops = NpgsqlDataSource.Create(OpsConnection);
        Shops = await Task.WhenAll(Shop.Open(Gateways, "red"), Shop.Open(Gateways, "green"));
    }

    private IEnumerable<(string Name, string? Value)> VariablesOf(Deployment deployment, string service, int replica) =>
    [
        .. Collector.VariablesOf(service, replica),
        .. Wired.Contains(service, StringComparer.Ordinal) ? Wires(deployment, service, replica) : [],
        ("RateLimits__sign-up", Text(SignUpsPerMinute)),
        ($"RateLimits__Tenants__{Flooding}", Text(FloodsAt)),
        // They live for minutes: to compile everything once is enough.
        ("DOTNET_TieredPGO", "0"), ("DOTNET_TC_CallCounting", "0"),
    ];

    private IEnumerable<(string Name, string? Value)> Wires(Deployment deployment, string service, int replica)
    {
        if (!_wires.TryGetValue((service, replica), out var wires))
            _wires[(service, replica)] = wires = (new Wire(deployment.Rabbit.Port), new Wire(deployment.PostgresPort));
        return [(Wiring.Variables.RabbitMqUrl, RabbitNode.UrlThrough(wires.ToBroker.Port)), .. deployment.ConnectionsOf(service, wires.ToDatabase.Port)];
    }

    /// <summary>Starts a replica that is not running, and waits until it can serve.</summary>
    internal Task Start(string service, int replica) => _deployment.Start(service, replica);

    internal Task StartRedis() => _deployment.StartRedis();

    /// <summary>Every replica that a test has left dead.</summary>
    internal Task StartWhatIsDown() => _deployment.StartWhatIsDown();

    /// <summary>Sales that have been acknowledged so far, of all shops.</summary>
    public int Acknowledged => Shops.Sum(shop => shop.Acknowledged.Count);

    /// <summary>While every shop deals without a pause: a moment of that, the trouble, and a moment after it.</summary>
    /// <param name="whole">Whether replicas that a test before has left dead are started first.</param>
    /// <returns>How many attempts failed and were made again.</returns>
    public async Task<int> UnderLoad(Func<Task> trouble, bool whole = true)
    {
        if (whole)
            await StartWhatIsDown();
        await Task.WhenAll(Shops.Select(shop => shop.Refresh()));
        using CancellationTokenSource enough = new();
        var selling = Task.WhenAll(Shops.Select(shop => Task.Run(() => shop.DealUntil(enough.Token))));
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

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        foreach (var (toBroker, toDatabase) in _wires.Values)
        {
            await toBroker.DisposeAsync();
            await toDatabase.DisposeAsync();
        }

        await Ops.DisposeAsync();
        await Collector.DisposeAsync();
        if (Environment.GetEnvironmentVariable("KEEP_LOGS") is null)
            Directory.Delete(_folder, recursive: true);
    }
}
