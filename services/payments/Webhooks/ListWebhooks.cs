using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;

namespace WebWaka.Payments.Webhooks;

/// <summary>
/// The delivery log of a shop: every event that came by its own door, or by the platform's about a payment of its own, the newest first.
/// The inbox knows no row-level security, so the tenant is asked here.
/// </summary>
internal static class ListWebhooks
{
    /// <param name="State">received, done, orphan or error.</param>
    public sealed record Query(
        string? Event, string? Reference, string? State, DateTimeOffset? From, DateTimeOffset? To, int? Limit, string? Cursor);

    /// <param name="Subject">Paystack's id of what it is about.</param>
    public sealed record Item(
        string Id, DateTimeOffset ReceivedAt, string Event, string? Subject, string? Reference, string State, int Attempts, DateTimeOffset? DoneAt,
        string? Note);

    public sealed record Whole(Item Delivery, JsonNode? Body);

    public static void Map(RouteGroupBuilder payments)
    {
        payments.MapGet("/webhooks", Handle).WithName(nameof(ListWebhooks)).RequirePermission(Permissions.ReadPayments).Produces<Page<Item>>();
        payments.MapGet("/webhooks/{id}", One).WithName("GetWebhook").RequirePermission(Permissions.EditPayments).Produces<Whole>();
        payments.MapPost("/webhooks/{id}/replay", Replay).WithName("ReplayWebhook").RequirePermission(Permissions.EditPayments)
            .Produces(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, NpgsqlDataSource database, CancellationToken ct)
    {
        if (query.State is { } state && !WebhookStates.All.Contains(state, StringComparer.Ordinal))
            return CommonProblems.InvalidRequest.With($"state: one of {string.Join(", ", WebhookStates.All)}").ToHttp();
        var limit = Paging.Limit(query.Limit);
        long? before = Paging.Decode(query.Cursor) is { } cursor && Number(cursor) is { } number ? number : null;
        await using var command = database.CreateCommand("""
            SELECT id, received_at, event, data_id, reference, state, attempts, done_at, note FROM webhook_event
            WHERE tenant_id = $1 AND ($2 IS NULL OR event = $2) AND ($3 IS NULL OR reference = $3) AND ($4 IS NULL OR state = $4)
                AND ($5 IS NULL OR received_at >= $5) AND ($6 IS NULL OR received_at <= $6) AND ($7 IS NULL OR id < $7)
            ORDER BY id DESC LIMIT $8
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = caller.TenantId });
        foreach (var (value, type) in new (object?, NpgsqlDbType)[]
        {
            (query.Event, NpgsqlDbType.Text), (query.Reference, NpgsqlDbType.Text), (query.State, NpgsqlDbType.Text),
            (query.From?.ToUniversalTime(), NpgsqlDbType.TimestampTz), (query.To?.ToUniversalTime(), NpgsqlDbType.TimestampTz), (before, NpgsqlDbType.Bigint),
        })
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        command.Parameters.Add(new NpgsqlParameter { Value = limit + 1 });
        var rows = new List<Item>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(Read(reader));
        return TypedResults.Ok(Paging.Of(rows, limit, item => item.Id));
    }

    private static async Task<IResult> One(string id, Caller caller, NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            SELECT id, received_at, event, data_id, reference, state, attempts, done_at, note, body FROM webhook_event WHERE tenant_id = $1 AND id = $2
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = caller.TenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = Number(id) ?? -1 });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return Problems.WebhookUnknown.ToHttp();
        var body = Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(9));
        return TypedResults.Ok(new Whole(Read(reader), body.Length == 0 ? null : JsonNode.Parse(body)));
    }

    /// <summary>Back into the inbox: what it is about is asked of Paystack again, so that any number of times changes nothing twice.</summary>
    private static async Task<IResult> Replay(string id, Caller caller, NpgsqlDataSource database, WebhookInbox inbox, TimeProvider clock, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "UPDATE webhook_event SET state = 'received', attempts = 0, next_at = $3, note = NULL WHERE tenant_id = $1 AND id = $2 AND body <> ''");
        command.Parameters.Add(new NpgsqlParameter { Value = caller.TenantId });
        command.Parameters.Add(new NpgsqlParameter { Value = Number(id) ?? -1 });
        command.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        if (await command.ExecuteNonQueryAsync(ct) == 0)
            return Problems.WebhookUnknown.ToHttp();
        inbox.Poke();
        return TypedResults.Accepted((string?)null);
    }

    private static Item Read(NpgsqlDataReader row) => new(
        row.GetInt64(0).ToString(CultureInfo.InvariantCulture), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2),
        row.IsDBNull(3) ? null : row.GetDecimal(3).ToString("0", CultureInfo.InvariantCulture), row.IsDBNull(4) ? null : row.GetString(4), row.GetString(5),
        row.GetInt32(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7), row.IsDBNull(8) ? null : row.GetString(8));

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
