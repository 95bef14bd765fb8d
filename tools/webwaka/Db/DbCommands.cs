using System.CommandLine;
using WebWaka.Tool.Db.Compare;
using WebWaka.Tool.Db.Copies;

namespace WebWaka.Tool.Db;

/// <summary>The commands under <c>webwaka db</c>, all of them on a database by settings or in a data folder of Standalone's.</summary>
internal static class DbCommands
{
    private const string Backups = "backups";

    public static Command Of(Option<string?> data)
    {
        Option<string> backups = new("--backups") { Description = "Folder for the backup that is taken first", DefaultValueFactory = _ => Backups };
        Option<bool> noBackup = new("--no-backup") { Description = "Take none: there is one already" };
        Argument<string> into = new("folder") { Description = "Folder in which the backup gets one of its own", DefaultValueFactory = _ => Backups };
        Option<string?> way = new("--way") { Description = "copy or pg_dump (default: pg_dump where this machine has the server's version)" };
        way.AcceptOnlyFromAmong(Manifest.Copy, Manifest.PgDump);
        Argument<string> from = new("backup") { Description = "A backup's folder" };
        return new Command("db", "The database (administrator's DATABASE_URL and ConnectionStrings__*, or Standalone's with --data)")
        {
            On(data, "push", "Make or update schemas, roles and row-level security", (target, _, ct) => DbPush.Run(target, ct)),
            On(data, "verify", "Name every difference from what this program expects", (target, _, ct) => DbVerify.Run(target, ct)),
            On(data, "migrate", "Back up, then push; refuses a database that is newer than this program", (target, parsed, ct) =>
                DbMigrate.Run(target, parsed.GetValue(noBackup) ? null : parsed.GetValue(backups), ct), backups, noBackup),
            On(data, "backup", "Save everything of one moment into a new folder", async (target, parsed, ct) =>
            {
                await Backup.Run(target, parsed.GetValue(into)!, parsed.GetValue(way), ct);
                return 0;
            }, into, way),
            On(data, "restore", "Load a backup into an empty database", (target, parsed, ct) => Restore.Run(target, parsed.GetValue(from)!, ct), from),
        };
    }

    private static Command On(
        Option<string?> data, string name, string says, Func<Target, ParseResult, CancellationToken, Task<int>> run, params Symbol[] takes)
    {
        Command command = new(name, says);
        foreach (var symbol in takes)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else if (symbol is Argument argument)
                command.Arguments.Add(argument);
        }

        command.SetAction((parsed, ct) => Guard.Run(async () =>
        {
            await using var target = await Target.Open(parsed.GetValue(data), ct);
            return await run(target, parsed, ct);
        }));
        return command;
    }
}
