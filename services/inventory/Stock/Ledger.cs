using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>A movement to record. Quantity is positive into the store, negative out of it.</summary>
internal readonly record struct Movement(
    Guid StoreId, Guid ProductId, decimal Quantity, MovementKind Kind, Guid SourceId, int Line, string? Reason, DateTimeOffset At, Guid By);

/// <summary>
/// The one place where stock moves: movements and the levels they sum to, in one statement. Rows are taken in key order, so
/// that two batches wait for each other and never across each other.
/// </summary>
internal static class Ledger
{
    private const string Insert = """
            INSERT INTO stock_movement (tenant_id, id, store_id, product_id, quantity, kind, source_id, line, reason, at, by)
            SELECT $1, m.id, m.store_id, m.product_id, m.quantity, m.kind, m.source_id, m.line, m.reason, m.at, m.by FROM told m
            ORDER BY m.kind, m.source_id, m.line
        """;

    private const string Levels = """
            RETURNING store_id, product_id, quantity)
        INSERT INTO stock_level (tenant_id, store_id, product_id, on_hand, moved_at)
        SELECT $1, store_id, product_id, sum(quantity), $2 FROM moved GROUP BY store_id, product_id ORDER BY store_id, product_id
        ON CONFLICT (tenant_id, store_id, product_id) DO UPDATE
            SET on_hand = stock_level.on_hand + EXCLUDED.on_hand, moved_at = EXCLUDED.moved_at
        """;

    private const string Columns =
        "unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::numeric[], $7::text[], $8::uuid[], $9::int[], $10::text[], $11::timestamptz[], $12::uuid[]";

    private const string Names = "id, store_id, product_id, quantity, kind, source_id, line, reason, at, by";

    /// <summary>
    /// Movements of events. Those of an event that the inbox knows are left out, and those of a document that has moved stock before,
    /// under whichever event's id: that is asked once for each, and not for each of its lines.
    /// </summary>
    private const string FromEvents = $"""
        WITH fresh AS (
            INSERT INTO inbox (tenant_id, consumer, event_id, at)
            SELECT $1, $13, id, $2 FROM unnest($14::uuid[]) AS e(id) ORDER BY id
            ON CONFLICT DO NOTHING RETURNING event_id),
        new AS (
            SELECT event_id FROM unnest($15::uuid[], $16::text[], $17::uuid[]) AS e(event_id, kind, source_id) JOIN fresh USING (event_id)
            WHERE (SELECT true FROM stock_movement m WHERE m.tenant_id = $1 AND m.kind = e.kind AND m.source_id = e.source_id LIMIT 1) IS NULL),
        told AS (SELECT * FROM {Columns}, $18::uuid[]) AS t({Names}, event_id) JOIN new USING (event_id)),
        moved AS ({Insert} {Levels}
        """;

    /// <summary>Movements of a caller's document: an id that has been used is an error, not something to leave out.</summary>
    private const string FromCaller = $"WITH told AS (SELECT * FROM {Columns}) AS t({Names})), moved AS ({Insert} {Levels}";

    /// <summary>Consumes events of one type: one round trip for all of them, whichever tenants they are of.</summary>
    /// <param name="movementsOf">All of one kind and of one document, which the event tells of whole.</param>
    public static Task ConsumeMovements<T>(
        this NpgsqlDataSource source, string consumer, Deliveries<T> batch, TimeProvider clock,
        Func<T, IEnumerable<Movement>> movementsOf, CancellationToken ct) =>
        source.ConsumeInOneRoundTrip(batch, (commands, tenant, items) =>
        {
            var documents = items.Select(item => (item.EventId, Movements: movementsOf(item.Event).ToList())).Where(told => told.Movements.Count > 0)
                .DistinctBy(told => (told.Movements[0].Kind, told.Movements[0].SourceId)).ToList();
            var command = Command(FromEvents, tenant, [.. documents.SelectMany(told => told.Movements)], clock);
            command.Parameters.Add(new NpgsqlParameter { Value = consumer });
            command.Parameters.Add(new NpgsqlParameter { Value = items.Select(item => item.EventId).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = documents.Select(told => told.EventId).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = documents.Select(told => MovementKinds.Text(told.Movements[0].Kind)).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = documents.Select(told => told.Movements[0].SourceId).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = documents.SelectMany(told => told.Movements.Select(_ => told.EventId)).ToArray() });
            commands.BatchCommands.Add(command);
        }, ct);

    /// <summary>The command that records movements of a caller's document, for the transaction of its tenant.</summary>
    public static NpgsqlBatchCommand Record(Guid tenant, IReadOnlyList<Movement> movements, TimeProvider clock) =>
        Command(FromCaller, tenant, movements, clock);

    private static NpgsqlBatchCommand Command(string sql, Guid tenant, IReadOnlyList<Movement> movements, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new NpgsqlParameter { Value = tenant },
                new NpgsqlParameter { Value = now },
                Column(movements, _ => Guid.CreateVersion7(now)),
                Column(movements, m => m.StoreId),
                Column(movements, m => m.ProductId),
                Column(movements, m => m.Quantity),
                Column(movements, m => MovementKinds.Text(m.Kind)),
                Column(movements, m => m.SourceId),
                Column(movements, m => m.Line),
                new NpgsqlParameter { Value = movements.Select(m => m.Reason).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                Column(movements, m => m.At.ToUniversalTime()),
                Column(movements, m => m.By),
            },
        };
    }

    private static NpgsqlParameter Column<T>(IReadOnlyList<Movement> movements, Func<Movement, T> of) => new() { Value = movements.Select(of).ToArray() };
}
