using Npgsql;

namespace WebWaka.Tool.Db.Copies;

/// <summary>
/// How many rows a table has, and a sum over what they say. Each row is hashed as text with its columns in the order of their names,
/// so that neither the order of rows nor how a table came to its columns matters.
/// </summary>
internal static class Checksums
{
    /// <summary>Whatever the server's or the role's settings are, a value has one text.</summary>
    private const string OneText =
        "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 1";

    public static async Task Begin(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(OneText, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<(long Rows, string Sum)> Of(NpgsqlConnection connection, FoundTable table, CancellationToken ct)
    {
        var sql = $"""
            SELECT count(*), coalesce(sum(hashtextextended((ROW({table.QuotedColumns}))::text COLLATE "C", 0)::numeric), 0)::text FROM {table.Quoted}
            """;
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetInt64(0), reader.GetString(1));
    }
}
