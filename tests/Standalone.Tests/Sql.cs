using Npgsql;

namespace WebWaka.Standalone.Tests;

internal static class Sql
{
    public static async Task<object?> ReadAsync(string connectionString, string sql)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlCommand command = new(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    public static Task RunAsync(string connectionString, string sql) => ReadAsync(connectionString, sql);
}
