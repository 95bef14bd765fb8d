using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Spectre.Console;

namespace WebWaka.Tool;

/// <summary>
/// <c>webwaka webhooks</c>: Paystack's deliveries of all shops, searched, and put back into the inbox. Replaying asks Paystack about the
/// payment again, so that any number of times changes nothing twice.
/// </summary>
public static class Webhooks
{
    /// <summary>Which deliveries; a null member is any.</summary>
    public sealed record Filter(string? Event, string? Reference, string? State, long? Id);

    private const string Where = """
        ($1 IS NULL OR event = $1) AND ($2 IS NULL OR reference = $2) AND ($3 IS NULL OR state = $3) AND ($4 IS NULL OR id = $4)
        """;

    public static async Task<int> List(string connection, Filter filter, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            $"SELECT id, received_at, event, reference, state, attempts, note FROM payments.webhook_event WHERE {Where} ORDER BY id DESC LIMIT 100");
        Add(command, filter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var table = new Table().AddColumns("id", "received", "event", "reference", "state", "attempts", "note");
        while (await reader.ReadAsync(ct))
        {
            table.AddRow(
                reader.GetInt64(0).ToString(CultureInfo.InvariantCulture), reader.GetFieldValue<DateTimeOffset>(1).ToString("u", CultureInfo.InvariantCulture),
                Markup.Escape(reader.GetString(2)), Markup.Escape(reader.IsDBNull(3) ? "" : reader.GetString(3)), reader.GetString(4),
                reader.GetInt32(5).ToString(CultureInfo.InvariantCulture), Markup.Escape(reader.IsDBNull(6) ? "" : reader.GetString(6)));
        }

        AnsiConsole.Write(table);
        return 0;
    }

    public static async Task<int> Replay(string connection, Filter filter, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        await using var command = database.CreateCommand(
            $"UPDATE payments.webhook_event SET state = 'received', attempts = 0, next_at = now(), note = NULL WHERE {Where} AND body <> ''");
        Add(command, filter);
        AnsiConsole.WriteLine($"{await command.ExecuteNonQueryAsync(ct)} deliveries are worked on again.");
        return 0;
    }

    private static void Add(NpgsqlCommand command, Filter filter)
    {
        foreach (var text in new[] { filter.Event, filter.Reference, filter.State })
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)filter.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
    }
}
