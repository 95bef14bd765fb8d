using System.Globalization;
using Npgsql;
using Spectre.Console;

namespace WebWaka.Tool;

/// <summary>
/// <c>webwaka dead</c>: events that a Cell could not take, whether they came by the broker (<c>dead_letter</c>) or inside one
/// process (<c>outbox_delivery</c>), and those given up on tried again.
/// </summary>
public static class DeadLetters
{
    private static readonly string[] Tables =
        [.. Wiring.Cells.SelectMany(cell => new[] { $"{cell}.dead_letter", $"{cell}.outbox_delivery" })];

    public static async Task<int> List(string connection, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var rows = string.Join(" UNION ALL ", Tables.Select(table => $"""
            SELECT '{table}' AS kept, type, dead, count(*) AS count, min(at) AS oldest, min(error) AS error FROM {table} GROUP BY type, dead
            """));
        await using var command = database.CreateCommand($"SELECT * FROM ({rows}) kept ORDER BY 1, 2, 3");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var table = new Table().AddColumns("kept in", "event", "", "count", "oldest", "for example");
        while (await reader.ReadAsync(ct))
        {
            table.AddRow(
                reader.GetString(0), Markup.Escape(reader.GetString(1)), reader.GetBoolean(2) ? "given up" : "tried again",
                reader.GetInt64(3).ToString(CultureInfo.InvariantCulture), reader.GetFieldValue<DateTimeOffset>(4).ToString("u", CultureInfo.InvariantCulture),
                Markup.Escape(reader.IsDBNull(5) ? "" : reader.GetString(5)));
        }

        AnsiConsole.Write(table);
        return 0;
    }

    /// <summary>Has what was given up on tried again, of one Cell or of all. Taking an event twice does no harm.</summary>
    public static async Task<int> Replay(string connection, string? cell, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        var replayed = 0;
        foreach (var table in Tables.Where(table => cell is null || table.StartsWith(cell + ".", StringComparison.Ordinal)))
        {
            // What has no tenant could not be believed: it is there to be looked at, never to be tried.
            await using var command = database.CreateCommand($"""
                UPDATE {table} SET dead = false, attempts = 0, next_at = now() WHERE dead AND tenant_id <> '00000000-0000-0000-0000-000000000000'
                """);
            replayed += await command.ExecuteNonQueryAsync(ct);
        }

        AnsiConsole.WriteLine($"{replayed} events are tried again.");
        return 0;
    }
}
