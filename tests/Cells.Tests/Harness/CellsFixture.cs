using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using WebWaka.CellKit;

[assembly: AssemblyFixture(typeof(WebWaka.Cells.Tests.CellsFixture))]

namespace WebWaka.Cells.Tests;

/// <summary>
/// Every Cell under test in one process, on a database of its own that was made by the same push as in production. Tokens are
/// signed by a key that the Cells trust through their kept-keys file, as they do when identity is away, and that identity serves
/// as an older one of its own once they ask it.
/// </summary>
public sealed class CellsFixture : IAsyncLifetime
{
    public const string RootSecret = "a root secret that only the tests know";
    public const string PaystackKey = "sk_test_webwaka";
    private const string Password = "only-for-tests";
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-cells-").FullName;
    private readonly InProcess _cells = new();
    private string _server = "";
    private string _database = "";
    private NpgsqlDataSource? _admin;
    private bool _stopped;

    public ECDsaSecurityKey SigningKey { get; init; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>Changes the settings of every Cell before they start: for a test that needs Cells of its own.</summary>
    internal Action<Dictionary<string, string?>> Change { get; init; } = _ => { };

    /// <summary>Fills the empty database instead of the push: for a test that brings one of another time, with that time's key.</summary>
    internal Func<string, Task>? Fill { get; init; }

    public MediatorTransport Transport => _cells.Transport;

    public IServiceProvider ServicesOf(string cell) => _cells.ServicesOf(cell);

    public Uri AddressOf(string cell) => new(_cells.Addresses[cell]);

    /// <summary>Sees every tenant's rows, as <c>webwaka verify</c> does.</summary>
    public NpgsqlDataSource Ops { get; private set; } = null!;

    /// <summary>The administrator's connection to the database under test.</summary>
    public NpgsqlDataSource Admin => _admin!;

    public string ConnectionOf(string user) =>
        new NpgsqlConnectionStringBuilder(Admin.ConnectionString) { Username = user, Password = Password }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        _server = await TestPostgres.Take();
        _database = $"cells_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await using (var maintenance = NpgsqlDataSource.Create(_server))
        await using (var create = maintenance.CreateCommand($"CREATE DATABASE {_database}"))
            await create.ExecuteNonQueryAsync();
        _admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_server) { Database = _database, PersistSecurityInfo = true }.ConnectionString);
        if (Fill is not null)
        {
            await Fill(_admin.ConnectionString);
        }
        else
        {
            await SchemaPush.Push(
                _admin, [.. CellsUnderTest.All.Select(cell => cell.Schema).OfType<CellSchema>()], _ => Password, always: true, _ => { },
                CancellationToken.None);
            await IdentityKeys.Add(_admin, RootSecret, SigningKey);
        }

        Ops = NpgsqlDataSource.Create(ConnectionOf("webwaka_ops"));
        await _cells.Start(CellsUnderTest.All, Settings(), "Development", CancellationToken.None);
    }

    private Dictionary<string, string?> Settings()
    {
        var keys = Path.Combine(_folder, "keys.json");
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(SigningKey);
        File.WriteAllText(keys, JsonSerializer.Serialize(
            new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = "test", use = "sig", alg = "ES256" } } }));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["WEBWAKA_KEYS"] = keys,
            [Wiring.Variables.RootSecret] = RootSecret,
            [Wiring.Variables.PaystackSecretKey] = PaystackKey,
            [Wiring.Variables.PaystackBaseUrl] = $"http://{Wiring.PaystackSandbox}",
            ["PaystackSandbox:WebhookUrl"] = $"http://{Wiring.Payments}/api/webhooks/paystack",
        };
        Change(settings);
        foreach (var cell in CellsUnderTest.All.Where(cell => cell.Schema is not null))
        {
            settings[$"ConnectionStrings:{cell.Name}"] = ConnectionOf($"{cell.Name}_app");
            settings[$"ConnectionStrings:{Wiring.RelayOf(cell.Name)}"] = ConnectionOf($"{cell.Name}_relay");
        }

        return settings;
    }

    /// <summary>Leaves the database at rest, with nobody at work in it.</summary>
    public async Task StopCells()
    {
        if (!_stopped)
            await _cells.DisposeAsync();
        _stopped = true;
    }

    public async ValueTask DisposeAsync()
    {
        await StopCells();
        await Ops.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Admin.Clear(); // a test may have ended its connections
        await using (var drop = Admin.CreateCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
            await drop.ExecuteNonQueryAsync();
        await _admin!.DisposeAsync();
        await using var maintenance = NpgsqlDataSource.Create(_server);
        await using var command = maintenance.CreateCommand($"DROP DATABASE {_database} WITH (FORCE)");
        await command.ExecuteNonQueryAsync();
        await TestPostgres.Leave();
        Directory.Delete(_folder, recursive: true);
    }
}
