using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>The migrations of one Cell: those that the code knows, and those that a database has seen.</summary>
public sealed record SchemaVersions(string Cell, IReadOnlyList<string> Known, IReadOnlyList<string> Applied)
{
    /// <summary>What a newer program has done to the database.</summary>
    public IEnumerable<string> Unknown => Applied.Except(Known, StringComparer.Ordinal);

    public IEnumerable<string> Pending => Known.Except(Applied, StringComparer.Ordinal);

    public static async Task<SchemaVersions> Read(NpgsqlConnection connection, CellSchema cell, CancellationToken ct) =>
        new(cell.Name, KnownOf(cell), await AppliedOf(connection, cell.Name, ct));

    public static IReadOnlyList<string> KnownOf(CellSchema cell)
    {
        using var nowhere = new NpgsqlConnection();
        var known = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var db in cell.Create(nowhere, new CellContext(cell.Name, TimeProvider.System, new OutboxSignal())))
        {
            using (db)
                known.UnionWith(db.Database.GetMigrations());
        }

        return [.. known];
    }

    private static async Task<IReadOnlyList<string>> AppliedOf(NpgsqlConnection connection, string cell, CancellationToken ct)
    {
        await using (var exists = new NpgsqlCommand($"SELECT to_regclass('{cell}.__ef_migrations') IS NOT NULL", connection))
        {
            if (await exists.ExecuteScalarAsync(ct) is not true)
                return [];
        }

        var applied = new List<string>();
        await using var command = new NpgsqlCommand($"SELECT migration_id FROM {cell}.__ef_migrations ORDER BY 1", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            applied.Add(reader.GetString(0));
        return applied;
    }
}
