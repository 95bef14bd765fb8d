using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace WebWaka;

/// <summary>
/// A process that is asked to stop first says so at <c>/ready</c> and goes on serving for <c>DrainSeconds</c> (5 in Production,
/// else none), so that whoever sends it requests has turned to others before its door closes.
/// </summary>
internal sealed class Drain(IConfiguration configuration, IHostEnvironment environment) : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _draining;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default) =>
        Task.FromResult(_draining ? HealthCheckResult.Unhealthy("stopping") : HealthCheckResult.Healthy());

    public Task StoppingAsync(CancellationToken ct)
    {
        _draining = true;
        return Task.Delay(TimeSpan.FromSeconds(configuration.GetValue("DrainSeconds", environment.IsProduction() ? 5 : 0)), ct);
    }

    public Task StartingAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StopAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken ct) => Task.CompletedTask;
}
