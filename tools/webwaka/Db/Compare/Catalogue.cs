using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Tool.Db.Compare;

/// <summary>One thing that a catalogue says.</summary>
/// <param name="Within">What it belongs to: the table of a column, the schema of a table; null for a schema or a role.</param>
internal sealed record Fact(string Kind, string Name, string Is, string? Within)
{
    /// <summary>A definition of many lines as one, cut where it is long.</summary>
    public string Short
    {
        get
        {
            var line = string.Join(' ', Is.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            return line.Length > 300 ? line[..300] + "..." : line;
        }
    }
}

/// <summary>What PostgreSQL's own catalogue says of the Cells' schemas and roles. Two databases of one server say the same in the same words.</summary>
internal static class Catalogue
{
    /// <summary>Everything in the schemas of the Cells. Names are always qualified, so that they read the same everywhere.</summary>
    public static async Task<IReadOnlyList<Fact>> OfSchemas(NpgsqlConnection connection, CancellationToken ct)
    {
        var facts = await Read(connection, CatalogueSql.Schemas, ct);
        foreach (var cell in DbPush.Cells)
        {
            var versions = await SchemaVersions.Read(connection, cell, ct);
            facts.AddRange(versions.Applied.Select(id => new Fact("migration", $"{cell.Name} {id}", "applied", $"{cell.Name}.__ef_migrations")));
        }

        return facts;
    }

    public static Task<List<Fact>> OfRoles(NpgsqlConnection connection, CancellationToken ct) => Read(connection, CatalogueSql.Roles, ct);

    public static async Task<IReadOnlyList<Fact>> ExpectedRoles(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT 'lz4' = ANY (enumvals) FROM pg_settings WHERE name = 'default_toast_compression'", connection);
        var hasLz4 = await command.ExecuteScalarAsync(ct) is true;
        return [.. SchemaRoles.Expected(DbPush.Cells, hasLz4).Select(role => new Fact(role.Kind, role.Name, role.Is, null))];
    }

    private static async Task<List<Fact>> Read(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        var facts = new List<Fact>();
        await using (var qualified = new NpgsqlCommand("SET search_path = ''", connection))
            await qualified.ExecuteNonQueryAsync(ct);
        await using (var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = DbPush.Cells.Select(cell => cell.Name).ToArray() } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                facts.Add(new Fact(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        await using var reset = new NpgsqlCommand("RESET search_path", connection);
        await reset.ExecuteNonQueryAsync(ct);
        return facts;
    }
}
