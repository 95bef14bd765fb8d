using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WebWaka.Payments.Paystack;

/// <summary>Whether Paystack is there, for <c>/health</c>. Any answer will do: 401 without a key says so. Without a key of ours nobody asks.</summary>
internal sealed class PaystackCheck(IHttpClientFactory http) : IHealthCheck
{
    public const string Name = "paystack";

    /// <summary>Less than the gateway's own patience with this Cell.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    public static void AddTo(IServiceCollection services, Uri address)
    {
        services.AddHttpClient(Name, client => (client.BaseAddress, client.Timeout) = (address, Patience))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddHealthChecks().AddCheck<PaystackCheck>(Name, tags: ["outside"]);
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken ct = default)
    {
        try
        {
            using var client = http.CreateClient(Name);
            using var response = await client.GetAsync("", HttpCompletionOption.ResponseHeadersRead, ct);
            return (int)response.StatusCode < StatusCodes.Status500InternalServerError ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy();
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
    }
}
