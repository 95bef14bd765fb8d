using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db.Copies;

/// <summary>
/// <c>webwaka db restore</c>: into a database that has nothing yet. The backup is read whole before the first write; what was loaded
/// is counted and summed before anybody has a right to it; and what fails is taken back.
/// </summary>
internal static class Restore
{
    public static async Task<int> Run(Target target, string folder, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var manifest = await Manifest.Read(Path.GetFullPath(folder), Console.WriteLine, ct);
        Migrations.RefuseNewer("The backup", DbPush.Cells.Select(cell =>
            new SchemaVersions(cell.Name, SchemaVersions.KnownOf(cell), manifest.Migrations.GetValueOrDefault(cell.Name, []))));
        await PostgresServer.EnsureDatabaseAsync(target.Admin, "the server", PostgresBinaries.OldestMajor, ct);
        await using var admin = NpgsqlDataSource.Create(target.Admin);
        await using var turn = await admin.OpenConnectionAsync(ct);
        await Migrations.TakeTurn(turn, ct);
        try
        {
            await RefuseFilled(turn, ct);
            var program = await ProgramFor(manifest, ct);
            try
            {
                await Fill(target, admin, manifest, folder, program, ct);
            }
            catch
            {
                await Empty(turn);
                throw;
            }

            await SchemaPush.Push(admin, DbPush.Cells, target.PasswordOf, always: true, Console.WriteLine, ct);
        }
        finally
        {
            await Migrations.GiveTurn(turn);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{manifest.Rows:N0} rows were restored in {clock.Elapsed.TotalSeconds:N1} s. Check them: webwaka verify."));
        Console.WriteLine($"Start the services with the {Wiring.Variables.RootSecret} of that time: identity cannot open its signing keys with another.");
        return 0;
    }

    private static async Task Fill(
        Target target, NpgsqlDataSource admin, Manifest manifest, string folder, string? program, CancellationToken ct)
    {
        if (program is not null)
        {
            await SchemaRoles.Ensure(admin, DbPush.Cells, target.PasswordOf, ct);
            Console.WriteLine("pg_restore reads the archive");
            await PgPrograms.Restore(program, target.Admin, Path.Combine(folder, manifest.Files[0].Name), ct);
        }
        else
        {
            await SchemaPush.Prepare(admin, DbPush.Cells, target.PasswordOf, (cell, db) => VersionOf(manifest, cell, db), ct);
            await using var connection = await admin.OpenConnectionAsync(ct);
            await using var all = await connection.BeginTransactionAsync(ct);
            await Clear(connection, ct);
            await TableFiles.Load(connection, manifest, folder, Console.WriteLine, ct);
            await all.CommitAsync(ct);
        }

        // Before the push nobody but the owner may read what was loaded by table; an archive brings every right with it.
        var reader = program is null ? target.Admin
            : new NpgsqlConnectionStringBuilder(target.Admin) { Username = Wiring.OpsRole, Password = target.PasswordOf(Wiring.OpsRole) }.ConnectionString;
        await Check(reader, asOwner: program is null, manifest, ct);
    }

    /// <summary>The migration up to which this context's tables are what the backup's were; "0" where it had none of them.</summary>
    private static string VersionOf(Manifest manifest, string cell, DbContext db) =>
        db.Database.GetMigrations().LastOrDefault(id => manifest.Migrations.GetValueOrDefault(cell, []).Contains(id, StringComparer.Ordinal)) ?? "0";

    /// <summary>Migrations bring rows of their own; the backup has them, too.</summary>
    private static async Task Clear(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = await Tables.Read(connection, ct);
        foreach (var schema in tables.GroupBy(table => table.Schema, StringComparer.Ordinal))
            await Run(connection, $"SET LOCAL ROLE {schema.Key}_owner; TRUNCATE {string.Join(", ", schema.Select(table => table.Quoted))}", ct);
        await Run(connection, "RESET ROLE", ct);
    }

    private static async Task Check(string reader, bool asOwner, Manifest manifest, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(reader);
        await using var connection = await database.OpenConnectionAsync(ct);
        await Checksums.Begin(connection, ct);
        foreach (var table in manifest.Tables)
        {
            if (asOwner)
                await Run(connection, $"SET ROLE {table.Schema}_owner", ct);
            var found = await Checksums.Of(connection, new FoundTable(table.Schema, table.Name, table.Columns, 0), ct);
            if (found != (table.Rows, table.Checksum))
                throw new StandaloneException(
                    $"{table.FullName} came back otherwise than it was saved ({found.Rows} rows of {table.Rows})", "all of it was taken back");
        }
    }

    private static async Task RefuseFilled(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
            UNION ALL SELECT nspname FROM pg_namespace WHERE nspname = ANY ($1) ORDER BY 1 LIMIT 1
            """, connection) { Parameters = { new() { Value = DbPush.Cells.Select(cell => cell.Name).ToArray() } } };
        if (await command.ExecuteScalarAsync(ct) is string there)
            throw new StandaloneException($"The database {connection.Database} is not empty: it has {there}", "name an empty one; nothing was written");
    }

    private static async Task<string?> ProgramFor(Manifest manifest, CancellationToken ct)
    {
        if (manifest.Way != Manifest.PgDump)
            return null;
        return await PgPrograms.Find("pg_restore", major => major >= manifest.PostgresMajor, ct)
            ?? throw new StandaloneException(
                $"The backup is an archive of pg_dump, and there is no pg_restore of PostgreSQL {manifest.PostgresMajor} or newer on this machine",
                "install PostgreSQL's client programs; nothing was written");
    }

    private static Task Empty(NpgsqlConnection connection) =>
        Run(connection, string.Join("; ", DbPush.Cells.Select(cell => $"DROP SCHEMA IF EXISTS {cell.Name} CASCADE")), CancellationToken.None);

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
