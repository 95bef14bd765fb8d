using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Webhooks;

/// <summary>An event to work on.</summary>
internal sealed record ReceivedEvent(long Id, string Name, string? Reference, int Attempts);

/// <summary>
/// The webhook's inbox: it has no tenant, since an event names none, and is reached past the context. Storing is all that the
/// webhook's door does.
/// </summary>
internal sealed class WebhookInbox(NpgsqlDataSource database, CellContext cell)
{
    /// <summary>How long a taken event is left to its taker.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly OutboxSignal _arrived = new();

    /// <summary>Keeps an event once; the same again, however often and however many at once, is left out.</summary>
    public async Task Store(PaystackEvent? e, byte[] body, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO webhook_event (received_at, event, data_id, reference, body, state, attempts, next_at, note)
            VALUES ($1, $2, $3, $4, $5, $6, 0, $1, $7) ON CONFLICT DO NOTHING
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = Short(e?.Name) ?? "unreadable" });
        command.Parameters.Add(Nullable(e?.SubjectId is { } id ? (decimal)id : null, NpgsqlDbType.Numeric));
        command.Parameters.Add(Nullable(Short(e?.TransactionReference), NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = body });
        command.Parameters.Add(new NpgsqlParameter { Value = e is null ? WebhookStates.Error : WebhookStates.Received });
        command.Parameters.Add(Nullable(e is null ? "not an event" : null, NpgsqlDbType.Text));
        Failpoints.Pass(Failpoint.BeforeWebhookStored);
        await command.ExecuteNonQueryAsync(ct);
        Failpoints.Pass(Failpoint.AfterWebhookStored);
        _arrived.Raise();
    }

    public async Task<List<ReceivedEvent>> Take(int most, CancellationToken ct)
    {
        var now = cell.Clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            UPDATE webhook_event SET attempts = attempts + 1, next_at = $2 WHERE id = ANY (ARRAY(
                SELECT id FROM webhook_event WHERE state = 'received' AND next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING id, event, reference, attempts
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + Lease });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<ReceivedEvent>();
        while (await reader.ReadAsync(ct))
            taken.Add(new ReceivedEvent(
                reader.GetInt64(0), reader.GetString(1), await reader.IsDBNullAsync(2, ct) ? null : reader.GetString(2), reader.GetInt32(3)));
        return taken;
    }

    /// <summary>How an event ended; still <c>received</c>: it is tried again after <paramref name="wait"/>.</summary>
    public async Task Finish(long id, string state, string? note, TimeSpan wait, CancellationToken ct)
    {
        await using var command = database.CreateCommand("UPDATE webhook_event SET state = $2, note = $3, next_at = $4 WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = state });
        command.Parameters.Add(Nullable(note, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Clock.GetUtcNow() + wait });
        Failpoints.Pass(Failpoint.BeforeWebhookDone);
        await command.ExecuteNonQueryAsync(ct);
        Failpoints.Pass(Failpoint.AfterWebhookDone);
    }

    public Task Wait(TimeSpan atMost, CancellationToken ct) => _arrived.Wait(atMost, ct);

    // PostgreSQL's text takes no NUL, and nothing that long is a name.
    private static string? Short(string? text) => text is null ? null : Collecting.Text.Short(text.Replace('\0', ' '));

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
