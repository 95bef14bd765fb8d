using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Gateway;

namespace WebWaka.Standalone;

/// <summary>
/// The whole system in this process: every Cell and the Paystack sandbox in a container of its own, and the gateway in front.
/// Started in the order in which they are needed, stopped the other way round.
/// </summary>
public sealed class RunningSystem : IAsyncDisposable
{
    private readonly InProcess _cells = new();
    private WebApplication? _gateway;

    public IReadOnlyDictionary<string, string> Addresses => _cells.Addresses;

    public IServiceProvider ServicesOf(string cell) => _cells.ServicesOf(cell);

    public MediatorTransport Transport => _cells.Transport;

    /// <param name="secret">A named secret that stays the same from start to start.</param>
    public static async Task<RunningSystem> Start(
        StandaloneOptions options, string adminConnection, string redis, string? pages, Func<string, string> secret, string keysFile,
        string sandboxFolder, Action<string> progress, CancellationToken ct)
    {
        await using (var admin = NpgsqlDataSource.Create(adminConnection))
            await SchemaPush.Push(admin, [.. CellList.All.Select(cell => cell.Schema!)], secret, always: false, progress, ct);
        var ops = ConnectionOf(adminConnection, Wiring.OpsRole, secret);
        if (!options.Demo)
            await DemoData.RefuseIn(ops, ct);
        var system = new RunningSystem();
        try
        {
            var settings = Settings(options, adminConnection, redis, secret, keysFile, sandboxFolder);
            await system._cells.Start(options.Demo ? [CellList.Sandbox, .. CellList.All] : CellList.All, settings, "Development", ct);
            await system.StartGateway(options, settings, pages, ct);
            if (options.Demo)
                await DemoData.Ensure(options, ops, progress, ct);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    private async Task StartGateway(StandaloneOptions options, Dictionary<string, string?> settings, string? pages, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = Wiring.Gateway, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Development",
        });
        foreach (var (name, address) in _cells.Addresses)
            settings[$"services:{name}:http:0"] = address;
        settings[Wiring.Variables.WebRoot] = pages;
        settings["HomeTenant"] = options.Demo ? DemoData.Nigeria : null;
        builder.Configuration.AddInMemoryCollection(settings);
        InProcess.QuietLogs(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The demo's log-ins are known to everybody: while they exist, nobody else may reach them.
            if (options.Demo)
                kestrel.Listen(IPAddress.Loopback, options.Port);
            else
                kestrel.ListenAnyIP(options.Port);
        });
        builder.Services.AddSingleton<IHostLifetime, InProcess.StopsWithItsHost>();
        builder.AddTelemetry("standalone").AddCellDefaults();
        builder.AddErrorReports();
        builder.AddGateway();
        _gateway = builder.Build();
        _gateway.MapGateway();
        try
        {
            await _gateway.StartAsync(ct);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException or SocketException)
        {
            throw new StandaloneException($"Port {options.Port} is in use", "End the program that listens on it, or start with --port N");
        }
    }

    private static Dictionary<string, string?> Settings(
        StandaloneOptions options, string adminConnection, string redis, Func<string, string> secret, string keysFile, string sandboxFolder)
    {
        var paystackKey = Environment.GetEnvironmentVariable(Wiring.Variables.PaystackSecretKey);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Wiring.Variables.RootSecret] = Environment.GetEnvironmentVariable(Wiring.Variables.RootSecret) ?? secret("root"),
            [Wiring.Variables.RootDomain] = options.RootDomain,
            [Wiring.Variables.RedisUrl] = redis,
            ["WEBWAKA_KEYS"] = keysFile,
            ["PaystackSandbox:DataFolder"] = sandboxFolder,
            ["PaystackSandbox:WebhookUrl"] = $"http://127.0.0.1:{options.Port}/api/webhooks/paystack",
        };
        // With a key of one's own it is Paystack that is called. Without, a demo pays at the stand-in in this process; a shop, whose
        // goods would go out for money that does not exist, takes no online payment.
        if (string.IsNullOrWhiteSpace(paystackKey) && options.Demo)
        {
            settings[Wiring.Variables.PaystackSecretKey] = $"sk_test_{secret("paystack")}";
            settings[Wiring.Variables.PaystackBaseUrl] = $"http://{Wiring.PaystackSandbox}";
        }

        foreach (var cell in CellList.All)
        {
            settings[$"ConnectionStrings:{cell.Name}"] = ConnectionOf(adminConnection, Wiring.AppRole(cell.Name), secret);
            settings[$"ConnectionStrings:{Wiring.RelayOf(cell.Name)}"] = ConnectionOf(adminConnection, Wiring.RelayRole(cell.Name), secret);
        }

        return settings;
    }

    /// <summary>The same server and database as another user.</summary>
    public static string ConnectionOf(string adminConnection, string user, Func<string, string> secret) =>
        new NpgsqlConnectionStringBuilder(adminConnection)
        {
            Username = user, Password = secret(user), MaxAutoPrepare = 60, AutoPrepareMinUsages = 2,
            MaxPoolSize = user.EndsWith("_relay", StringComparison.Ordinal) ? 2 : 16,
        }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.StopAsync(CancellationToken.None);
            await _gateway.DisposeAsync();
        }

        await _cells.DisposeAsync();
    }
}
