using Npgsql;
using WebWaka.CellKit;
using WebWaka.Standalone;
using WebWaka.Tool.Db.Copies;

namespace WebWaka.Tool.Db;

/// <summary>
/// <c>webwaka db migrate</c>: a backup, then the push. Several at once take turns; who comes second finds nothing left to do, and
/// what a newer program has migrated is left alone.
/// </summary>
internal static class DbMigrate
{
    /// <param name="backups">The folder for the backup; null: none is taken.</param>
    public static async Task<int> Run(Target target, string? backups, CancellationToken ct)
    {
        await using var admin = NpgsqlDataSource.Create(target.Admin);
        await using var turn = await admin.OpenConnectionAsync(ct);
        await Migrations.TakeTurn(turn, ct);
        try
        {
            var versions = await Migrations.Read(turn, ct);
            Migrations.RefuseNewer("The database", versions);
            await BackUp(target, backups, versions, ct);
            var pending = versions.Sum(cell => cell.Pending.Count());
            foreach (var cell in versions.Where(cell => cell.Pending.Any()))
                Console.WriteLine($"{cell.Cell}: {string.Join(", ", cell.Pending)}");
            await SchemaPush.Push(admin, DbPush.Cells, target.PasswordOf, always: true, Console.WriteLine, ct);
            Console.WriteLine($"{pending} migrations were applied. The database is as the code expects.");
            return 0;
        }
        finally
        {
            await Migrations.GiveTurn(turn);
        }
    }

    private static async Task BackUp(Target target, string? backups, IReadOnlyList<SchemaVersions> versions, CancellationToken ct)
    {
        if (!versions.Any(cell => cell.Applied.Count > 0))
            Console.WriteLine("There is nothing in this database yet: no backup is needed.");
        else if (!versions.Any(cell => cell.Pending.Any()))
            Console.WriteLine("Every migration has been applied: no backup is needed.");
        else if (backups is null)
            Console.WriteLine("No backup is taken (--no-backup).");
        else
            await Backup.Run(target, backups, way: null, ct);
    }
}
