using System.Globalization;
using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Distributed;

/// <param name="Folder">Of logs, keys and the broker's data.</param>
/// <param name="Postgres">The server that is found or brought.</param>
public sealed record DeploymentOptions(string Folder, StandaloneOptions Postgres)
{
    /// <summary>Of every Cell and of the gateway.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>Further variables of a service's replica; they win over the usual ones. Every address is known by then.</summary>
    public Func<Deployment, string, int, IEnumerable<(string Name, string? Value)>> Variables { get; init; } = (_, _, _) => [];
}

/// <summary>
/// The system as production runs it, on loopback ports of this machine: PostgreSQL, Redis and RabbitMQ for real, the database
/// pushed by the tool, every Cell and the gateway as processes of their own, configured by environment alone. For system tests
/// and benchmarks.
/// </summary>
public sealed class Deployment : IAsyncDisposable
{
    private const string Password = "only-for-tests";
    private const int StartsAbreast = 4;

    /// <summary>Every service with its program, which is beside ours.</summary>
    private static readonly (string Name, string Program)[] Services =
    [
        (Wiring.PaystackSandbox, "PaystackSandbox"), (Wiring.Identity, "Identity"), (Wiring.Inventory, "Inventory"), (Wiring.Promotions, "Promotions"),
        (Wiring.Tax, "Tax"), (Wiring.Transaction, "Transaction"), (Wiring.Payments, "Payments"), (Wiring.History, "History"), (Wiring.Gateway, "Gateway"),
    ];

    private readonly DeploymentOptions _options;
    private readonly Dictionary<string, int[]> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Part[]> _parts = new(StringComparer.Ordinal);
    private readonly int _redisPort = FreePort.Choose();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };

    private Deployment(DeploymentOptions options, PostgresServer postgres)
    {
        (_options, Postgres) = (options, postgres);
        Rabbit = new RabbitNode(FolderOf("rabbitmq"));
        Redis = new Part(
            "redis", "redis-server", ["--port", Text(_redisPort), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            new Dictionary<string, string?>(StringComparer.Ordinal), FolderOf("redis"));
        foreach (var (name, _) in Services)
            _ports[name] = [.. Enumerable.Range(0, ReplicasOf(name)).Select(_ => FreePort.Choose())];
        foreach (var (name, _) in Services)
            _parts[name] = [.. Enumerable.Range(0, ReplicasOf(name)).Select(replica => PartOf(name, replica))];
    }

    public PostgresServer Postgres { get; }

    public int PostgresPort => new NpgsqlConnectionStringBuilder(Postgres.AdminConnectionString).Port;

    public RabbitNode Rabbit { get; }

    public Part Redis { get; }

    public IReadOnlyList<Uri> Gateways => [.. _ports[Wiring.Gateway].Select(port => new Uri($"http://127.0.0.1:{port}"))];

    public string Logs => FolderOf("logs");

    public IReadOnlyList<Part> PartsOf(string service) => _parts[service];

    public Uri AddressOf(string service, int replica) => new($"http://127.0.0.1:{_ports[service][replica]}");

    public static async Task<Deployment> Start(DeploymentOptions options, CancellationToken ct)
    {
        var deployment = new Deployment(options, await PostgresServer.FindOrBringAsync(options.Postgres, _ => { }, ct));
        try
        {
            var broker = deployment.Rabbit.Start();
            await deployment.StartRedis();
            await deployment.Push();
            await broker;
            await deployment.StartAll([.. Services.Select(service => service.Name)]);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>All replicas of these, four at a time: all at once they only wait for each other.</summary>
    public Task StartAll(params string[] services) => Parallel.ForEachAsync(
        services.SelectMany(service => Enumerable.Range(0, ReplicasOf(service)).Select(replica => (service, replica))),
        new ParallelOptions { MaxDegreeOfParallelism = StartsAbreast }, async (start, _) => await Start(start.service, start.replica));

    /// <summary>Every replica that does not run.</summary>
    public Task StartWhatIsDown() => Task.WhenAll(
        from service in _parts from part in service.Value.Index() where !part.Item.Running select Start(service.Key, part.Index));

    /// <summary>Starts a replica that is not running, and waits until it can serve.</summary>
    public Task Start(string service, int replica) => _parts[service][replica].Start(() => IsReady(service, replica));

    public Task StartRedis() => Redis.Start(() => Part.Listens(_redisPort));

    /// <param name="role">Of the database.</param>
    /// <param name="port">Another than the database's own.</param>
    public string ConnectionOf(string role, int? port = null) => new NpgsqlConnectionStringBuilder(Postgres.AdminConnectionString)
    {
        Port = port ?? PostgresPort, Username = role, Password = Password, MaxAutoPrepare = 60, AutoPrepareMinUsages = 2,
        MaxPoolSize = role.EndsWith("_relay", StringComparison.Ordinal) ? 4 : 8,
    }.ConnectionString;

    /// <summary>The variables by which a Cell reaches its database.</summary>
    /// <inheritdoc cref="ConnectionOf" path="/param[@name='port']"/>
    public IEnumerable<(string Name, string? Value)> ConnectionsOf(string cell, int? port = null) =>
    [
        ($"ConnectionStrings__{cell}", ConnectionOf(Wiring.AppRole(cell), port)),
        ($"ConnectionStrings__{Wiring.RelayOf(cell)}", ConnectionOf(Wiring.RelayRole(cell), port)),
    ];

    private int ReplicasOf(string service) => service == Wiring.PaystackSandbox ? 1 : _options.Replicas;

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
        await using var push = new Part("db-push", "dotnet", [Beside("webwaka"), "db", "push"], variables, FolderOf("tool"));
        await push.Start(() => Task.FromResult(push.HasSaid("The database is as the code expects.", 0)));
    }

    private static string RoleOf(string name) =>
        name == Wiring.Ops ? Wiring.OpsRole : name.EndsWith("-relay", StringComparison.Ordinal) ? Wiring.RelayRole(name[..^6]) : Wiring.AppRole(name);

    /// <summary>A replica that is not started, in the place of the one that has this number.</summary>
    public Part PartOf(string name, int replica, string? calledInLogs = null)
    {
        var program = Services.First(service => service.Name == name).Program;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = AddressOf(name, replica).ToString(),
            [Wiring.Variables.Environment] = name == Wiring.PaystackSandbox ? "Development" : "Production",
            [Wiring.Variables.RootDomain] = "localhost",
            [Wiring.Variables.RedisUrl] = $"127.0.0.1:{Text(_redisPort)}",
            [Wiring.Variables.RabbitMqUrl] = Rabbit.Url,
            [Wiring.Variables.RootSecret] = "a root secret that only the tests know",
            [Wiring.Variables.PaystackSecretKey] = "sk_test_webwaka",
            [Wiring.Variables.PaystackBaseUrl] = $"http://{Wiring.PaystackSandbox}",
            ["PaystackSandbox__WebhookUrl"] = new Uri(Gateways[0], "/api/webhooks/paystack").ToString(),
            ["WEBWAKA_KEYS"] = Path.Combine(FolderOf("keys"), $"{name}-{replica}.json"),
            ["PaystackSandbox__PublicUrl"] = AddressOf(Wiring.PaystackSandbox, 0).ToString(),
            ["PaystackSandbox__DataFolder"] = FolderOf("paystack"),
            ["Payments__SweepEvery"] = "00:00:01",
            ["Payments__SweepAfter"] = "00:00:02",
            ["Payments__WebhookLease"] = "00:00:10",
            ["RateLimits__sign-in"] = "100000",
            ["RateLimits__sign-up"] = "100000",
            ["RateLimits__payments"] = "100000",
            ["RateLimits__TenantPerSecond"] = "100000",
        };
        foreach (var (service, ports) in _ports)
        {
            for (var i = 0; i < ports.Length; i++)
                variables[$"services__{service}__http__{i}"] = $"http://127.0.0.1:{ports[i]}";
        }

        var database = Wiring.Cells.Contains(name, StringComparer.Ordinal) ? ConnectionsOf(name) : [];
        foreach (var (variable, value) in database.Concat(_options.Variables(this, name, replica)))
            variables[variable] = value;
        return new Part(calledInLogs ?? $"{name}-{replica}", "dotnet", [Beside(program)], variables, Logs);
    }

    private static string Beside(string program) => Path.Combine(AppContext.BaseDirectory, $"{program}.dll");

    private string FolderOf(string name) => Directory.CreateDirectory(Path.Combine(_options.Folder, name)).FullName;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.Values.SelectMany(parts => parts))
            await part.DisposeAsync();
        await Rabbit.DisposeAsync();
        await Redis.DisposeAsync();
        _probe.Dispose();
        await Postgres.DisposeAsync();
    }
}
