using System.Net.Http.Headers;
using System.Text;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// Delivers signed events. Only 200 acknowledges; anything else, or nothing within 30 seconds, is tried again on Paystack's
/// schedule until that ends.
/// </summary>
internal sealed partial class WebhookSender(Books books, IHttpClientFactory clients, SandboxClock clock, SandboxOptions options,
    ILogger<WebhookSender> log) : BackgroundService
{
    public const string ClientName = "paystack-webhooks";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The waits before each attempt, the first included.</summary>
    public static IEnumerable<TimeSpan> Schedule(string name) => name switch
    {
        "live" => [TimeSpan.Zero, .. Enumerable.Repeat(TimeSpan.FromMinutes(3), 4), .. Enumerable.Repeat(TimeSpan.FromHours(1), 72)],
        _ => [TimeSpan.Zero, .. Enumerable.Repeat(TimeSpan.FromHours(1), 10)],
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var integration in books.Integrations)
        {
            lock (integration.Gate)
            {
                foreach (var delivery in integration.Deliveries.Where(d => d.State is "pending").ToList())
                    integration.Dispatch(delivery);
            }
        }
        await foreach (var (integration, delivery) in books.Outgoing.Reader.ReadAllAsync(stoppingToken))
            _ = Deliver(integration, delivery, stoppingToken);
    }

    async Task Deliver(Integration integration, Delivery delivery, CancellationToken stop)
    {
        try
        {
            // A restart goes on where the schedule was.
            foreach (var wait in Schedule(options.RetrySchedule).Skip(delivery.Attempts))
            {
                await clock.Delay(wait, stop);
                var status = await Attempt(integration, delivery, stop);
                delivery = Record(integration, delivery with
                {
                    Attempts = delivery.Attempts + 1, LastStatus = status,
                    State = status is StatusCodes.Status200OK ? "delivered" : "pending",
                });
                if (delivery.State is "delivered")
                    return;
            }
            Record(integration, delivery with { State = "failed" });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped(delivery.Id);
        }
    }

    async Task<int?> Attempt(Integration integration, Delivery delivery, CancellationToken stop)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, integration.Switches.WebhookUrl) { Content = content };
        if (delivery.Signature.Length > 0)
            request.Headers.Add("x-paystack-signature", delivery.Signature);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(Patience);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, timeout.Token);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogUnreachable(delivery.Event, delivery.Id, e.Message);
            return null;
        }
    }

    static Delivery Record(Integration integration, Delivery delivery)
    {
        lock (integration.Gate)
            integration.Save(delivery);
        integration.Tried(delivery.Id);
        return delivery;
    }

    [LoggerMessage(LogLevel.Information, "Delivery {Id} waits for the next start")]
    partial void LogStopped(long id);

    [LoggerMessage(LogLevel.Warning, "{Event} {Id} was not delivered: {Reason}")]
    partial void LogUnreachable(string @event, long id, string reason);
}
