using Npgsql;

namespace WebWaka.Standalone.Tests;

public sealed class PostgresServerTests
{
    static readonly Action<string> Quietly = _ => { };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(512, 128)]
    [InlineData(2048, 256)]
    [InlineData(4096, 512)]
    [InlineData(24 * 1024, 1024)]
    public void The_server_shares_an_eighth_of_the_machines_memory_within_bounds(long megabytes, long shared) =>
        Assert.Equal(shared, PostgresFolder.SharedMegabytes(megabytes << 20));

    [Fact]
    public async Task A_cluster_is_made_and_found_again_with_its_data_password_and_port()
    {
        using Scratch scratch = new();
        string first;
        await using (var server = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop))
        {
            first = server.AdminConnectionString;
            Assert.Equal("webwaka", new NpgsqlConnectionStringBuilder(first).Database);
            await Sql.RunAsync(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
            Assert.Equal("on", await Sql.ReadAsync(first, "SHOW fsync"));
            var shared = PostgresFolder.SharedMegabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
            var pages = await Sql.ReadAsync(first, "SELECT setting FROM pg_settings WHERE name = 'shared_buffers'");
            Assert.Equal($"{shared * 128}", pages); // of 8 kB
            Assert.Equal("127.0.0.1", await Sql.ReadAsync(first, "SHOW listen_addresses"));
            Assert.Equal("UTF8", await Sql.ReadAsync(first, "SHOW server_encoding"));
            Assert.Equal("200", await Sql.ReadAsync(first, "SHOW max_connections"));
            Assert.Equal("É", await Sql.ReadAsync(first, "SELECT upper('é')"));
        }
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.ReadAsync(first, "SELECT 1"));

        await using var again = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop);
        Assert.Equal(first, again.AdminConnectionString);
        Assert.Equal(7, await Sql.ReadAsync(first, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Nobody_enters_without_the_generated_password_which_only_its_owner_can_read()
    {
        using Scratch scratch = new();
        await using var server = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop);
        NpgsqlConnectionStringBuilder guess = new(server.AdminConnectionString) { Password = "postgres" };
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Sql.ReadAsync(guess.ConnectionString, "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scratch.Below("data/secrets/postgres-password")));
    }

    [Fact]
    public async Task A_throw_away_cluster_does_not_sync_and_leaves_nothing_behind()
    {
        string folder;
        await using (var server = await PostgresServer.FindOrBringAsync(StandaloneOptions.ThrowAway(), Quietly, Stop))
        {
            folder = server.Data.Path;
            Assert.Equal("off", await Sql.ReadAsync(server.AdminConnectionString, "SHOW fsync"));
        }
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_port_that_was_taken_meanwhile_is_exchanged()
    {
        using Scratch scratch = new();
        int port;
        await using (var server = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop))
            port = new NpgsqlConnectionStringBuilder(server.AdminConnectionString).Port;
        using System.Net.Sockets.TcpListener taken = new(System.Net.IPAddress.Loopback, port);
        taken.Start();
        await using var again = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop);
        Assert.NotEqual(port, new NpgsqlConnectionStringBuilder(again.AdminConnectionString).Port);
    }

    [Fact]
    public async Task A_pid_file_that_names_another_program_is_no_obstacle()
    {
        using Scratch scratch = new();
        await using (await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop)) { }
        // PostgreSQL minds a stranger's number only if the stranger runs as its own user.
        var folder = scratch.Below("data/postgres");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var stranger = (await ServerAccount.ChooseAsync(Stop)).RunAsync(
            "sh", ["-c", $"echo $$ > {folder}/s && mv {folder}/s {folder}/stranger && exec sleep 300"], end.Token);
        while (!stranger.IsCompleted && !File.Exists(Path.Combine(folder, "stranger"))) await Task.Delay(TimeSpan.FromMilliseconds(20), Stop);
        var pid = (await File.ReadAllTextAsync(Path.Combine(folder, "stranger"), Stop)).Trim();
        await File.WriteAllTextAsync(Path.Combine(folder, "postmaster.pid"), $"{pid}\n{folder}\n1\n5432\n\n127.0.0.1\n", Stop);

        await using (var again = await PostgresServer.FindOrBringAsync(scratch.Options, Quietly, Stop))
            Assert.Equal(1, await Sql.ReadAsync(again.AdminConnectionString, "SELECT 1"));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stranger);
    }

    [Fact]
    public async Task A_given_server_is_used_its_database_made_and_the_server_left_running()
    {
        await using var server = await PostgresServer.FindOrBringAsync(StandaloneOptions.ThrowAway(), Quietly, Stop);
        using Scratch scratch = new();
        var given = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Database = "shop \"one\"" }.ConnectionString;
        await using (var used = await PostgresServer.FindOrBringAsync(scratch.Options with { Database = given }, Quietly, Stop))
            Assert.Equal("shop \"one\"", await Sql.ReadAsync(used.AdminConnectionString, "SELECT current_database()::text"));
        Assert.Equal(1, await Sql.ReadAsync(given, "SELECT 1"));
        Assert.False(Directory.Exists(scratch.Below("data/postgres")));
    }

    [Fact]
    public async Task A_given_server_that_is_too_old_or_away_is_one_line()
    {
        await using var server = await PostgresServer.FindOrBringAsync(StandaloneOptions.ThrowAway(), Quietly, Stop);
        var old = await Assert.ThrowsAsync<StandaloneException>(
            () => PostgresServer.EnsureDatabaseAsync(server.AdminConnectionString, "DATABASE_URL", 99, Stop));
        Assert.Matches(@"^DATABASE_URL is PostgreSQL \d+\.\d+\. Version 99 or newer is needed$", old.Message);

        var away = new NpgsqlConnectionStringBuilder(server.AdminConnectionString) { Port = FreePort.Choose() }.ConnectionString;
        using Scratch scratch = new();
        var lost = await Assert.ThrowsAsync<StandaloneException>(
            () => PostgresServer.FindOrBringAsync(scratch.Options with { Database = away }, Quietly, Stop));
        Assert.StartsWith("The database webwaka of DATABASE_URL cannot be opened", lost.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', lost.Message);
    }
}
