using Microsoft.Extensions.Logging;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// Events that somebody could not take, in a table that the relay's role reads for all tenants: tried again after 2 s, then
/// twice as long each time, and after twelve attempts left for a person (<c>dead</c>).
/// </summary>
/// <param name="table">With its schema.</param>
/// <param name="target">The column that says who could not take it.</param>
internal sealed class Retries(string table, string target, TimeProvider clock, ILogger log)
{
    private const int MaxAttempts = 12;

    /// <summary>Keeps an event after its first failure.</summary>
    /// <param name="hopeless">It can never succeed: kept for a person at once.</param>
    public async Task Keep(NpgsqlConnection connection, Undelivered failed, bool hopeless, CancellationToken ct)
    {
        using (log.BeginScope(LogScope.Of(failed.Envelope)))
            log.LogWarning("{Who} could not take {Type} {EventId}: {Error}", failed.Cell, failed.Envelope.Type, failed.Envelope.EventId, failed.Error);
        var e = failed.Envelope;
        await Run(connection, $"""
            INSERT INTO {table} (tenant_id, event_id, {target}, type, payload, at, trace, attempts, next_at, dead, error)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10)
            """, ct, e.TenantId, e.EventId, failed.Cell, e.Type, e.Payload, e.At, (object?)e.Trace ?? DBNull.Value, NextTry(1), hopeless, failed.Error);
    }

    /// <summary>Tries the one that is most overdue, which no other process holds. False: nothing is due.</summary>
    public async Task<bool> TryOne(NpgsqlDataSource relay, Func<string, Envelope, CancellationToken, Task<Undelivered?>> take, CancellationToken ct)
    {
        await using var connection = await relay.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var due = new NpgsqlCommand($"""
            SELECT id, tenant_id, event_id, type, payload, at, trace, {target}, attempts FROM {table}
            WHERE NOT dead AND next_at <= $1 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """, connection) { Parameters = { new() { Value = clock.GetUtcNow() } } };
        (long Id, Envelope Envelope, string Target, int Attempts) row;
        await using (var reader = await due.ExecuteReaderAsync(ct))
        {
            if (!await reader.ReadAsync(ct))
                return false;
            row = (reader.GetInt64(0), Envelope.Read(reader), reader.GetString(7), reader.GetInt32(8));
        }

        var failed = await take(row.Target, row.Envelope, ct);
        await (failed is null ? Run(connection, $"DELETE FROM {table} WHERE id = $1", ct, row.Id) : Postpone(connection, row.Id, row.Attempts, failed, ct));
        Failpoints.Pass(Failpoint.BeforeRetryCommit);
        await transaction.CommitAsync(ct);
        Failpoints.Pass(Failpoint.AfterRetryCommit);
        return true;
    }

    /// <summary>A database that is away does not count as an attempt: the event did nothing wrong.</summary>
    private Task Postpone(NpgsqlConnection connection, long id, int attempts, Undelivered failed, CancellationToken ct)
    {
        var tried = failed.Transient ? attempts : attempts + 1;
        if (tried >= MaxAttempts)
        {
            using (log.BeginScope(LogScope.Of(failed.Envelope)))
                log.LogError("{Who} gives up on {Type} {EventId}: {Error}", failed.Cell, failed.Envelope.Type, failed.Envelope.EventId, failed.Error);
        }

        return Run(
            connection, $"UPDATE {table} SET attempts = $2, next_at = $3, dead = $4, error = $5 WHERE id = $1",
            ct, id, tried, NextTry(tried), tried >= MaxAttempts, failed.Error);
    }

    private DateTimeOffset NextTry(int attempts) => clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(300, 1 << Math.Min(attempts, 8)));

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }
}
