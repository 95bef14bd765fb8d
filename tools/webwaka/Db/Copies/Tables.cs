using Npgsql;

namespace WebWaka.Tool.Db.Copies;

/// <summary>A table as it is found in the database, whichever version made it.</summary>
internal sealed record FoundTable(string Schema, string Name, string[] Columns, long Bytes)
{
    public string Quoted => $"\"{Schema}\".\"{Name}\"";

    public string QuotedColumns => string.Join(", ", Columns.Select(column => $"\"{column}\""));
}

/// <summary>What there is to copy: from the catalogue and not from the model, since a backup before a migration is of an older version.</summary>
internal static class Tables
{
    private const string All = """
        SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attname), pg_table_size(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE n.nspname = ANY ($1) AND c.relkind = 'r' GROUP BY n.nspname, c.relname, c.oid ORDER BY 1, 2
        """;

    private const string Pointers = """
        SELECT DISTINCT n.nspname || '.' || c.relname, pn.nspname || '.' || p.relname FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
        WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND n.nspname = ANY ($1)
        """;

    /// <summary>Those that are pointed at come before those that point at them.</summary>
    public static async Task<IReadOnlyList<FoundTable>> Read(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = new List<FoundTable>();
        await using (var command = Of(All, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                tables.Add(new FoundTable(reader.GetString(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetInt64(3)));
        }

        var pointsAt = new List<(string From, string To)>();
        await using (var command = Of(Pointers, connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                pointsAt.Add((reader.GetString(0), reader.GetString(1)));
        }

        return InOrder(tables, pointsAt.ToLookup(pair => pair.From, pair => pair.To, StringComparer.Ordinal));
    }

    public static async Task<IReadOnlyList<StoredSequence>> Sequences(NpgsqlConnection connection, CancellationToken ct)
    {
        var names = new List<(string Schema, string Name)>();
        await using (var command = Of("SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = ANY ($1) ORDER BY 1, 2", connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                names.Add((reader.GetString(0), reader.GetString(1)));
        }

        var sequences = new List<StoredSequence>();
        foreach (var (schema, name) in names)
        {
            await using var command = new NpgsqlCommand($"SELECT last_value, is_called FROM \"{schema}\".\"{name}\"", connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            sequences.Add(new StoredSequence(schema, name, reader.GetInt64(0), reader.GetBoolean(1)));
        }

        return sequences;
    }

    private static List<FoundTable> InOrder(List<FoundTable> tables, ILookup<string, string> pointsAt)
    {
        var ordered = new List<FoundTable>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (ordered.Count < tables.Count)
        {
            var next = tables.FindAll(table => !done.Contains(NameOf(table)) && pointsAt[NameOf(table)].All(done.Contains));
            if (next.Count == 0)
                throw new InvalidOperationException("tables point at each other in a circle: they cannot be loaded one after the other");
            ordered.AddRange(next);
            done.UnionWith(next.Select(NameOf));
        }

        return ordered;

        static string NameOf(FoundTable table) => $"{table.Schema}.{table.Name}";
    }

    private static NpgsqlCommand Of(string sql, NpgsqlConnection connection) =>
        new(sql, connection) { Parameters = { new() { Value = DbPush.Cells.Select(cell => cell.Name).ToArray() } } };
}
