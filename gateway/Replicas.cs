using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace WebWaka.Gateway;

/// <summary>Which of a Cell's replicas get requests: those that say they are ready, and when none does, all.</summary>
internal static class Replicas
{
    private static readonly HealthCheckConfig Check = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true, Path = "/ready", Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(2),
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
        Passive = new PassiveHealthCheckConfig
        {
            Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = TimeSpan.FromSeconds(2),
        },
    };

    /// <summary>A single address needs none: it is a name behind which the cluster itself keeps the ready ones.</summary>
    public static HealthCheckConfig? CheckOf(int destinations) => destinations > 1 ? Check : null;

    /// <summary>
    /// A replica that cannot even be connected to has read nothing: the request goes to another, whatever its method. Once
    /// something was sent nobody knows what became of it, and the caller sends it again with the same key.
    /// </summary>
    public static void UseAnotherReplica(this IApplicationBuilder proxy) => proxy.Use(async (http, send) =>
    {
        await send(http);
        var feature = http.GetReverseProxyFeature();
        var tried = new List<DestinationState>();
        while (NeverArrived(http) && feature.ProxiedDestination is { } failed)
        {
            tried.Add(failed);
            var next = feature.AllDestinations.Except(tried).OrderBy(other => other.Health.Active == DestinationHealth.Unhealthy).FirstOrDefault();
            if (next is null)
                return;
            http.Features.Set<IForwarderErrorFeature>(null);
            http.Response.StatusCode = StatusCodes.Status200OK;
            feature.AvailableDestinations = [next];
            await send(http);
        }
    });

    private static bool NeverArrived(HttpContext http) =>
        !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested
        && http.GetForwarderErrorFeature() is { Error: ForwarderError.Request, Exception: HttpRequestException error }
        && error.HttpRequestError == HttpRequestError.ConnectionError;
}
