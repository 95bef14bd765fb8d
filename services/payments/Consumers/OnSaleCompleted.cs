using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Core;
using WebWaka.Payments.Ledger;

namespace WebWaka.Payments.Consumers;

/// <summary>
/// Books each sale's journal, and turns it round at once where its void was here first. One statement for all of them. Whether a
/// sale is booked, and whether it was voided, is asked for each line by its key: as NOT EXISTS and as a join it was planned over all
/// that the tenant had booked.
/// </summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource source, TimeProvider clock) : IConsume<SaleCompleted>
{
    private const string Book = """
        WITH fresh AS (
            INSERT INTO inbox (tenant_id, consumer, event_id, at)
            SELECT $1, $2, id, $3 FROM unnest($4::uuid[]) AS e(id) ORDER BY id
            ON CONFLICT DO NOTHING RETURNING event_id),
        told AS (
            SELECT t.* FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::text[], $10::timestamptz[])
                AS t(event_id, sale_id, account, amount, currency, at) JOIN fresh USING (event_id)
            WHERE (SELECT true FROM ledger_entry b WHERE b.tenant_id = $1 AND b.source_kind = 'sale' AND b.source_id = t.sale_id LIMIT 1) IS NULL)
        INSERT INTO ledger_entry (tenant_id, source_kind, source_id, account, amount, currency, sale_id, at, booked_at)
        SELECT $1, 'sale', sale_id, account, amount, currency, sale_id, at, $3 FROM told
        UNION ALL
        SELECT $1, 'void', sale_id, account, -amount, currency, sale_id, v.at, $3
        FROM told CROSS JOIN LATERAL (SELECT at FROM ledger_void v WHERE v.tenant_id = $1 AND v.sale_id = told.sale_id LIMIT 1) v
        ORDER BY 2, 3, 4
        ON CONFLICT DO NOTHING
        """;

    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        source.ConsumeInOneRoundTrip(batch, (commands, tenant, items) =>
        {
            var lines = items.SelectMany(item => Journals.OfSale(item.Event).Select(line => (Item: item, line.Account, line.Amount))).ToList();
            commands.BatchCommands.Add(SaleLock.Shared(tenant));
            commands.BatchCommands.Add(new NpgsqlBatchCommand(Book)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = tenant },
                    new NpgsqlParameter { Value = nameof(OnSaleCompleted) },
                    new NpgsqlParameter { Value = clock.GetUtcNow() },
                    new NpgsqlParameter { Value = items.Select(item => item.EventId).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Item.EventId).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Item.Event.SaleId).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Account).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Amount).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Item.Event.Currency).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Item.Event.CompletedAt.ToUniversalTime()).ToArray() },
                },
            });
        }, ct);
}
