using WebWaka.Standalone;

namespace WebWaka.Cells.Tests;

/// <summary>The server that tests make databases on: one cluster for the run, found or brought as Standalone does it.</summary>
internal static class TestPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() =>
        PostgresServer.FindOrBringAsync(
            StandaloneOptions.ThrowAway() with { Database = Environment.GetEnvironmentVariable("TEST_POSTGRES") }, _ => { }, CancellationToken.None));

    private static int _users;

    /// <summary>The administrator's connection string; the server runs until each taker has left it.</summary>
    public static async Task<string> Take()
    {
        Interlocked.Increment(ref _users);
        return (await Server.Value).AdminConnectionString;
    }

    public static async Task Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            await (await Server.Value).DisposeAsync();
    }
}
