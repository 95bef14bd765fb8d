using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace WebWaka.Distributed.Tests;

/// <summary>An event as it went by, alone or in company.</summary>
internal sealed record Passing(string Type, string MessageId, string Tenant, string Body)
{
    public string Payload => Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(Body)!["payload"]!));

    /// <summary>Another event that tells the same, but for this.</summary>
    public Passing Anew(Guid id, Action<JsonNode>? change = null)
    {
        var (e, payload) = (JsonNode.Parse(Body)!, JsonNode.Parse(Payload)!);
        change?.Invoke(payload);
        e["eventId"] = id;
        e["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        return this with { MessageId = id.ToString(), Body = e.ToJsonString() };
    }
}

/// <summary>A client of the broker beside the system: hears the events of one type, and publishes whatever a test wants to go wrong.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private const string Exchange = "webwaka.events";
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private IChannel? _holding;
    private int _held;

    private Tap(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public ConcurrentQueue<Passing> Heard { get; } = new();

    public static async Task<Tap> On(RabbitNode rabbit, string type)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(rabbit.Url) }.CreateConnectionAsync();
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        var channel = await connection.CreateChannelAsync(confirmed);
        var tap = new Tap(connection, channel);
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(queue, Exchange, type);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var tenants = Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers!["tenant"]!).Split(',');
            foreach (var (e, tenant) in EventsOf(message).Zip(tenants))
                tap.Heard.Enqueue(new Passing(message.RoutingKey, (string)e["eventId"]!, tenant, e.ToJsonString()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return tap;
    }

    /// <summary>A message of one event.</summary>
    public Task Publish(Passing message) => PublishText(message with { Body = $"{{\"events\":[{message.Body}]}}" });

    /// <summary>A message as it is, which may be none.</summary>
    public async Task PublishText(Passing message) => await _channel.BasicPublishAsync(
        Exchange, message.Type, mandatory: true,
        new BasicProperties
        {
            MessageId = message.MessageId, ContentType = "application/json", Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["tenant"] = message.Tenant },
        },
        Encoding.UTF8.GetBytes(message.Body));

    /// <summary>Events that it keeps from the Cells.</summary>
    public int Held => _held;

    /// <summary>Takes what comes into these queues before the Cells can, and keeps it.</summary>
    public async Task Hold(IEnumerable<string> queues)
    {
        _holding = await _connection.CreateChannelAsync();
        foreach (var queue in queues)
            await First(_holding, queue, message => Task.FromResult(Interlocked.Add(ref _held, EventsOf(message).Count)));
    }

    /// <summary>What was kept goes back into its queue.</summary>
    public Task LetGo() => _holding!.CloseAsync();

    /// <summary>Takes what comes into a queue before its Cell can, and gives it back each time.</summary>
    /// <returns>How often that was, once the broker has given up on it: nothing has come for some seconds.</returns>
    public async Task<int> GiveBack(string queue, int atMost)
    {
        await using var channel = await _connection.CreateChannelAsync();
        var times = 0;
        await First(channel, queue, async message =>
        {
            Interlocked.Increment(ref times);
            await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: times < atMost);
        });
        for (var (seen, still) = (0, 0); still < 20 || seen == 0; still = seen == times ? still + 1 : 0)
        {
            seen = times;
            await Task.Delay(100);
        }

        return times;
    }

    public Task Unbind(string queue, string type) => _channel.QueueUnbindAsync(queue, Exchange, type, arguments: null);

    private static List<JsonNode> EventsOf(BasicDeliverEventArgs message) =>
        [.. JsonNode.Parse(message.Body.Span)!["events"]!.AsArray().Select(e => e!)];

    private static async Task First(IChannel channel, string queue, Func<BasicDeliverEventArgs, Task> take)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => take(message);
        var priority = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-priority"] = 10 };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumerTag: "", noLocal: false, exclusive: false, priority, consumer);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
