using System.Data;
using System.Diagnostics;
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
    CellContext cell, [FromKeyedServices(OutboxDispatcher.Relay)] NpgsqlDataSource relay, Transport transport, Crowd crowd,
    ILogger<OutboxDispatcher> log) : BackgroundService
{
    public const string Relay = "relay";
    public const int BatchSize = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseInACrowd = TimeSpan.FromMilliseconds(400);
    private readonly Retries _undelivered = new($"{cell.Name}.outbox_delivery", "cell", cell.Clock, log);
    private long _lastBatch;
    private long _lookedAtAll;

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await transport.Prepare(ct);
                var started = Stopwatch.GetTimestamp();
                var sent = await SendBatch(ct);
                var retried = sent < BatchSize && await _undelivered.TryOne(relay, transport.SendTo, ct);
                var work = Stopwatch.GetElapsedTime(started);
                if (sent == 0 && !retried)
                    await cell.Signal.Wait(Poll, ct);
                // More gather meanwhile: consumers take a batch at hardly more cost than one event, and sales have the machine.
                if (sent < BatchSize)
                    await Task.Delay(crowd.IsThere ? PauseInACrowd : PauseAfter(work), ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The rows are where they were; the database or the broker may be restarting.
                log.LogWarning("{Cell}: the outbox waits: {Error}", cell.Name, error.GetBaseException().Message);
                await Task.Delay(Poll, cell.Clock, ct);
            }
        }
    }

    /// <summary>As long as the work took, within bounds: at most half of the time goes into handing on, unless it falls behind.</summary>
    private static TimeSpan PauseAfter(TimeSpan work) => work < ShortestPause ? ShortestPause : work > LongestPause ? LongestPause : work;

    private async Task<int> SendBatch(CancellationToken ct)
    {
        await using var connection = await relay.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        Failpoints.Pass(Failpoint.BeforeTake);
        var batch = await Take(connection, TakeFrom(cell.Name), Beginning(), ct);
        if (batch.Count == 0)
            return 0;
        _lastBatch = batch.Min(row => row.Id);
        Failpoints.Pass(Failpoint.BeforePublish);
        IReadOnlyList<Envelope> events = [.. batch.OrderBy(row => row.Id).Select(row => row.Envelope)];
        IReadOnlyList<Undelivered> undelivered;
        using (EventSpans.Begin(cell.Name, "publish", ActivityKind.Producer, ref events))
            undelivered = await transport.Send(events, ct);
        foreach (var failed in undelivered)
            await _undelivered.Keep(connection, failed, hopeless: false, ct);
        Failpoints.Pass(Failpoint.BeforeDelete);
        await transaction.CommitAsync(ct);
        Failpoints.Pass(Failpoint.AfterDelete);
        return batch.Count;
    }

    internal static string TakeFrom(string schema) => $"""
        DELETE FROM {schema}.outbox WHERE id = ANY (ARRAY(
            SELECT id FROM {schema}.outbox WHERE id >= $1 ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
        RETURNING id, tenant_id, event_id, type, payload, at, trace
        """;

    /// <summary>
    /// Where the last batch began; now and then the very beginning, since a row may be committed after those behind it. While an old
    /// snapshot is open (a backup, an ANALYZE), every row that has gone since is still there to be passed over.
    /// </summary>
    private long Beginning()
    {
        if (Stopwatch.GetElapsedTime(_lookedAtAll) < Poll)
            return _lastBatch;
        _lookedAtAll = Stopwatch.GetTimestamp();
        return 0;
    }

    private static async Task<List<(long Id, Envelope Envelope)>> Take(NpgsqlConnection connection, string sql, long from, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = from } } };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default, ct);
        var rows = new List<(long, Envelope)>();
        while (await reader.ReadAsync(ct))
            rows.Add((reader.GetInt64(0), Envelope.Read(reader)));
        return rows;
    }
}
