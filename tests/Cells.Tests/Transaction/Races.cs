using Npgsql;
using WebWaka.Cells.Tests.Payments;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Makes requests meet a transaction that is under way, so that a race comes out the same each time.</summary>
internal static class Races
{
    /// <summary>Sends the requests once <paramref name="first"/> is done and not committed; they must wait until it is.</summary>
    public static async Task<Task<HttpResponseMessage>[]> Behind(
        CellsFixture cells, SellingShop shop, string first, Func<Task<HttpResponseMessage>>[] requests, string? then = null)
    {
        await using var connection = await cells.Ops.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, shop, first);
        var blocker = connection.ProcessID;
        var sent = requests.Select(request => request()).ToArray();
        await PayingShop.Eventually(
            async () => sent.All(task => task.IsCompleted) || await WaitingFor(cells, blocker) >= requests.Length,
            "each request waits for the lock, or none does");
        if (then is not null)
            await Run(connection, shop, then);
        await transaction.CommitAsync();
        return sent;
    }

    /// <summary>As the operator, who sees every tenant; $1 is the shop's.</summary>
    public static async Task Run(CellsFixture cells, SellingShop shop, string sql, params object[] values)
    {
        await using var connection = await cells.Ops.OpenConnectionAsync();
        await Run(connection, shop, sql, values);
    }

    private static async Task Run(NpgsqlConnection connection, SellingShop shop, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in new object[] { shop.Shop.Tenant }.Concat(values))
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Sessions that wait for this one, at once or behind another.</summary>
    public static async Task<long> WaitingFor(CellsFixture cells, int blocker)
    {
        await using var command = cells.Admin.CreateCommand("""
            WITH RECURSIVE waiting AS (
                SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))
                UNION SELECT a.pid FROM pg_stat_activity a JOIN waiting w ON w.pid = ANY (pg_blocking_pids(a.pid)))
            SELECT count(*) FROM waiting
            """);
        command.Parameters.Add(new() { Value = blocker });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
