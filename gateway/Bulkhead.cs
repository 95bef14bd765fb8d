using System.Threading.RateLimiting;

namespace WebWaka.Gateway;

/// <summary>
/// How many requests of one shop are under way at one Cell. More wait here, in the order they came, where waiting takes nothing from
/// anybody: a flood within its pace fills its own line and not the machine. By Cell, so that a Paystack that hangs holds up no cash sale.
/// </summary>
internal sealed class Bulkhead : IDisposable
{
    public const string Name = "at-once";
    private const int AtOnce = 4;

    /// <summary>Calls that wait for Paystack take no processor meanwhile.</summary>
    private const int TimesAtPayments = 4;
    private const int InLine = 400;
    private readonly PartitionedRateLimiter<HttpContext> _lines;

    public Bulkhead(IConfiguration configuration)
    {
        const string name = "RateLimits:TenantAtOnce";
        var atOnce = RateLimits.Within(configuration.GetValue(name, AtOnce), name, "It is the requests of one shop at one Cell");
        var (usual, payments) = (Options(atOnce), Options(atOnce * TimesAtPayments));
        _lines = PartitionedRateLimiter.Create<HttpContext, (string? Shop, string? Cell)>(http =>
        {
            var line = (Shop: http.Tenant(), Cell: http.GetReverseProxyFeature().Route.Config.ClusterId);
            // What concerns no shop comes from Paystack or from the operator.
            return line.Shop is null
                ? RateLimitPartition.GetNoLimiter(line)
                : RateLimitPartition.GetConcurrencyLimiter(line, _ => line.Cell == Wiring.Payments ? payments : usual);
        });
    }

    public async Task Pass(HttpContext http, RequestDelegate send)
    {
        using var lease = await _lines.AcquireAsync(http, permitCount: 1, http.RequestAborted);
        if (lease.IsAcquired)
            await send(http);
        else
            RateLimits.Refuse(http, lease, Name);
    }

    public void Dispose() => _lines.Dispose();

    private static ConcurrencyLimiterOptions Options(int permits) =>
        new() { PermitLimit = permits, QueueLimit = InLine, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
