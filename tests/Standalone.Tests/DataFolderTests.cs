namespace WebWaka.Standalone.Tests;

public sealed class DataFolderTests
{
    static readonly Action<string> Quietly = _ => { };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_folder_is_open_once_at_a_time()
    {
        using Scratch scratch = new();
        using (DataFolder.Open(scratch.Path))
        {
            var second = Assert.Throws<StandaloneException>(() => DataFolder.Open(scratch.Path));
            Assert.StartsWith($"WebWaka POS already runs on {scratch.Path}", second.Message, StringComparison.Ordinal);
        }
        using var later = DataFolder.Open(scratch.Path);
        Assert.Null(later.PostgresMajor);
    }

    [Fact]
    public void A_folder_of_a_newer_program_is_not_touched()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.Below("version"), "2 15\n");
        var refused = Assert.Throws<StandaloneException>(() => DataFolder.Open(scratch.Path));
        Assert.Contains("was written by a newer WebWaka POS", refused.Message, StringComparison.Ordinal);
        Assert.Equal("2 15\n", File.ReadAllText(scratch.Below("version")));
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_one_sentence()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.Below("file"), "");
        var message = Assert.Throws<StandaloneException>(() => DataFolder.Open(scratch.Below("file"))).Message;
        Assert.StartsWith($"The data folder {scratch.Below("file")} cannot be used: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_cannot_be_read_stops_the_start()
    {
        using Scratch scratch = new();
        File.WriteAllText(scratch.Below("version"), "");
        Assert.Contains("cannot be read", Assert.Throws<StandaloneException>(() => DataFolder.Open(scratch.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_named_and_left_alone()
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.Below("data/postgres"));
        File.WriteAllText(scratch.Below("data/postgres/PG_VERSION"), "99\n");
        File.WriteAllText(scratch.Below("data/version"), "1 99\n");
        var refused = await Assert.ThrowsAsync<StandaloneException>(() => PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop));
        Assert.Contains("was made by PostgreSQL 99, and this machine has ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("Install PostgreSQL 99, or name another folder with --data", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_gone_is_not_replaced_by_an_empty_one()
    {
        using Scratch scratch = new();
        Directory.CreateDirectory(scratch.Below("data"));
        File.WriteAllText(scratch.Below("data/version"), "1 15\n");
        var refused = await Assert.ThrowsAsync<StandaloneException>(() => PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop));
        Assert.Contains("says that it has a database, but there is none", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_password_is_gone_is_named_and_left_alone()
    {
        using Scratch scratch = new();
        await using (await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop)) { }
        File.Delete(scratch.Below("data/secrets/postgres-password"));
        var refused = await Assert.ThrowsAsync<StandaloneException>(() => PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop));
        Assert.StartsWith("The password of the database in ", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.Below("data/secrets/postgres-password")));
    }

    [Fact]
    public async Task Below_a_folder_of_root_alone_the_database_goes_elsewhere_and_is_found_there_again()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "Only root has such folders");
        using Scratch scratch = new();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(scratch.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string? elsewhere = null;
        try
        {
            await using (var server = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop))
                await Sql.RunAsync(server.AdminConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
            elsewhere = await File.ReadAllTextAsync(scratch.Below("data/postgres-folder"), Stop);
            Assert.StartsWith("/var/lib/webwaka/", elsewhere, StringComparison.Ordinal);
            await using var again = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop);
            Assert.Equal(7, await Sql.ReadAsync(again.AdminConnectionString, "SELECT n FROM kept"));
        }
        finally
        {
            if (elsewhere is not null) Directory.Delete(Path.GetDirectoryName(elsewhere)!, recursive: true);
        }
    }

    [Fact]
    public void A_secret_is_made_once()
    {
        using Scratch scratch = new();
        using var folder = DataFolder.Open(scratch.Path);
        var made = folder.Secret("root");
        Assert.Equal(43, made.Length);
        Assert.Equal(made, folder.Secret("root"));
        Assert.NotEqual(made, folder.Secret("other"));
    }
}
