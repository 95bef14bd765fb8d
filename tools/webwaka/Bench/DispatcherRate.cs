using System.Diagnostics;
using System.Text;
using Npgsql;
using RabbitMQ.Client;
using WebWaka.Distributed;

namespace WebWaka.Tool.Bench;

/// <summary>
/// Events a second from the outbox to the broker, where many travel in one message, beside what the broker confirms of the same
/// events, a message each, to queues like the Cells' when a client does nothing else. Nobody consumes meanwhile.
/// </summary>
internal static class DispatcherRate
{
    private const string Exchange = "webwaka.bench";
    private const int Abreast = 1000;
    private static readonly string[] Listeners = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions];

    public static async Task Measure(Deployment deployment, NpgsqlDataSource database, int events, CancellationToken ct)
    {
        foreach (var part in Wiring.Cells.SelectMany(deployment.PartsOf))
            await part.Stop();
        await using var admin = NpgsqlDataSource.Create(deployment.Postgres.AdminConnectionString);
        var message = await Fill(admin, events, ct);
        var before = await Confirmed(deployment.Rabbit.Url, message, events / 2, ct);
        var dispatched = await Dispatched(deployment, database, events, ct);
        var after = await Confirmed(deployment.Rabbit.Url, message, events / 2, ct);
        var confirmed = (before + after) / 2;
        Console.WriteLine(
            $"outbox to broker: {SaleBench.Text(dispatched)} events/s; the broker confirms {SaleBench.Text(confirmed)}/s of the same, a message each, to " +
            $"{Listeners.Length} quorum queues: {SaleBench.Ratio(dispatched / confirmed)}");
        await deployment.StartAll([.. Wiring.Cells.Where(cell => cell != Wiring.Transaction)]);
        for (var replica = 1; replica < deployment.PartsOf(Wiring.Transaction).Count; replica++)
            await deployment.Start(Wiring.Transaction, replica);
    }

    /// <summary>Events of sales that were told before: each has its effect already, so nothing more comes of them.</summary>
    private static async Task<byte[]> Fill(NpgsqlDataSource admin, int events, CancellationToken ct)
    {
        await using var command = admin.CreateCommand("""
            INSERT INTO transaction.outbox (tenant_id, event_id, type, payload, at)
            SELECT tenant_id, gen_random_uuid(), 'SaleCompleted', document::text, now()
            FROM (SELECT * FROM transaction.sale WHERE state = 'completed' LIMIT 1000) AS sale, generate_series(1, $1 / 1000 + 1) LIMIT $1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = events });
        await command.ExecuteNonQueryAsync(ct);
        await using var one = admin.CreateCommand("""
            SELECT json_build_object(
                'tenantId', tenant_id, 'eventId', event_id, 'type', type, 'payload', encode(convert_to(payload, 'UTF8'), 'base64'), 'at', at)::text
            FROM transaction.outbox LIMIT 1
            """);
        return Encoding.UTF8.GetBytes((string)(await one.ExecuteScalarAsync(ct))!);
    }

    /// <summary>From the first batch that is gone to the last.</summary>
    private static async Task<double> Dispatched(Deployment deployment, NpgsqlDataSource database, int events, CancellationToken ct)
    {
        var starting = deployment.Start(Wiring.Transaction, 0);
        await using var command = database.CreateCommand("SELECT count(*) FROM transaction.outbox");
        var (clock, first) = (new Stopwatch(), 0L);
        while (true)
        {
            var left = (long)(await command.ExecuteScalarAsync(ct))!;
            if (!clock.IsRunning && left < events)
            {
                first = left;
                clock.Start();
            }

            if (left == 0)
                break;
            await Task.Delay(5, ct);
        }

        await starting;
        return first / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Confirmed(string url, byte[] message, int count, CancellationToken ct)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, new ThrottlingRateLimiter(2 * Abreast + 1)), ct);
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: ct);
        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum", ["x-overflow"] = "reject-publish" };
        string[] queues = [.. Listeners.Select(cell => $"bench.{cell}")];
        foreach (var queue in queues)
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: ct);
            await channel.QueueBindAsync(queue, Exchange, "sale", cancellationToken: ct);
        }

        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < count; sent += Abreast)
        {
            var properties = new BasicProperties { ContentType = "application/json", Persistent = true };
            await Task.WhenAll(Enumerable.Range(0, Math.Min(Abreast, count - sent))
                .Select(_ => channel.BasicPublishAsync(Exchange, "sale", mandatory: true, properties, message, ct).AsTask()));
        }

        var rate = count / clock.Elapsed.TotalSeconds;
        foreach (var queue in queues)
            await channel.QueueDeleteAsync(queue, cancellationToken: ct);
        await channel.ExchangeDeleteAsync(Exchange, cancellationToken: ct);
        return rate;
    }
}
