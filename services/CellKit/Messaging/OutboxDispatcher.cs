using System.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// Hands the Cell's events on. A batch is deleted, handed on and committed in one transaction of the relay's role: a crash
/// before the commit leaves every row where it was (docs/decisions/0003). Replicas share the work, since each takes only rows
/// that no other holds.
/// </summary>
internal sealed class OutboxDispatcher(
    CellContext cell, [FromKeyedServices(OutboxDispatcher.Relay)] NpgsqlDataSource relay, Transport transport, ILogger<OutboxDispatcher> log)
    : BackgroundService
{
    public const string Relay = "relay";
    private const int BatchSize = 1000;
    private const int MaxAttempts = 12;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(25);

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var sent = await SendBatch(ct);
                var retried = sent == BatchSize ? 0 : await RetryOne(ct);
                if (sent == 0 && retried == 0)
                    await cell.Signal.Wait(Poll, ct);
                // A moment for more to gather: consumers take a batch at hardly more cost than one event.
                if (sent < BatchSize)
                    await Task.Delay(Linger, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The rows are where they were; the database may be restarting.
                log.LogWarning("{Cell}: the outbox waits: {Error}", cell.Name, error.GetBaseException().Message);
                await Task.Delay(Poll, cell.Clock, ct);
            }
        }
    }

    private async Task<int> SendBatch(CancellationToken ct)
    {
        await using var connection = await relay.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var batch = await Take(connection, $"""
            DELETE FROM {cell.Name}.outbox WHERE id = ANY (ARRAY(
                SELECT id FROM {cell.Name}.outbox ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
            RETURNING id, tenant_id, event_id, type, payload, at, trace
            """, ct);
        if (batch.Count == 0)
            return 0;
        foreach (var failed in await transport.Send([.. batch.OrderBy(row => row.Id).Select(row => row.Envelope)], ct))
            await Keep(connection, failed, ct);
        await transaction.CommitAsync(ct);
        return batch.Count;
    }

    private async Task<int> RetryOne(CancellationToken ct)
    {
        await using var connection = await relay.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var due = new NpgsqlCommand($"""
            SELECT id, tenant_id, event_id, type, payload, at, trace, cell, attempts FROM {cell.Name}.outbox_delivery
            WHERE NOT dead AND next_at <= $1 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """, connection) { Parameters = { new() { Value = cell.Clock.GetUtcNow() } } };
        (long Id, Envelope Envelope, string Cell, int Attempts) row;
        await using (var reader = await due.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return 0;
            row = (reader.GetInt64(0), Read(reader), reader.GetString(7), reader.GetInt32(8));
        }

        var failed = await transport.SendTo(row.Cell, row.Envelope, ct);
        await (failed is null ? Forget(connection, row.Id, ct) : Postpone(connection, row.Id, row.Attempts, failed, ct));
        await transaction.CommitAsync(ct);
        return 1;
    }

    private static async Task<List<(long Id, Envelope Envelope)>> Take(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, ct);
        var rows = new List<(long, Envelope)>();
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt64(0), Read(reader)));
        return rows;
    }

    private static Envelope Read(NpgsqlDataReader row) => new(
        row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetString(6));

    private async Task Keep(NpgsqlConnection connection, Undelivered failed, CancellationToken ct)
    {
        log.LogWarning("{Cell} could not take {Type} {EventId}: {Error}", failed.Cell, failed.Envelope.Type, failed.Envelope.EventId, failed.Error);
        var e = failed.Envelope;
        await Run(connection, $"""
            INSERT INTO {cell.Name}.outbox_delivery (tenant_id, event_id, cell, type, payload, at, trace, attempts, next_at, dead, error)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, false, $9)
            """, ct, e.TenantId, e.EventId, failed.Cell, e.Type, e.Payload, e.At, (object?)e.Trace ?? DBNull.Value, NextTry(1), failed.Error);
    }

    private Task Forget(NpgsqlConnection connection, long id, CancellationToken ct) =>
        Run(connection, $"DELETE FROM {cell.Name}.outbox_delivery WHERE id = $1", ct, id);

    /// <summary>A database that is away does not count as an attempt: the event did nothing wrong.</summary>
    private Task Postpone(NpgsqlConnection connection, long id, int attempts, Undelivered failed, CancellationToken ct)
    {
        var tried = failed.Transient ? attempts : attempts + 1;
        if (tried >= MaxAttempts)
            log.LogError("{Cell} gives up on {Type} {EventId}: {Error}", failed.Cell, failed.Envelope.Type, failed.Envelope.EventId, failed.Error);
        return Run(
            connection, $"UPDATE {cell.Name}.outbox_delivery SET attempts = $2, next_at = $3, dead = $4, error = $5 WHERE id = $1",
            ct, id, tried, NextTry(tried), tried >= MaxAttempts, failed.Error);
    }

    private DateTimeOffset NextTry(int attempts) => cell.Clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, 1 << Math.Min(attempts, 8)));

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
