using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace WebWaka.CellKit;

/// <summary>
/// RabbitMQ between processes: events of one type travel as one persistent message (<see cref="Bundle"/>) to the exchange
/// <see cref="Broker.Exchange"/>. A batch is on its way at once, and is in safe hands when the broker has confirmed all of it.
/// One dispatcher uses it; any trouble ends the connection, and the next batch begins with a new one.
/// </summary>
internal sealed class BrokerTransport(Uri address, CellContext cell) : Transport, IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>More than twice as many messages unconfirmed at once as a batch can have: the client slows down from half of it on.</summary>
    private const int MostUnconfirmed = (2 * OutboxDispatcher.BatchSize) + 1;

    private sealed record Opened(IConnection Connection, IChannel Channel);

    private Opened? _open;

    /// <summary>Connects where that is not done yet, and makes every queue, so that no event finds its listener's missing.</summary>
    public override async Task Prepare(CancellationToken ct)
    {
        if (_open is { Channel.IsOpen: true })
            return;
        await DisposeAsync();
        var factory = new ConnectionFactory
        {
            Uri = address, ClientProvidedName = $"{cell.Name} outbox", AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5), RequestedHeartbeat = Broker.Heartbeat,
        };
        var connection = await factory.CreateConnectionAsync(ct);
        try
        {
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
                publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, new ThrottlingRateLimiter(MostUnconfirmed)), ct);
            await Broker.Declare(channel, ct);
            _open = new Opened(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override async Task<IReadOnlyList<Undelivered>> Send(IReadOnlyList<Envelope> envelopes, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(Timeout);
        try
        {
            await Prepare(timeout.Token);
            var sending = Bundle.Of(envelopes.Where(e => EventRoutes.HasListener(e.Type))).Select(bundle => Publish(bundle, timeout.Token)).ToList();
            Failpoints.Pass(Failpoint.BeforeConfirm);
            var back = (await Task.WhenAll(sending)).SelectMany(undelivered => undelivered).ToList();
            // A queue has gone: the next connection makes it anew.
            if (back.Count > 0)
                await DisposeAsync();
            return back;
        }
        catch
        {
            // Nobody knows what the broker has of these: all of them are sent again, by a new connection.
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>What the broker gave back is tried again with it, whoever is to get it.</summary>
    public override async Task<Undelivered?> SendTo(string cell, Envelope envelope, CancellationToken ct) =>
        (await Send([envelope], ct)).SingleOrDefault();

    /// <summary>By a channel of its own: asking for a queue that is gone would end the one that publishes.</summary>
    internal override async Task<IReadOnlyList<QueueDepth>> Depths(string cell, IReadOnlyList<string> types, CancellationToken ct)
    {
        if (_open?.Connection is not { IsOpen: true } connection)
            return [];
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var depths = new List<QueueDepth>();
        foreach (var queue in types.Select(type => Broker.QueueOf(cell, type)).Append(Broker.DeadQueueOf(cell)))
            depths.Add(new QueueDepth(queue, await channel.MessageCountAsync(queue, ct)));
        return depths;
    }

    /// <summary>Empty when it is in safe hands, else all of it.</summary>
    private async Task<IEnumerable<Undelivered>> Publish(Bundle bundle, CancellationToken ct)
    {
        var events = bundle.Events;
        var properties = new BasicProperties
        {
            MessageId = events[0].EventId.ToString(), ContentType = "application/json", Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [Broker.TenantHeader] = bundle.Tenants },
        };
        try
        {
            // Mandatory: a broker that has no queue for it says so, where it would else drop it.
            await _open!.Channel.BasicPublishAsync(
                Broker.Exchange, events[0].Type, mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(bundle, Json.Options), ct);
            Failpoints.Pass(Failpoint.AfterFirstConfirm);
            return [];
        }
        catch (PublishException error) when (error.IsReturn)
        {
            return events.Select(e => new Undelivered(e, Wiring.RabbitMq, "the broker has no queue for it", Transient: true));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not { } open)
            return;
        _open = null;
        try
        {
            await open.Connection.CloseAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception error) when (error is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException)
        {
            // It was gone already.
        }

        await open.Connection.DisposeAsync();
    }
}
