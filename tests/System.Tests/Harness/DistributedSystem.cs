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
public sealed class DistributedSystem : IAsyncLifetime
{
    private const int Replicas = 2;
    private const string Password = "only-for-tests";
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-system-").FullName;
    private readonly Dictionary<string, int[]> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Part[]> _parts = new(StringComparer.Ordinal);
    private readonly int _redisPort = FreePort.Choose();
    private readonly HttpClient _probe = new() { Timeout = TimeSpan.FromSeconds(5) };
    private PostgresServer _postgres = null!;

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
        _postgres = await PostgresServer.FindOrBringAsync(
            StandaloneOptions.ThrowAway() with { Database = Environment.GetEnvironmentVariable("TEST_POSTGRES") }, _ => { }, CancellationToken.None);
        Ops = NpgsqlDataSource.Create(OpsConnection);
        foreach (var (name, _, replicas) in Services)
            _ports[name] = [.. Enumerable.Range(0, replicas).Select(_ => FreePort.Choose())];
        await Push();
        foreach (var service in Services)
            _parts[service.Name] = [.. Enumerable.Range(0, service.Replicas).Select(replica => PartOf(service.Name, service.Program, replica))];
        await broker;
        // Four at a time: all at once they only wait for each other.
        var starts = Services.SelectMany(service => Enumerable.Range(0, service.Replicas).Select(replica => (service.Name, replica)));
        await Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (start, _) => await Start(start.Name, start.replica));
        Shops = await Task.WhenAll(Shop.Open(this, "red"), Shop.Open(this, "green"));
    }

    /// <summary>Starts a replica that is not running, and waits until it can serve.</summary>
    internal Task Start(string service, int replica) => _parts[service][replica].Start(() => IsReady(service, replica));

    internal Task StartRedis() => Redis.Start(() => Part.Listens(_redisPort));

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
        variables[Wiring.Variables.DatabaseUrl] = _postgres.AdminConnectionString;
        await using var push = new Part("db-push", "dotnet", [typeof(Verification).Assembly.Location, "db", "push"], variables, Folder("tool"));
        await push.Start(() => Task.FromResult(push.HasSaid("The database is as the code expects.", 0)));
    }

    private static string RoleOf(string name) =>
        name == Wiring.Ops ? Wiring.OpsRole : name.EndsWith("-relay", StringComparison.Ordinal) ? Wiring.RelayRole(name[..^6]) : Wiring.AppRole(name);

    private Part PartOf(string name, Assembly program, int replica)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = AddressOf(name, replica).ToString(),
            [Wiring.Variables.Environment] = name == Wiring.PaystackSandbox ? "Development" : "Production",
            [Wiring.Variables.RootDomain] = "localhost",
            [Wiring.Variables.RedisUrl] = $"127.0.0.1:{_redisPort}",
            [Wiring.Variables.RabbitMqUrl] = Rabbit.Url,
            [Wiring.Variables.RootSecret] = "a root secret that only the tests know",
            [Wiring.Variables.PaystackSecretKey] = "sk_test_webwaka",
            [Wiring.Variables.PaystackBaseUrl] = $"http://{Wiring.PaystackSandbox}",
            ["PaystackSandbox__WebhookUrl"] = new Uri(Gateways[0], "/api/webhooks/paystack").ToString(),
            ["WEBWAKA_KEYS"] = Path.Combine(Folder("keys"), $"{name}-{replica}.json"),
            ["Payments__SweepEvery"] = "00:00:01",
            ["RateLimits__sign-in"] = "100000",
            ["RateLimits__sign-up"] = "100000",
            ["Logging__LogLevel__Default"] = "Warning",
            // They live for minutes: to compile everything once is enough.
            ["DOTNET_TieredPGO"] = "0",
            ["DOTNET_TC_CallCounting"] = "0",
        };
        if (Wiring.Cells.Contains(name, StringComparer.Ordinal))
        {
            variables[$"ConnectionStrings__{name}"] = ConnectionOf(Wiring.AppRole(name));
            variables[$"ConnectionStrings__{Wiring.RelayOf(name)}"] = ConnectionOf(Wiring.RelayRole(name));
        }

        foreach (var (service, ports) in _ports)
        {
            for (var i = 0; i < ports.Length; i++)
                variables[$"services__{service}__http__{i}"] = $"http://127.0.0.1:{ports[i]}";
        }

        return new Part($"{name}-{replica}", "dotnet", [program.Location], variables, Folder("logs"));
    }

    private string ConnectionOf(string role) => new NpgsqlConnectionStringBuilder(_postgres.AdminConnectionString)
    {
        Username = role, Password = Password, MaxAutoPrepare = 60, AutoPrepareMinUsages = 2,
        MaxPoolSize = role.EndsWith("_relay", StringComparison.Ordinal) ? 4 : 8,
    }.ConnectionString;

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

    private static readonly Dictionary<string, string?> NoVariables = new(StringComparer.Ordinal);

    private string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts.Values.SelectMany(parts => parts))
            await part.DisposeAsync();
        await Rabbit.DisposeAsync();
        await Redis.DisposeAsync();
        _probe.Dispose();
        await Ops.DisposeAsync();
        await _postgres.DisposeAsync();
        if (Environment.GetEnvironmentVariable("KEEP_LOGS") is null)
            Directory.Delete(_folder, recursive: true);
    }
}
