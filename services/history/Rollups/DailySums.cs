using Npgsql;

namespace WebWaka.History.Rollups;

/// <summary>Makes a tenant's daily sums again from its journal: after a change of what they hold, or when they are in doubt.</summary>
public static class DailySums
{
    /// <summary>
    /// One transaction on <paramref name="connection"/>, which may see the tenant's rows (<c>webwaka_ops</c>, or the Cell's role
    /// with the tenant set). Consumers wait meanwhile: each of them writes to daily_sales, so what they have journaled is either
    /// summed here or added by them afterwards, never both.
    /// </summary>
    public static async Task Rebuild(NpgsqlConnection connection, Guid tenant, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SET LOCAL search_path = {HistoryCell.Name}"),
                new NpgsqlBatchCommand("LOCK TABLE daily_sales IN SHARE ROW EXCLUSIVE MODE"),
                For("DELETE FROM daily_sales WHERE tenant_id = $1", tenant),
                For("DELETE FROM daily_tender WHERE tenant_id = $1", tenant),
                For("DELETE FROM daily_tax WHERE tenant_id = $1", tenant),
                For(SumJournal, tenant),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private const string SumJournal = $"""
        WITH effect AS (
            SELECT j.tenant_id, j.document,
                (j.kind = 'sale' AND gone.thing_id IS NULL)::int AS sold, (j.kind = 'sale' AND gone.thing_id IS NOT NULL)::int AS voided, (j.kind = 'refund')::int AS refunded
            FROM journal j
            LEFT JOIN journal gone ON gone.tenant_id = j.tenant_id AND gone.kind = 'void' AND gone.thing_id = j.thing_id
            WHERE j.tenant_id = $1 AND j.kind IN ('sale', 'refund')),
        {Daily.Add}
        """;

    private static NpgsqlBatchCommand For(string sql, Guid tenant) => new(sql) { Parameters = { new NpgsqlParameter { Value = tenant } } };
}
