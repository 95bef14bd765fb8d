using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Core;
using WebWaka.Payments.Ledger;

namespace WebWaka.Payments.Consumers;

/// <summary>
/// Books each sale's journal, and turns it round at once where its void was here first. One statement for all of them. Whether a
/// sale is booked, and whether it was voided, is asked for each by its key: as NOT EXISTS and as a join it was planned over all that
/// the tenant had booked.
/// </summary>
internal sealed class OnSaleCompleted(NpgsqlDataSource source, TimeProvider clock) : IConsume<SaleCompleted>
{
    private const string Book = """
        WITH fresh AS (
            INSERT INTO inbox (tenant_id, consumer, event_id, at)
            SELECT $1, $2, id, $3 FROM unnest($4::uuid[]) AS e(id) ORDER BY id
            ON CONFLICT DO NOTHING RETURNING event_id),
        new AS (
            SELECT s.sale_id, s.currency, s.at, (SELECT v.at FROM ledger_void v WHERE v.tenant_id = $1 AND v.sale_id = s.sale_id LIMIT 1) AS voided_at
            FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::timestamptz[]) AS s(event_id, sale_id, currency, at) JOIN fresh USING (event_id)
            WHERE (SELECT true FROM ledger_entry b WHERE b.tenant_id = $1 AND b.source_kind = 'sale' AND b.source_id = s.sale_id LIMIT 1) IS NULL),
        told AS (SELECT * FROM unnest($9::uuid[], $10::text[], $11::bigint[]) AS t(sale_id, account, amount) JOIN new USING (sale_id))
        INSERT INTO ledger_entry (tenant_id, source_kind, source_id, account, amount, currency, sale_id, at, booked_at)
        SELECT $1, 'sale', sale_id, account, amount, currency, sale_id, at, $3 FROM told
        UNION ALL
        SELECT $1, 'void', sale_id, account, -amount, currency, sale_id, voided_at, $3 FROM told WHERE voided_at IS NOT NULL
        ORDER BY 2, 3, 4
        """;

    public Task Consume(Deliveries<SaleCompleted> batch, CancellationToken ct) =>
        source.ConsumeInOneRoundTrip(batch, (commands, tenant, items) =>
        {
            var sales = items.DistinctBy(item => item.Event.SaleId).ToList();
            var lines = sales.SelectMany(item => Journals.OfSale(item.Event).Select(line => (item.Event.SaleId, line.Account, line.Amount))).ToList();
            commands.BatchCommands.Add(SaleLock.Shared(tenant));
            commands.BatchCommands.Add(new NpgsqlBatchCommand(Book)
            {
                Parameters =
                {
                    new NpgsqlParameter { Value = tenant },
                    new NpgsqlParameter { Value = nameof(OnSaleCompleted) },
                    new NpgsqlParameter { Value = clock.GetUtcNow() },
                    new NpgsqlParameter { Value = items.Select(item => item.EventId).ToArray() },
                    new NpgsqlParameter { Value = sales.ConvertAll(item => item.EventId).ToArray() },
                    new NpgsqlParameter { Value = sales.ConvertAll(item => item.Event.SaleId).ToArray() },
                    new NpgsqlParameter { Value = sales.ConvertAll(item => item.Event.Currency).ToArray() },
                    new NpgsqlParameter { Value = sales.ConvertAll(item => item.Event.CompletedAt.ToUniversalTime()).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.SaleId).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Account).ToArray() },
                    new NpgsqlParameter { Value = lines.ConvertAll(line => line.Amount).ToArray() },
                },
            });
        }, ct);
}
