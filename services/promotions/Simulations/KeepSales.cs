using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Promotions.Simulations;

/// <summary>
/// Keeps sales for a while, in the round trip in which they are counted. What has grown too old goes as new ones come, twice as fast, so
/// the table stays as small as its time says.
/// </summary>
internal static class KeepSales
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    private const string Keep = """
        INSERT INTO past_sale (tenant_id, sale_id, at, document) SELECT $1, s.id, s.at, s.document
        FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS s(id, at, document) ORDER BY s.id ON CONFLICT DO NOTHING
        """;

    private const string Prune = """
        DELETE FROM past_sale WHERE tenant_id = $1 AND sale_id IN (
            SELECT sale_id FROM past_sale WHERE tenant_id = $1 AND at < $2 ORDER BY at LIMIT $3 FOR UPDATE SKIP LOCKED)
        """;

    private const string Drop = "DELETE FROM past_sale WHERE tenant_id = $1 AND sale_id = ANY ($2)";

    public static void Add(NpgsqlBatch commands, Guid tenant, IReadOnlyList<Delivery<SaleCompleted>> sales, DateTimeOffset now)
    {
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Keep)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant },
                List(sales, NpgsqlDbType.Uuid, delivery => delivery.Event.SaleId),
                List(sales, NpgsqlDbType.TimestampTz, delivery => delivery.Event.CompletedAt.ToUniversalTime()),
                List(sales, NpgsqlDbType.Text, delivery => PastSale.Write(delivery.Event)),
            },
        });
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Prune)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = tenant }, new NpgsqlParameter<DateTimeOffset> { TypedValue = now - KeptFor },
                new NpgsqlParameter<int> { TypedValue = 2 * sales.Count },
            },
        });
    }

    /// <summary>A voided sale did not happen. One whose void is heard first stays: the till voids within the hour, a simulation looks at months.</summary>
    public static void Remove(NpgsqlBatch commands, Guid tenant, IReadOnlyList<Delivery<SaleVoided>> voids) =>
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Drop)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = tenant }, List(voids, NpgsqlDbType.Uuid, delivery => delivery.Event.SaleId) },
        });

    private static NpgsqlParameter List<TEvent, T>(IReadOnlyList<Delivery<TEvent>> items, NpgsqlDbType type, Func<Delivery<TEvent>, T> of)
        where TEvent : class => new() { Value = items.Select(of).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
