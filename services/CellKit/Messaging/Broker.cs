using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace WebWaka.CellKit;

/// <summary>
/// How RabbitMQ is used. One exchange; a quorum queue for each Cell and type of event, so that a consumer that is slow or down
/// holds back no other, and a batch is of one type. What is delivered too often (its consumer died of it each time) the broker
/// moves to the Cell's own dead queue. docs/decisions/0015.
/// </summary>
internal static class Broker
{
    public const string Exchange = "webwaka.events";
    public const string TenantHeader = "tenant";

    /// <summary>Messages that a replica holds of one queue: enough to fill a batch.</summary>
    private const int Prefetch = 64;

    private const int MostDeliveries = 50;
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Where the broker is, or null: then events stay inside this process.</summary>
    public static string? AddressOf(IConfiguration configuration) =>
        configuration[Wiring.Variables.RabbitMqUrl] is { Length: > 0 } url ? url : configuration.GetConnectionString(Wiring.RabbitMq);

    public static string QueueOf(string cell, string type) => $"{cell}.{type}";

    public static string DeadQueueOf(string cell) => $"{cell}.dead";

    public static void AddTo(IServiceCollection services, string address, string cell, IReadOnlyList<Subscription> subscriptions)
    {
        var host = Parse(address);
        var types = subscriptions.Select(s => s.Type).Distinct(StringComparer.Ordinal).ToArray();
        // The bus starts before the dispatcher and stops after it; neither waits for the broker to be there.
        services.AddOptions<MassTransitHostOptions>().Configure(options => options.StopTimeout = TimeSpan.FromSeconds(20));
        services.AddMassTransit(registration =>
        {
            // It would tell its makers of every queue.
            registration.DisableUsageTelemetry();
            registration.ConfigureHealthCheckOptions(check =>
            {
                check.Name = "messaging";
                check.MinimalFailureStatus = HealthStatus.Unhealthy;
                check.Tags.Clear();
                check.Tags.Add("outside");
            });
            registration.UsingRabbitMq((services, bus) =>
            {
                // Both ends notice within some seconds that the other is gone or stands still, and its messages go to another replica.
                bus.Host(host, cell, connection => connection.Heartbeat(Heartbeat));
                bus.ClearSerialization();
                bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                if (Failpoints.Armed)
                    bus.ConnectReceiveObserver(new AckFailpoint());
                var intake = services.GetRequiredService<Intake>();
                foreach (var type in types)
                    bus.ReceiveEndpoint(QueueOf(cell, type), endpoint => Listen(endpoint, cell, type, intake));
                bus.ReceiveEndpoint(DeadQueueOf(cell), endpoint => Drain(endpoint, cell, intake));
            });
        });
        services.AddSingleton<Intake>();
        services.AddHostedService(provider => provider.GetRequiredService<Intake>());
        services.AddSingleton<Transport>(provider => new BrokerTransport(host, provider.GetRequiredService<CellContext>()));
    }

    /// <summary>The queues of all Cells: whoever publishes first makes them, whether their Cell has ever run or not.</summary>
    public static async Task Declare(IChannel channel, CancellationToken ct)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: ct);
        foreach (var (type, cell) in EventRoutes.All)
        {
            var queue = QueueOf(cell, type);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, ArgumentsOf(cell), cancellationToken: ct);
            await channel.QueueBindAsync(queue, Exchange, type, cancellationToken: ct);
        }
    }

    private static void Listen(IRabbitMqReceiveEndpointConfigurator endpoint, string cell, string type, Intake intake)
    {
        Set(endpoint, intake, ArgumentsOf(cell));
        endpoint.PrefetchCount = Prefetch;
        endpoint.Instance(new EventsConsumer(intake, cell, type));
    }

    private static void Drain(IRabbitMqReceiveEndpointConfigurator endpoint, string cell, Intake intake)
    {
        Set(endpoint, intake, [new("x-queue-type", "quorum")]);
        endpoint.Consumer(() => new DeadQueueConsumer(intake, cell));
    }

    private static void Set(IRabbitMqReceiveEndpointConfigurator endpoint, Intake intake, IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        // What is bound to what says Declare alone.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        foreach (var (key, value) in arguments)
            endpoint.SetQueueArgument(key, value);
        endpoint.ConfigureError(pipe => pipe.UseFilter(new UnreadableFilter(intake)));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new SkippedFilter(intake)));
    }

    private static Dictionary<string, object?> ArgumentsOf(string cell) => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = MostDeliveries,
        ["x-overflow"] = "reject-publish",
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-dead-letter-exchange"] = DeadQueueOf(cell),
    };

    private static Uri Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "amqp" or "amqps"
            ? url
            : throw new InvalidOperationException(
                $"{Wiring.Variables.RabbitMqUrl} cannot be read: write amqp://user:password@host:5672/vhost, or amqps:// for TLS.");
}
