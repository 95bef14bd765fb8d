using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>The entrances of a Cell for events: one line for each, no scanning, so that the reader sees them all.</summary>
public sealed class CellSubscriptions(IServiceCollection services)
{
    internal List<Subscription> List { get; } = [];

    public void Consume<TEvent, TConsumer>() where TEvent : class where TConsumer : class, IConsume<TEvent>
    {
        services.AddScoped<TConsumer>();
        var subscription = Subscription.Of<TEvent, TConsumer>();
        services.AddSingleton(subscription);
        List.Add(subscription);
    }
}

/// <summary>What makes a service a Cell: its database under row-level security, its events, its door.</summary>
public static class Cell
{
    /// <summary>Connections of one process to one Cell's database. More than 16 gained nothing when measured.</summary>
    private const int PoolSize = 16;
    private const int RelayPoolSize = 4;

    public static void AddCell<TDb>(this IHostApplicationBuilder builder, string name, Action<CellSubscriptions> subscribe) where TDb : CellDb
    {
        var services = builder.Services;
        var own = ConnectionOf(builder.Configuration, name, PoolSize);
        var relay = ConnectionOf(builder.Configuration, Wiring.RelayOf(name), RelayPoolSize);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton(new Crowd(TimeProvider.System));
        services.AddSingleton(provider => new CellContext(name, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<OutboxSignal>()));
        services.AddSingleton(_ => SourceOf(own, name));
        services.AddKeyedSingleton(OutboxDispatcher.Relay, (_, _) => SourceOf(relay, Wiring.RelayOf(name)));
        services.AddDb<TDb>();
        services.AddHostedService<RoleGuard>();
        var subscriptions = new CellSubscriptions(services);
        subscribe(subscriptions);
        // Several Cells in one process have been pushed by it; a process of its own is started by somebody else.
        if (!services.Any(service => service.ServiceType == typeof(MediatorTransport)))
            services.AddHostedService<SchemaGuard<TDb>>();
        builder.AddTransport(name, subscriptions.List);
        services.AddHostedService<OutboxDispatcher>();
        if (Observing.IsOn(builder.Configuration))
            services.AddHostedService<Backlog>();
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "database", provider => new DatabaseCheck(provider.GetRequiredService<NpgsqlDataSource>()), null, ["database"], TimeSpan.FromSeconds(3)));
        builder.AddTokenAccess();
        services.AddProblemHandling();
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddApiDocument(name);
    }

    /// <summary>
    /// Contexts are used again: making one costs a sale more than pricing it. What a <see cref="CellDb"/> knows of a tenant ends with
    /// its transaction.
    /// </summary>
    internal static void AddDb<TDb>(this IServiceCollection services) where TDb : CellDb =>
        services.AddDbContextPool<TDb>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(new TenantGuard()));

    /// <summary>The Cell's door: problems, tokens, probes, its OpenAPI document. Returns the group <c>/api</c>, closed to callers without a token.</summary>
    public static RouteGroupBuilder MapCell(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Transport>() is MediatorTransport mediator)
            mediator.Join(app.Services.GetRequiredService<CellContext>().Name, app.Services, [.. app.Services.GetServices<Subscription>()]);
        LogScope.Use(app, app.Services.GetRequiredService<CellContext>().Name);
        app.UseProblemHandling();
        app.UseAuthentication();
        LogScope.UseTenant(app);
        app.UseAuthorization();
        app.MapDefaultEndpoints();
        app.MapOpenApi().AllowAnonymous();
        return app.MapGroup("/api");
    }

    /// <summary>By configuration alone: the broker where one is named, else the transport that the Cells of this process share.</summary>
    private static void AddTransport(this IHostApplicationBuilder builder, string name, IReadOnlyList<Subscription> subscriptions)
    {
        EventRoutes.MustBe(name, subscriptions.Select(subscription => subscription.Type));
        if (Broker.AddressOf(builder.Configuration) is { } address)
            Broker.AddTo(builder.Services, address, name, subscriptions);
        else if (builder.Services.Any(service => service.ServiceType == typeof(MediatorTransport)))
            MediatorTransport.AddTo(builder.Services);
        else
            throw new StartException($"{Wiring.Variables.RabbitMqUrl} is missing", "Name the broker: amqp://user:password@host:5672/vhost");
    }

    /// <summary>Read at once, so that a wrong one stops the process before it does anything.</summary>
    private static string ConnectionOf(IConfiguration configuration, string name, int poolSize)
    {
        var settings = new NpgsqlConnectionStringBuilder(StartSettings.Postgres(configuration, name));
        if (settings.NoResetOnClose)
            throw new StartException($"ConnectionStrings__{name} says No Reset On Close", "Leave it out: it would leak a session's state to the next tenant");
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = poolSize;
        settings.ApplicationName ??= name;
        // A failing row's values would stand in the log: names, addresses, telephone numbers.
        settings.IncludeErrorDetail = false;
        return settings.ConnectionString;
    }

    /// <summary>Under a name that numbers can carry. A command is a span only inside of another: polls are not worth a trace each.</summary>
    private static NpgsqlDataSource SourceOf(string connection, string name) => new NpgsqlDataSourceBuilder(connection) { Name = name }
        .ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => Activity.Current is not null).ConfigureBatchFilter(_ => Activity.Current is not null))
        .Build();

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
        {
            try
            {
                await using var command = database.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(ct);
                return HealthCheckResult.Healthy();
            }
            catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy(error.GetBaseException().Message);
            }
        }
    }
}
