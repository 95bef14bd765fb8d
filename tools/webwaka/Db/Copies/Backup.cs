using System.Data;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db.Copies;

/// <summary>
/// <c>webwaka db backup</c>: one snapshot of all that the Cells have, into a folder that has its name only once it is whole and on
/// the disk. By PostgreSQL's own pg_dump where one of the server's major version is found, else table by table.
/// </summary>
internal static class Backup
{
    /// <param name="into">The folder in which the backup gets a folder of its own.</param>
    /// <param name="way">One of <see cref="Manifest"/>'s; null: pg_dump where it is found.</param>
    /// <returns>The finished backup.</returns>
    public static async Task<string> Run(Target target, string into, string? way, CancellationToken ct)
    {
        if (target.Ops.Length == 0)
            throw new StandaloneException(
                $"ConnectionStrings__{Wiring.Ops} is missing", $"set it to the connection string of {Wiring.OpsRole}, which sees every row");
        var clock = Stopwatch.StartNew();
        await using var database = NpgsqlDataSource.Create(target.Ops);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var folder = FreshName(Path.GetFullPath(into), connection.Database);
        var partial = DurableFile.NewFolder(folder + ".partial");
        try
        {
            var manifest = await Take(target, connection, partial, way, ct);
            await manifest.Write(partial, ct);
            Directory.Move(partial, folder);
            var bytes = manifest.Files.Sum(file => file.Bytes);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{folder}: {manifest.Tables.Length} tables, {manifest.Rows:N0} rows, {bytes / 1e6:N1} MB in {clock.Elapsed.TotalSeconds:N1} s."));
            Console.WriteLine($"Keep {Wiring.Variables.RootSecret} (or Standalone's secrets) with it: without it identity's signing keys stay sealed.");
            return folder;
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private static async Task<Manifest> Take(Target target, NpgsqlConnection connection, string folder, string? way, CancellationToken ct)
    {
        var tables = await Tables.Read(connection, ct);
        if (tables.Count == 0)
            throw new StandaloneException($"{connection.Database} has none of the Cells' tables", "nothing was written; is it the right database?");
        var id = await Text(connection, "SELECT pg_export_snapshot()", ct);
        var major = connection.PostgreSqlVersion.Major;
        var dump = way == Manifest.Copy ? null : await PgPrograms.Find("pg_dump", found => found == major, ct);
        if (way == Manifest.PgDump && dump is null)
            throw new StandaloneException($"There is no pg_dump of PostgreSQL {major} on this machine", "install it, or leave the way to the program");
        // A second connection to the same moment sums while the first one writes.
        var sums = Sum(target.Ops, id, tables, ct);
        var files = new List<StoredFile>();
        if (dump is not null)
        {
            Console.WriteLine($"pg_dump {major} writes {folder}");
            files.Add(await PgPrograms.Dump(dump, target.Ops, id, Path.Combine(folder, "database.dump"), ct));
        }
        else
        {
            files.AddRange(await TableFiles.Write(connection, tables, folder, Console.WriteLine, ct));
        }

        // Sequences are not part of a snapshot: read after it, they are beyond every row that is in it.
        var sequences = await Tables.Sequences(connection, ct);
        var migrations = (await Migrations.Read(connection, ct)).ToDictionary(cell => cell.Cell, cell => cell.Applied.ToArray(), StringComparer.Ordinal);
        var stored = (await sums).Select((sum, i) => new StoredTable(
            tables[i].Schema, tables[i].Name, tables[i].Columns, sum.Rows, sum.Sum, dump is null ? TableFiles.NameOf(tables[i]) : null));
        return new Manifest(
            Manifest.CurrentFormat, dump is null ? Manifest.Copy : Manifest.PgDump, connection.Database!, major, TimeProvider.System.GetUtcNow(),
            migrations, [.. stored], [.. sequences], [.. files]);
    }

    private static async Task<List<(long Rows, string Sum)>> Sum(string ops, string snapshot, IReadOnlyList<FoundTable> tables, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(ops);
        await using var connection = await database.OpenConnectionAsync(ct);
        await Checksums.Begin(connection, ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        await using (var same = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshot}'", connection))
            await same.ExecuteNonQueryAsync(ct);
        var sums = new List<(long, string)>();
        foreach (var table in tables)
            sums.Add(await Checksums.Of(connection, table, ct));
        return sums;
    }

    private static string FreshName(string into, string database)
    {
        Directory.CreateDirectory(into);
        var name = Path.Combine(into, $"{database}-{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        for (var i = 1; ; i++)
        {
            var fresh = i == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
            if (!Directory.Exists(fresh) && !Directory.Exists(fresh + ".partial"))
                return fresh;
        }
    }

    private static async Task<string> Text(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
