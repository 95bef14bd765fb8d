using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// Brings what came from the broker to the Cell's consumers. An event that spoils its batch is found and set aside in
/// <c>dead_letter</c>, alone, and tried again there later. While the database is away everything waits where it is.
/// </summary>
internal sealed class Intake(
    CellContext cell, IServiceScopeFactory scopes, IEnumerable<Subscription> subscriptions,
    [FromKeyedServices(OutboxDispatcher.Relay)] NpgsqlDataSource relay, ILogger<Intake> log) : BackgroundService
{
    /// <summary>After so many failures that look like the database's while it answers, they are taken for the event's own.</summary>
    private const int Patience = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly Retries _letters = new($"{cell.Name}.dead_letter", "queue", cell.Clock, log);

    /// <summary>Takes events of one type. When it returns, each has had its effect or is in <c>dead_letter</c>.</summary>
    public async Task Take(string queue, IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        if (await Persist(batch, ct) is not { } failed)
            return;
        foreach (var envelope in batch)
        {
            var error = batch.Count == 1 ? failed : await Persist([envelope], ct);
            if (error is not null)
                await SetAside(queue, envelope, error.Message, hopeless: false, ct);
        }
    }

    /// <summary>Keeps an event in <c>dead_letter</c>, once the database takes it.</summary>
    public async Task SetAside(string queue, Envelope envelope, string why, bool hopeless, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await relay.OpenConnectionAsync(ct);
                Failpoints.Pass(Failpoint.BeforeSetAside);
                await _letters.Keep(connection, new Undelivered(envelope, queue, why, Transient: false), hopeless, ct);
                Failpoints.Pass(Failpoint.AfterSetAside);
                return;
            }
            catch (Exception error) when (Transient.Is(error) && !ct.IsCancellationRequested)
            {
                await Pause(tries, error, ct);
            }
        }
    }

    /// <summary>What was set aside is tried again when its time has come.</summary>
    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (!await _letters.TryOne(relay, TryAgain, ct))
                    await Task.Delay(Poll, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                log.LogWarning("{Cell}: the dead letters wait: {Error}", cell.Name, error.GetBaseException().Message);
                await Task.Delay(Poll, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<Undelivered?> TryAgain(string queue, Envelope envelope, CancellationToken ct) =>
        await Try([envelope], ct) is { } error ? new Undelivered(envelope, queue, error.Message, Transient.Is(error)) : null;

    /// <summary>Tries until it is done or the events themselves are at fault: then their error.</summary>
    private async Task<Exception?> Persist(IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            if (await Try(batch, ct) is not { } error)
                return null;
            if (!Transient.Is(error) || (tries >= Patience && await DatabaseAnswers(ct)))
                return error;
            await Pause(tries, error, ct);
        }
    }

    private async Task<Exception?> Try(IReadOnlyList<Envelope> batch, CancellationToken ct)
    {
        try
        {
            var type = batch[0].Type;
            foreach (var subscription in subscriptions.Where(s => s.Type == type))
            {
                await using var scope = scopes.CreateAsyncScope();
                await subscription.Consume(scope.ServiceProvider, batch, ct);
            }

            return null;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return error;
        }
    }

    private async Task<bool> DatabaseAnswers(CancellationToken ct)
    {
        try
        {
            await using var command = relay.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Pause(int tries, Exception error, CancellationToken ct)
    {
        log.LogWarning("{Cell}: what comes in waits: {Error}", cell.Name, error.GetBaseException().Message);
        var pause = TimeSpan.FromMilliseconds(50 << Math.Min(tries, 7));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, cell.Clock, ct);
    }
}
