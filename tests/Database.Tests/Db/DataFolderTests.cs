using WebWaka.Tool.Db.Copies;

namespace WebWaka.Database.Tests.Db;

/// <summary>Standalone's data folder instead of settings: its server is brought for the command and stopped after it.</summary>
public sealed class DataFolderTests(SoldDatabase sold)
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    public async Task A_data_folder_is_pushed_verified_saved_and_restored_into_another()
    {
        using var folder = new Folder();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var (one, two, backups) = (Path.Combine(folder.Path, "one"), Path.Combine(folder.Path, "two"), Path.Combine(folder.Path, "backups"));

        await Tool.Run(NoSettings, "db", "migrate", "--data", one).Ok();
        await Tool.Run(NoSettings, "db", "verify", "--data", one).Ok();
        await Tool.Run(NoSettings, "db", "backup", backups, "--data", one).Ok();
        await Tool.Run(NoSettings, "db", "restore", Assert.Single(Directory.GetDirectories(backups)), "--data", two).Ok();
        await Tool.Run(NoSettings, "db", "verify", "--data", two).Ok();
        Assert.False(File.Exists(Path.Combine(two, "postgres", "postmaster.pid")), "the server was not stopped");
    }

    [Fact]
    public async Task Without_settings_and_without_a_folder_it_says_what_is_missing() =>
        await Tool.Run(NoSettings, "db", "verify").Refuses("DATABASE_URL is missing");

    [Fact]
    public async Task Addresses_are_read_as_URLs_too()
    {
        await using var copy = await sold.Take();
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(copy.Ops);
        var url = $"postgres://webwaka_ops:{Uri.EscapeDataString(settings.Password!)}@{settings.Host}:{settings.Port}/{copy.Name}";

        var said = await Tool.Run(new Dictionary<string, string> { ["ConnectionStrings__ops"] = url }, "verify").Ok();

        Assert.Contains("I10 holds", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_invariant_ends_the_command_with_1_and_a_server_that_is_away_with_2()
    {
        await using var copy = await sold.Take();
        await copy.Run("UPDATE inventory.stock_level SET on_hand = on_hand + 1");

        var said = await Tool.Run(sold, copy.Admin, "verify");

        Assert.Equal(1, said.ExitCode);
        Assert.Contains("I3 FAILS", said.Output, StringComparison.Ordinal);
        Assert.Contains("I4 holds", said.Output, StringComparison.Ordinal);
        await Tool.Run(sold, "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x", "verify").Refuses("The database does not answer");
        await Tool.Run(sold, "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x", "db", "migrate").Refuses("does not answer");
        await Tool.Run(sold, copy.Admin, "db", "backup", "--way", "tar").Fails(1);
    }

    [Fact]
    public async Task A_backup_needs_the_role_that_sees_every_row()
    {
        await using var copy = await sold.Take();
        var environment = Tool.Environment(sold, copy.Admin);
        environment.Remove("ConnectionStrings__ops");

        await Tool.Run(environment, "db", "backup", "--way", Manifest.Copy).Refuses("ConnectionStrings__ops is missing");
    }
}
