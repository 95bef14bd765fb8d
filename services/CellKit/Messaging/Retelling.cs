using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>
/// What a Cell has told of one tenant, made again from its business tables: happenings since a time, and everything of which its
/// events carry the full state. Read by a role that sees all tenants, so each query names its tenant.
/// </summary>
public delegate IAsyncEnumerable<object> Retell(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since);

/// <summary>
/// Tells again what a broker has lost. The events go into the Cell's outbox under new ids; consumers know by the business's own
/// keys and versions what they have already. docs/decisions/0022.
/// </summary>
public static class Retelling
{
    private const int BatchSize = 500;

    /// <param name="ops">Logs in as the role that sees the rows of all tenants.</param>
    /// <returns>How many events of each type went into the outbox.</returns>
    public static async Task<SortedDictionary<string, long>> Run(NpgsqlDataSource ops, CellSchema cell, Guid tenant, DateTimeOffset since, CancellationToken ct)
    {
        var told = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (cell.Retell is not { } retell)
            return told;
        await using var reading = await ops.OpenConnectionAsync(ct);
        var context = new CellContext(cell.Name, TimeProvider.System, new OutboxSignal());
        await foreach (var batch in retell(reading, context, tenant, since.ToUniversalTime()).Chunk(BatchSize).WithCancellation(ct))
        {
            await Write(ops, cell, tenant, batch, ct);
            foreach (var e in batch)
                told[e.GetType().Name] = told.GetValueOrDefault(e.GetType().Name) + 1;
        }

        return told;
    }

    private static async Task Write(NpgsqlDataSource ops, CellSchema cell, Guid tenant, object[] events, CancellationToken ct)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var insert = ops.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO {cell.Name}.outbox (tenant_id, event_id, type, payload, at)
            SELECT $1, id, type, payload, $2 FROM unnest($3::uuid[], $4::text[], $5::text[]) WITH ORDINALITY AS e(id, type, payload, n) ORDER BY n
            """));
        insert.Parameters.Add(new NpgsqlParameter { Value = tenant });
        insert.Parameters.Add(new NpgsqlParameter { Value = now });
        insert.Parameters.Add(new NpgsqlParameter { Value = Array.ConvertAll(events, _ => Guid.CreateVersion7(now)) });
        insert.Parameters.Add(new NpgsqlParameter { Value = Array.ConvertAll(events, e => e.GetType().Name) });
        insert.Parameters.Add(new NpgsqlParameter { Value = Array.ConvertAll(events, e => JsonSerializer.Serialize(e, e.GetType(), Json.Options)) });
        await insert.ExecuteNonQueryAsync(ct);
    }
}
