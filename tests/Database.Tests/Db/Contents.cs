using Npgsql;

namespace WebWaka.Database.Tests.Db;

/// <summary>All that a database says, to compare two: counted here and not by the program under test.</summary>
internal static class Contents
{
    public static async Task<SortedDictionary<string, string>> Of(NpgsqlDataSource database)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var connection = await database.OpenConnectionAsync();
        foreach (var table in await Column(connection, """
            SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname = ANY ('{identity,inventory,promotions,tax,transaction,payments,history}')
            """))
            contents[table] = string.Join('\n', await Column(connection, $"SELECT t::text FROM {table} t ORDER BY 1"));
        foreach (var sequence in await Column(connection, """
            SELECT schemaname || '.' || sequencename FROM pg_sequences
            WHERE schemaname = ANY ('{identity,inventory,promotions,tax,transaction,payments,history}')
            """))
            contents[sequence] = (await Column(connection, $"SELECT (last_value, is_called)::text FROM {sequence}"))[0];
        return contents;
    }

    private static async Task<List<string>> Column(NpgsqlConnection connection, string sql)
    {
        var rows = new List<string>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
