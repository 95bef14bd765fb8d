using System.Text;
using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Webhooks;

/// <summary>An event to work on.</summary>
internal sealed record ReceivedEvent(
    long Id, string Name, string? Reference, ulong? DataId, string? Place, Guid Door, DateTimeOffset ReceivedAt, int Attempts);

/// <summary>
/// The webhook's inbox: it has no tenant, since an event names none, and is reached past the context. Storing is all that the
/// webhook's door does.
/// </summary>
internal sealed class WebhookInbox(NpgsqlDataSource database, CellContext cell, PaymentsOptions options)
{
    private readonly OutboxSignal _arrived = new();

    /// <summary>Keeps an event once; the same again, however often and however many at once, is left out.</summary>
    public async Task Store(Guid door, string domain, PaystackEvent? e, byte[] body, CancellationToken ct)
    {
        Failpoints.Pass(Failpoint.BeforeWebhookStored);
        await Insert(
            door, domain, Short(e?.Name) ?? "unreadable", e?.SubjectId, Short(e?.TransactionReference), Short(e?.Transaction?.Place), Clean(body),
            e is null ? WebhookStates.Error : WebhookStates.Received, e is null ? "not an event" : null, ct);
        Failpoints.Pass(Failpoint.AfterWebhookStored);
        _arrived.Raise();
    }

    /// <summary>Money that succeeded at Paystack and that no payment of ours asked for: put before a person like an event that is nobody's.</summary>
    public Task StoreUnclaimed(Guid door, string domain, PaystackTransaction found, CancellationToken ct) => Insert(
        door, domain, "walk.unclaimed", found.Id, Short(found.Reference), Short(found.Place), [], WebhookStates.Orphan,
        $"{found.Amount.Currency} {found.Amount.Subunits} in hundredths came by {found.Channel}, and no payment of ours asked for it", ct);

    public async Task<List<ReceivedEvent>> Take(int most, CancellationToken ct)
    {
        var now = cell.Clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            UPDATE webhook_event SET attempts = attempts + 1, next_at = $2 WHERE id = ANY (ARRAY(
                SELECT id FROM webhook_event WHERE state = 'received' AND next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING id, event, reference, data_id, terminal_id, door, received_at, attempts
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(new NpgsqlParameter { Value = now + options.WebhookLease });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<ReceivedEvent>();
        while (await reader.ReadAsync(ct))
            taken.Add(new ReceivedEvent(
                reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : (ulong)reader.GetDecimal(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetGuid(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt32(7)));
        return taken;
    }

    /// <summary>How an event ended; still <c>received</c>: it is tried again after <paramref name="wait"/>.</summary>
    public async Task Finish(long id, string state, string? note, Guid? tenant, TimeSpan wait, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            UPDATE webhook_event SET state = $2, note = $3, next_at = $4, done_at = CASE WHEN $2 <> 'received' THEN $5 END,
                tenant_id = coalesce($6, tenant_id) WHERE id = $1
            """);
        var now = cell.Clock.GetUtcNow();
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        command.Parameters.Add(new NpgsqlParameter { Value = state });
        command.Parameters.Add(Nullable(note, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = now + wait });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        command.Parameters.Add(Nullable(tenant, NpgsqlDbType.Uuid));
        Failpoints.Pass(Failpoint.BeforeWebhookDone);
        await command.ExecuteNonQueryAsync(ct);
        Failpoints.Pass(Failpoint.AfterWebhookDone);
    }

    public async Task<byte[]> Body(long id, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT body FROM webhook_event WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = id });
        return (byte[])(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Something came back into the inbox beside the door.</summary>
    public void Poke() => _arrived.Raise();

    public Task Wait(TimeSpan atMost, CancellationToken ct) => _arrived.Wait(atMost, ct);

    private async Task Insert(
        Guid door, string domain, string name, ulong? dataId, string? reference, string? place, byte[] body, string state, string? note,
        CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            INSERT INTO webhook_event (received_at, event, data_id, reference, body, state, attempts, next_at, note, door, tenant_id, domain, terminal_id)
            VALUES ($1, $2, $3, $4, $5, $6, 0, $1, $7, $8, nullif($8, '00000000-0000-0000-0000-000000000000'::uuid), $9, $10) ON CONFLICT DO NOTHING
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cell.Clock.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        command.Parameters.Add(Nullable(dataId is { } id ? (decimal)id : null, NpgsqlDbType.Numeric));
        command.Parameters.Add(Nullable(reference, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = body });
        command.Parameters.Add(new NpgsqlParameter { Value = state });
        command.Parameters.Add(Nullable(note, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter { Value = door });
        command.Parameters.Add(new NpgsqlParameter { Value = domain });
        command.Parameters.Add(Nullable(place, NpgsqlDbType.Text));
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Paystack sends no card's number; should one ever be in a body, it is not kept.</summary>
    private static byte[] Clean(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return CardNumbers.In(text) ? Encoding.UTF8.GetBytes(CardNumbers.Struck(text)) : body;
    }

    // PostgreSQL's text takes no NUL, and nothing that long is a name.
    private static string? Short(string? text) => text is null ? null : Collecting.Text.Short(text.Replace('\0', ' '));

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
