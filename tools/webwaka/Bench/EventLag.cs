using Npgsql;

namespace WebWaka.Tool.Bench;

/// <summary>
/// From the commit of a sale to the commit of the last of its four consumers, for every sale of an open loop: both by the time at
/// which PostgreSQL committed them.
/// </summary>
internal static class EventLag
{
    private const string Lags = """
        WITH sold AS (
            SELECT tenant_id, id, pg_xact_commit_timestamp(xmin) AS at FROM transaction.sale WHERE at >= $1 AND state = 'completed'),
        done AS (
            SELECT sold.at, greatest(
                (SELECT pg_xact_commit_timestamp(xmin) FROM history.journal WHERE tenant_id = sold.tenant_id AND kind = 'sale' AND thing_id = sold.id),
                (SELECT pg_xact_commit_timestamp(xmin) FROM inventory.stock_movement
                    WHERE tenant_id = sold.tenant_id AND kind = 'sale' AND source_id = sold.id LIMIT 1),
                (SELECT pg_xact_commit_timestamp(xmin) FROM payments.ledger_entry
                    WHERE tenant_id = sold.tenant_id AND source_kind = 'sale' AND source_id = sold.id LIMIT 1),
                (SELECT pg_xact_commit_timestamp(xmin) FROM promotions.redemption WHERE tenant_id = sold.tenant_id AND sale_id = sold.id LIMIT 1)) AS last
            FROM sold)
        SELECT count(*), percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM last - at)::float8 * 1000) FROM done
        """;

    public static async Task Measure(
        BenchShops shops, NpgsqlDataSource database, double perSecond, TimeSpan length, Func<Task> settle, CancellationToken ct)
    {
        var since = TimeProvider.System.GetUtcNow();
        var sold = await shops.SellAt(perSecond, length, tenant: null, ct);
        await settle();
        await using var command = database.CreateCommand(Lags);
        command.CommandTimeout = 300;
        command.Parameters.Add(new NpgsqlParameter { Value = since });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var lag = reader.GetFieldValue<double[]>(1);
        Console.WriteLine(
            $"{SaleBench.Text(sold.PerSecond)} sales/s, half of what settles, open loop: p50 {SaleBench.Ratio(sold.Percentile(0.5))} ms, " +
            $"p99 {SaleBench.Ratio(sold.Percentile(0.99))} ms, {sold.Errors} errors");
        Console.WriteLine(
            $"commit to last consumer of {SaleBench.Text(reader.GetInt64(0))} sales: p50 {SaleBench.Text(lag[0])} ms, p95 {SaleBench.Text(lag[1])} ms, " +
            $"p99 {SaleBench.Text(lag[2])} ms");
    }
}
