using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace WebWaka;

/// <summary>What every process has: telemetry, health, resilience, service discovery.</summary>
public static class ServiceDefaults
{
    /// <summary>Bytes of a request's body that a process reads at most, whether its length is said or not.</summary>
    public const long MaxBody = 1024 * 1024;

    /// <summary>A service in a process of its own: what every process has, its parts, its door.</summary>
    /// <returns>The exit code: 2 when a setting stops it.</returns>
    public static async Task<int> Run(string[] args, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        if (args is [HealthProbe.Argument])
            return await HealthProbe.Ask();
        try
        {
            var builder = WebApplication.CreateBuilder(args);
            builder.AddLogDefaults();
            builder.AddServiceDefaults();
            builder.AddErrorReports();
            add(builder);
            await using var app = builder.Build();
            map(app);
            await app.RunAsync();
            return 0;
        }
        catch (StartException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
    }

    /// <summary>
    /// Everything. A host that holds several Cells in one process calls <see cref="Observing.AddTelemetry"/> once and
    /// <see cref="AddCellDefaults"/> for each, since configuring OpenTelemetry in each would export every span several times.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder =>
        builder.AddTelemetry().AddCellDefaults();

    public static TBuilder AddCellDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        Failpoints.MustBeAllowed(builder.Environment);
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), ["live"]).AddCheck<Drain>("drain");
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http => http.AddServiceDiscovery());
        return builder;
    }

    /// <summary>
    /// <c>/alive</c> says that the process runs, <c>/ready</c> that it can serve: its own database answers. <c>/health</c> also
    /// looks at what it can do without for a while, such as the broker. Each answers with the names of what fails.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/alive", Checks(check => check.Tags.Contains("live"))).AllowAnonymous();
        app.MapHealthChecks("/ready", Checks(check => !check.Tags.Contains("outside"))).AllowAnonymous();
        app.MapHealthChecks("/health", Checks(_ => true)).AllowAnonymous();
        return app;
    }

    private static HealthCheckOptions Checks(Func<HealthCheckRegistration, bool> which) => new()
    {
        Predicate = which,
        ResponseWriter = (http, report) => http.Response.WriteAsync(
            string.Join(' ', from entry in report.Entries where entry.Value.Status != HealthStatus.Healthy select entry.Key)),
    };
}
