using WebWaka.Tool.Db.Copies;

namespace WebWaka.Database.Tests.Db;

/// <summary>What is no whole backup is never made to look like one, and never restored in part.</summary>
public sealed class BrokenBackupTests(SoldDatabase sold)
{
    [Theory]
    [InlineData("a byte is another", "has been changed")]
    [InlineData("a file is cut off", "is missing or cut off")]
    [InlineData("a file is gone", "is missing or cut off")]
    [InlineData("the manifest is gone", "it has no manifest")]
    [InlineData("the manifest is another", "its manifest has been changed")]
    public async Task A_backup_that_is_not_as_it_was_taken_is_refused_with_nothing_written(string how, string because)
    {
        using var folder = new Folder();
        var backup = await Taken(folder, Manifest.Copy);
        var file = Path.Combine(backup, "transaction.sale.copy.gz");
        var manifest = Path.Combine(backup, "manifest.json");
        var bytes = await File.ReadAllBytesAsync(file);
        switch (how)
        {
            case "a byte is another":
                bytes[^20] ^= 1;
                await File.WriteAllBytesAsync(file, bytes);
                break;
            case "a file is cut off":
                await File.WriteAllBytesAsync(file, bytes[..^1]);
                break;
            case "a file is gone":
                File.Delete(file);
                break;
            case "the manifest is gone":
                File.Delete(manifest);
                break;
            default:
                await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"rows\": 0", "\"rows\": 1", StringComparison.Ordinal));
                break;
        }

        await using var empty = await sold.Empty();
        await Tool.Run(sold, empty.Admin, "db", "restore", backup).Refuses(because);
        await IsEmpty(empty);
    }

    [Theory]
    [InlineData(Manifest.Copy)]
    [InlineData(Manifest.PgDump)]
    public async Task What_comes_back_otherwise_than_it_was_saved_is_taken_back_whole(string way)
    {
        using var folder = new Folder();
        var backup = await Taken(folder, way);
        await Change(backup, manifest => manifest with
        {
            Tables = [.. manifest.Tables.Select(table => table.FullName == "transaction.sale" ? table with { Checksum = "1" } : table)],
        });
        await using var empty = await sold.Empty();

        await Tool.Run(sold, empty.Admin, "db", "restore", backup).Refuses("transaction.sale came back otherwise than it was saved");

        await IsEmpty(empty);
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused()
    {
        using var folder = new Folder();
        var backup = await Taken(folder, Manifest.Copy);
        await Change(backup, manifest =>
        {
            manifest.Migrations["tax"] = [.. manifest.Migrations["tax"], "29991231000000_Later"];
            return manifest;
        });
        await using var empty = await sold.Empty();

        await Tool.Run(sold, empty.Admin, "db", "restore", backup)
            .Refuses("The backup is newer than this program, which does not know tax 29991231000000_Later");

        await IsEmpty(empty);
    }

    [Theory]
    [InlineData("CREATE SCHEMA tax", "it has tax")]
    [InlineData("CREATE TABLE public.notes (note text)", "it has public.notes")]
    public async Task A_database_that_has_something_is_left_alone(string there, string because)
    {
        using var folder = new Folder();
        var backup = await Taken(folder, Manifest.Copy);
        await using var filled = await sold.Empty();
        await filled.Run(there);

        await Tool.Run(sold, filled.Admin, "db", "restore", backup).Refuses(because);

        Assert.Equal(0L, await filled.Run("SELECT count(*) FROM pg_tables WHERE schemaname = 'transaction'"));
    }

    [Theory]
    [InlineData(Manifest.Copy)]
    [InlineData(Manifest.PgDump)]
    public async Task A_backup_that_fails_leaves_nothing_that_looks_like_one(string way)
    {
        await using var copy = await sold.Take();
        await copy.Run("REVOKE SELECT ON transaction.till_state FROM webwaka_ops");
        using var folder = new Folder();

        var said = await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", way);

        Assert.Equal(2, said.ExitCode);
        Assert.Contains("till_state", said.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Backups);
    }

    [Fact]
    public async Task Everything_in_a_backup_is_for_its_owner_alone()
    {
        using var folder = new Folder();
        var backup = await Taken(folder, Manifest.Copy);

        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(backup));
        foreach (var file in Directory.GetFiles(backup))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Where_no_program_of_the_servers_version_is_found_none_is_used() =>
        Assert.Null(await PgPrograms.Find("pg_dump", major => major == 99, CancellationToken.None));

    private async Task<string> Taken(Folder folder, string way)
    {
        await using var copy = await sold.Take();
        await Tool.Run(sold, copy.Admin, "db", "backup", folder.Path, "--way", way).Ok();
        return Assert.Single(folder.Backups);
    }

    /// <summary>As somebody would who can also make its hash anew.</summary>
    private static async Task Change(string backup, Func<Manifest, Manifest> change)
    {
        var manifest = change(await Manifest.Read(backup, _ => { }, CancellationToken.None));
        File.Delete(Path.Combine(backup, "manifest.json"));
        File.Delete(Path.Combine(backup, "manifest.json.sha256"));
        await manifest.Write(backup, CancellationToken.None);
    }

    private static async Task IsEmpty(Copy database) => Assert.Equal(
        0L, await database.Run("SELECT count(*) FROM pg_namespace WHERE nspname = ANY ('{identity,inventory,promotions,tax,transaction,payments,history}')"));
}
