using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// Looks every few seconds at what waits: in the Cell's outbox, among what could not be taken, in its queues. Every replica tells
/// the same, so a dashboard takes the greatest. It runs only where metrics are collected.
/// </summary>
internal sealed class Backlog(
    CellContext cell, [FromKeyedServices(OutboxDispatcher.Relay)] NpgsqlDataSource relay, Transport transport, IEnumerable<Subscription> subscriptions)
    : BackgroundService
{
    /// <summary>More need not be counted to know that it is far too many.</summary>
    private const int CountedAtMost = 100_000;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private readonly string[] _types = [.. subscriptions.Select(s => s.Type).Distinct(StringComparer.Ordinal)];

    internal sealed record Reading(string Cell, long Rows, double Age, long Retried, long Dead, IReadOnlyList<QueueDepth> Queues);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                try
                {
                    Metrics.Tell(cell.Name, await Look(ct));
                }
                catch (Exception) when (!ct.IsCancellationRequested)
                {
                    // What is not known is not told: the gap shows, and its cause is in others' logs.
                    Metrics.Tell(cell.Name, null);
                }

                await Task.Delay(Every, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            Metrics.Tell(cell.Name, null);
        }
    }

    internal async Task<Reading> Look(CancellationToken ct)
    {
        await using var command = relay.CreateCommand($"""
            WITH late AS (
                SELECT dead FROM {cell.Name}.outbox_delivery UNION ALL SELECT dead FROM {cell.Name}.dead_letter LIMIT {CountedAtMost})
            SELECT (SELECT count(*) FROM (SELECT FROM {cell.Name}.outbox LIMIT {CountedAtMost}) AS counted),
                COALESCE((SELECT extract(epoch FROM $1 - at)::float8 FROM {cell.Name}.outbox ORDER BY id LIMIT 1), 0),
                (SELECT count(*) FROM late WHERE NOT dead), (SELECT count(*) FROM late WHERE dead)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Clock.GetUtcNow() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new Reading(
            cell.Name, reader.GetInt64(0), Math.Max(0, reader.GetDouble(1)), reader.GetInt64(2), reader.GetInt64(3),
            await transport.Depths(cell.Name, _types, ct));
    }
}
