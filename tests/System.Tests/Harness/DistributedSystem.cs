using System.Globalization;
using System.Reflection;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;
using WebWaka.Tool.Verify;

[assembly: AssemblyFixture(typeof(WebWaka.Distributed.Tests.DistributedSystem))]

namespace WebWaka.Distributed.Tests;

/// <summary>
/// The system as production runs it, on loopback ports of this machine: PostgreSQL, Redis and RabbitMQ for real, the database
/// pushed by the tool, every Cell and the gateway twice as processes of their own, configured by environment alone.
/// </summary>
public sealed partial class DistributedSystem : IAsyncLifetime
{
    private const int Replicas = 2;
    public const int SignUpsPerMinute = 50;
    private const string Password = "only-for-tests";
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-system-").FullName;
    private readonly Dictionary<string, int[]> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Part[]> _parts = new(StringComparer.Ordinal);
    private readonly int _redisPort = FreePort.Choose();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Dictionary<string, Wire> _wires = new(StringComparer.Ordinal);

    /// <summary>Those whose network can be cut.</summary>
    private static readonly string[] Wired = [Wiring.Transaction, Wiring.History];

    internal PostgresNode Postgres { get; private set; } = null!;

    internal RabbitNode Rabbit { get; private set; } = null!;

    internal Part Redis { get; private set; } = null!;

    internal Shop[] Shops { get; private set; } = [];

    public NpgsqlDataSource Ops { get; private set; } = null!;

    public string OpsConnection => ConnectionOf(Wiring.OpsRole);

    internal IReadOnlyList<Part> PartsOf(string service) => _parts[service];

    public IReadOnlyList<Uri> Gateways => [.. _ports[Wiring.Gateway].Select(port => new Uri($"http://127.0.0.1:{port}"))];

    public Uri AddressOf(string service, int replica) => new($"http://127.0.0.1:{_ports[service][replica]}");

    /// <summary>The services of the deployment, each with the program that it is.</summary>
    private static readonly (string Name, Assembly Program, int Replicas)[] Services =
    [
        (Wiring.PaystackSandbox, typeof(PaystackSandbox.PaystackSandbox).Assembly, 1),
        (Wiring.Identity, typeof(Identity.IdentityCell).Assembly, Replicas),
        (Wiring.Inventory, typeof(Inventory.InventoryCell).Assembly, Replicas),
        (Wiring.Promotions, typeof(Promotions.PromotionsCell).Assembly, Replicas),
        (Wiring.Tax, typeof(Tax.TaxCell).Assembly, Replicas),
        (Wiring.Transaction, typeof(Transaction.TransactionCell).Assembly, Replicas),
        (Wiring.Payments, typeof(Payments.PaymentsCell).Assembly, Replicas),
        (Wiring.History, typeof(History.HistoryCell).Assembly, Replicas),
        (Wiring.Gateway, typeof(Gateway.Gateway).Assembly, Replicas),
    ];

    public async ValueTask InitializeAsync()
    {
        Rabbit = new RabbitNode(Folder("rabbitmq"));
        Redis = new Part(
            "redis", "redis-server", ["--port", Text(_redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], NoVariables, Folder("redis"));
        var broker = Rabbit.Start();
        await StartRedis();
        Postgres = await PostgresNode.Start();
        Ops = NpgsqlDataSource.Create(OpsConnection);
        foreach (var (name, _, replicas) in Services)
            _ports[name] = [.. Enumerable.Range(0, replicas).Select(_ => FreePort.Choose())];
        await Push();
        foreach (var service in Services)
            _parts[service.Name] = [.. Enumerable.Range(0, service.Replicas).Select(replica => PartOf(service.Name, replica))];
        await broker;
        // Four at a time: all at once they only wait for each other.
        var starts = Services.SelectMany(service => Enumerable.Range(0, service.Replicas).Select(replica => (service.Name, replica)));
        await Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (start, _) => await Start(start.Name, start.replica));
        Shops = await Task.WhenAll(Shop.Open(this, "red"), Shop.Open(this, "green"));
    }

    /// <summary>What this replica reaches the broker by.</summary>
    internal Wire ToBroker(string service, int replica) => WireOf($"{service}-{replica} to the broker", Rabbit.Port);

    /// <summary>What this replica reaches its database by.</summary>
    internal Wire ToDatabase(string service, int replica) => WireOf($"{service}-{replica} to its database", Postgres.Port);

    private Wire WireOf(string name, int server) => _wires.TryGetValue(name, out var wire) ? wire : _wires[name] = new Wire(server);

    /// <summary>Starts a replica that is not running, and waits until it can serve.</summary>
    internal Task Start(string service, int replica) => _parts[service][replica].Start(() => IsReady(service, replica));

    internal Task StartRedis() => Redis.Start(() => Part.Listens(_redisPort));

    /// <summary>Some failpoints are passed before anybody asks for anything.</summary>
    internal async Task IsReadyOrGone(string service, int replica)
    {
        while (_parts[service][replica].Running && !await IsReady(service, replica))
            await Task.Delay(50);
    }

    /// <summary>Every replica that a test has left dead.</summary>
    internal Task StartWhatIsDown() => Task.WhenAll(
        from service in _parts from part in service.Value.Index() where !part.Item.Running select Start(service.Key, part.Index));

    private async Task<bool> IsReady(string service, int replica)
    {
        try
        {
            using var answer = await _probe.GetAsync(new Uri(AddressOf(service, replica), "/ready"));
            return answer.IsSuccessStatusCode || service == Wiring.PaystackSandbox;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary><c>webwaka db push</c>, as the job that all wait for.</summary>
    private async Task Push()
    {
        var variables = Wiring.Cells.SelectMany(cell => new[] { cell, Wiring.RelayOf(cell) }).Append(Wiring.Ops)
            .ToDictionary(name => $"ConnectionStrings__{name}", name => (string?)ConnectionOf(RoleOf(name)), StringComparer.Ordinal);
        variables[Wiring.Variables.DatabaseUrl] = Postgres.AdminConnectionString;
        await using var push = new Part("db-push", "dotnet", [typeof(Verification).Assembly.Location, "db", "push"], variables, Folder("tool"));
        await push.Start(() => Task.FromResult(push.HasSaid("The database is as the code expects.", 0)));
    }

    private static string RoleOf(string name) =>
        name == Wiring.Ops ? Wiring.OpsRole : name.EndsWith("-relay", StringComparison.Ordinal) ? Wiring.RelayRole(name[..^6]) : Wiring.AppRole(name);

    /// <summary>A replica that is not started, in the place of the one that has this number.</summary>
    internal Part PartOf(string name, int replica, string? calledInLogs = null)
    {
        var program = Services.First(service => service.Name == name).Program;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = AddressOf(name, replica).ToString(),
            [Wiring.Variables.Environment] = name == Wiring.PaystackSandbox ? "Development" : "Production",
            [Wiring.Variables.RootDomain] = "localhost",
            [Wiring.Variables.RedisUrl] = $"127.0.0.1:{_redisPort}",
            [Wiring.Variables.RabbitMqUrl] = Wired.Contains(name, StringComparer.Ordinal) ? RabbitNode.UrlThrough(ToBroker(name, replica).Port) : Rabbit.Url,
            [Wiring.Variables.RootSecret] = "a root secret that only the tests know",
            [Wiring.Variables.PaystackSecretKey] = "sk_test_webwaka",
            [Wiring.Variables.PaystackBaseUrl] = $"http://{Wiring.PaystackSandbox}",
            ["PaystackSandbox__WebhookUrl"] = new Uri(Gateways[0], "/api/webhooks/paystack").ToString(),
            ["WEBWAKA_KEYS"] = Path.Combine(Folder("keys"), $"{name}-{replica}.json"),
            ["PaystackSandbox__PublicUrl"] = AddressOf(Wiring.PaystackSandbox, 0).ToString(),
            ["PaystackSandbox__DataFolder"] = Folder("paystack"),
            ["Payments__SweepEvery"] = "00:00:01",
            ["Payments__SweepAfter"] = "00:00:02",
            ["RateLimits__sign-in"] = "100000",
            ["RateLimits__sign-up"] = Text(SignUpsPerMinute),
            ["RateLimits__payments"] = "100000",
            ["Logging__LogLevel__Default"] = "Warning",
            // They live for minutes: to compile everything once is enough.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_TC_CallCounting"] = "0",
        };
        if (Wiring.Cells.Contains(name, StringComparer.Ordinal))
        {
            var port = Wired.Contains(name, StringComparer.Ordinal) ? ToDatabase(name, replica).Port : Postgres.Port;
            variables[$"ConnectionStrings__{name}"] = ConnectionOf(Wiring.AppRole(name), port);
            variables[$"ConnectionStrings__{Wiring.RelayOf(name)}"] = ConnectionOf(Wiring.RelayRole(name), port);
        }

        foreach (var (service, ports) in _ports)
        {
            for (var i = 0; i < ports.Length; i++)
                variables[$"services__{service}__http__{i}"] = $"http://127.0.0.1:{ports[i]}";
        }

        return new Part(calledInLogs ?? $"{name}-{replica}", "dotnet", [program.Location], variables, Folder("logs"));
    }

    private string ConnectionOf(string role, int? port = null) => new NpgsqlConnectionStringBuilder(Postgres.AdminConnectionString)
    {
        Port = port ?? Postgres.Port, Username = role, Password = Password, MaxAutoPrepare = 60, AutoPrepareMinUsages = 2,
        MaxPoolSize = role.EndsWith("_relay", StringComparison.Ordinal) ? 4 : 8,
        // The tests' own questions, asked of a machine that is full.
        CommandTimeout = role == Wiring.OpsRole ? 120 : 30,
    }.ConnectionString;

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

    private static readonly Dictionary<string, string?> NoVariables = new(StringComparer.Ordinal);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.Values.SelectMany(parts => parts))
            await part.DisposeAsync();
        foreach (var wire in _wires.Values)
            await wire.DisposeAsync();
        await Rabbit.DisposeAsync();
        await Redis.DisposeAsync();
        _probe.Dispose();
        await Ops.DisposeAsync();
        await Postgres.DisposeAsync();
        if (Environment.GetEnvironmentVariable("KEEP_LOGS") is null)
            Directory.Delete(_folder, recursive: true);
    }
}
