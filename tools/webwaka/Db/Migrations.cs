using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db;

/// <summary>Where a database stands beside this program, Cell by Cell.</summary>
internal static class Migrations
{
    /// <summary>One migration or restore of a database at a time, from before its backup to its end.</summary>
    private const long MigrateLock = 0x57454257414B42;

    public static async Task<IReadOnlyList<SchemaVersions>> Read(NpgsqlConnection connection, CancellationToken ct)
    {
        var versions = new List<SchemaVersions>();
        foreach (var cell in DbPush.Cells)
            versions.Add(await SchemaVersions.Read(connection, cell, ct));
        return versions;
    }

    /// <summary>Refuses what a newer program has written: this one would read it wrongly.</summary>
    public static void RefuseNewer(string what, IEnumerable<SchemaVersions> versions)
    {
        var unknown = versions.SelectMany(cell => cell.Unknown.Select(id => $"{cell.Cell} {id}")).ToList();
        if (unknown.Count > 0)
            throw new StandaloneException(
                $"{what} is newer than this program, which does not know {string.Join(", ", unknown)}", "use the program that wrote it, or a newer one");
    }

    /// <summary>Waits its turn, and says so. The lock ends with the connection.</summary>
    public static async Task TakeTurn(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({MigrateLock})", connection);
        if (await attempt.ExecuteScalarAsync(ct) is true)
            return;
        Console.WriteLine("Another program migrates this database: waiting for it.");
        await using var wait = new NpgsqlCommand($"SELECT pg_advisory_lock({MigrateLock})", connection) { CommandTimeout = 0 };
        await wait.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The turn is given back at once: a pooled connection would keep it.</summary>
    public static async Task GiveTurn(NpgsqlConnection connection)
    {
        await using var unlock = new NpgsqlCommand($"SELECT pg_advisory_unlock({MigrateLock})", connection);
        await unlock.ExecuteNonQueryAsync();
    }
}
