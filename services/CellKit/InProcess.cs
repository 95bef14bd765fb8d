using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WebWaka.CellKit;

/// <summary>A Cell as a host of several sees it. Each Cell's own Program.cs is the same two calls.</summary>
public sealed record CellModule(string Name, CellSchema? Schema, Action<IHostApplicationBuilder> Add, Action<WebApplication> Map);

/// <summary>
/// Several Cells in one process, each a web application with its own container on a loopback port of its own; they share the
/// <see cref="MediatorTransport"/> and nothing else. All are built before any starts, so that no event finds its consumer missing.
/// </summary>
public sealed class InProcess : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WebApplication> _apps = new(StringComparer.Ordinal);

    public MediatorTransport Transport { get; } = new();

    /// <summary>Where each Cell answers, by its name.</summary>
    public Dictionary<string, string> Addresses { get; } = new(StringComparer.Ordinal);

    public IServiceProvider ServicesOf(string cell) => _apps[cell].Services;

    public async Task Start(IReadOnlyList<CellModule> modules, IReadOnlyDictionary<string, string?> settings, string environment, CancellationToken ct)
    {
        // A start is mostly compiling and reading, of each Cell its own: together they use all cores.
        await Task.WhenAll(modules.Select(module => Task.Run(() => _apps[module.Name] = Build(module, settings, environment), ct)));
        await Task.WhenAll(_apps.Values.Select(app => Task.Run(() => app.StartAsync(ct), ct)));
        foreach (var (name, app) in _apps)
            Addresses[name] = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        foreach (var app in _apps.Values)
        {
            foreach (var (name, address) in Addresses)
                app.Configuration[$"services:{name}:http:0"] = address;
        }
    }

    private WebApplication Build(CellModule module, IReadOnlyDictionary<string, string?> settings, string environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = module.Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = environment,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        QuietLogs(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddSingleton(Transport);
        if (Broker.AddressOf(builder.Configuration) is null)
            builder.Services.AddSingleton<Transport>(Transport);
        builder.Services.AddSingleton<IHostLifetime, StopsWithItsHost>();
        builder.AddCellDefaults();
        builder.AddErrorReportsOfCell();
        module.Add(builder);
        var app = builder.Build();
        module.Map(app);
        return app;
    }

    public static void QuietLogs(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.Critical);
        logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
    }

    /// <summary>The doors close first, then the dispatchers stop; what is not handed on stays in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_apps.Values.Select(app => app.StopAsync(CancellationToken.None)));
        foreach (var app in _apps.Values)
            await app.DisposeAsync();
    }

    /// <summary>Ctrl-C is the outer host's to hear: it stops these in order.</summary>
    public sealed class StopsWithItsHost : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken ct) => Task.CompletedTask;

        public Task StopAsync(CancellationToken ct) => Task.CompletedTask;
    }
}
