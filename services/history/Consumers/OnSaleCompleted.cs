using Npgsql;
using NpgsqlTypes;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Rollups;

namespace WebWaka.History.Consumers;

/// <summary>
/// Journals sales, makes them searchable and adds them to the daily sums: one round trip for a batch, one statement for each
/// tenant in it, since this keeps up with every sale there is. The journal's key, not only the inbox, makes a sale count once.
/// </summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource source, TimeProvider clock) : IConsume<SaleCompleted>
{
    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        source.ConsumeInOneRoundTrip(batch, (commands, tenant, items) =>
        {
            commands.BatchCommands.Add(SumsLock.Of(tenant));
            commands.BatchCommands.Add(new NpgsqlBatchCommand(Record)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = tenant },
                    new NpgsqlParameter { Value = nameof(OnSaleCompleted) },
                    new NpgsqlParameter { Value = clock.GetUtcNow() },
                    new NpgsqlParameter { Value = items.Select(item => item.EventId).ToArray() },
                    new NpgsqlParameter { Value = items.Select(item => item.Payload).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
                },
            });
        }, ct);

    /// <summary>A sale whose void came first is a void from the start: it was made without a number, and its state stands.</summary>
    private const string Record = $"""
        WITH fresh AS (
            INSERT INTO inbox (tenant_id, consumer, event_id, at)
            SELECT $1, $2, id, $3 FROM unnest($4::uuid[]) AS e(id) ORDER BY id
            ON CONFLICT DO NOTHING RETURNING event_id),
        told AS (
            SELECT DISTINCT ON (d."saleId") e.document, d.* FROM unnest($4::uuid[], $5::jsonb[]) AS e(event_id, document) JOIN fresh USING (event_id)
            CROSS JOIN LATERAL jsonb_to_record(e.document) AS d("saleId" uuid, number text, "storeId" uuid, "tillId" uuid, "shiftId" uuid,
                "cashierId" uuid, "customerId" uuid, "businessDate" date, "completedAt" timestamptz, currency text, total bigint)
            ORDER BY d."saleId"),
        journaled AS (
            INSERT INTO journal (tenant_id, kind, thing_id, store_id, till_id, shift_id, by, number, business_date, at, currency, total, document)
            SELECT $1, 'sale', "saleId", "storeId", "tillId", "shiftId", "cashierId", number, "businessDate", "completedAt", currency, total, document
            FROM told ORDER BY "saleId"
            ON CONFLICT DO NOTHING RETURNING thing_id),
        kept AS (
            INSERT INTO sale (tenant_id, id, state, number, store_id, till_id, shift_id, cashier_id, customer_id, business_date, at, currency, total, refunded)
            SELECT $1, "saleId", 'completed', number, "storeId", "tillId", "shiftId", "cashierId", "customerId", "businessDate", "completedAt", currency, total, 0
            FROM told JOIN journaled ON thing_id = "saleId" ORDER BY "saleId"
            ON CONFLICT (tenant_id, id) DO UPDATE SET number = EXCLUDED.number, store_id = EXCLUDED.store_id, till_id = EXCLUDED.till_id,
                shift_id = EXCLUDED.shift_id, cashier_id = EXCLUDED.cashier_id, customer_id = EXCLUDED.customer_id,
                business_date = EXCLUDED.business_date, at = EXCLUDED.at, currency = EXCLUDED.currency, total = EXCLUDED.total
            RETURNING id, state),
        products AS (
            INSERT INTO sale_product (tenant_id, product_id, sale_id)
            SELECT DISTINCT $1::uuid, line."productId", "saleId" FROM told JOIN journaled ON thing_id = "saleId"
            CROSS JOIN LATERAL jsonb_to_recordset(document -> 'lines') AS line("productId" uuid) WHERE line."productId" IS NOT NULL),
        effect AS (
            SELECT $1::uuid AS tenant_id, document, (state = 'completed')::int AS sold, (state = 'voided')::int AS voided, 0 AS refunded
            FROM told JOIN kept ON id = "saleId"),
        {Daily.Add}
        """;
}
