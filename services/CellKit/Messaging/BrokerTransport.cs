using System.Globalization;
using MassTransit;

namespace WebWaka.CellKit;

/// <summary>
/// RabbitMQ between processes: each event is one persistent message to the exchange <see cref="Broker.Exchange"/>, by its type,
/// with its tenant in a header. A batch is on its way at once, and is in safe hands when the broker has confirmed all of it.
/// </summary>
internal sealed class BrokerTransport(IBusControl bus) : Transport
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public override bool Ready => bus.CheckHealth().Status != BusHealthStatus.Unhealthy;

    public override async Task<IReadOnlyList<Undelivered>> Send(IReadOnlyList<Envelope> envelopes, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        var sent = await Task.WhenAll(envelopes.Where(e => EventRoutes.HasListener(e.Type)).Select(e => Publish(e, timeout.Token)));
        return [.. sent.OfType<Undelivered>()];
    }

    /// <summary>What the broker gave back is tried again with it, whoever is to get it.</summary>
    public override Task<Undelivered?> SendTo(string cell, Envelope envelope, CancellationToken ct) => Publish(envelope, ct);

    private async Task<Undelivered?> Publish(Envelope envelope, CancellationToken ct)
    {
        try
        {
            await bus.Publish(envelope, context =>
            {
                context.MessageId = envelope.EventId;
                context.Headers.Set(Broker.TenantHeader, envelope.TenantId.ToString());
                context.Headers.Set(Broker.AtHeader, envelope.At.ToString("O", CultureInfo.InvariantCulture));
                if (envelope.Trace is { } trace)
                    context.Headers.Set(Broker.TraceHeader, trace);
                context.SetRoutingKey(envelope.Type);
                // A broker that has no queue for it says so, where it would else drop it.
                context.Mandatory = true;
            }, ct);
            return null;
        }
        catch (MessageReturnedException)
        {
            return new Undelivered(envelope, Wiring.RabbitMq, "the broker has no queue for it", Transient: true);
        }
    }
}
