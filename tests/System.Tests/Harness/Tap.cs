using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace WebWaka.Distributed.Tests;

/// <summary>A message as it went by.</summary>
internal sealed record Passing(string Type, string MessageId, string Tenant, string Body);

/// <summary>A client of the broker beside the system: hears the events of one type, and publishes whatever a test wants to go wrong.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private const string Exchange = "webwaka.events";
    private readonly IConnection _connection;
    private readonly IChannel _channel;

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
            var tenant = Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers!["tenant"]!);
            tap.Heard.Enqueue(new Passing(message.RoutingKey, message.BasicProperties.MessageId!, tenant, Encoding.UTF8.GetString(message.Body.Span)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return tap;
    }

    public async Task Publish(Passing message) => await _channel.BasicPublishAsync(
        Exchange, message.Type, mandatory: true,
        new BasicProperties
        {
            MessageId = message.MessageId, ContentType = "application/json", Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["tenant"] = message.Tenant },
        },
        Encoding.UTF8.GetBytes(message.Body));

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
