using WebWaka.Standalone;

namespace WebWaka.Cells.Tests;

/// <summary>The server that tests make databases on: one cluster for the run, found or brought as Standalone does it.</summary>
internal static class TestPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() =>
        PostgresServer.FindOrBringAsync(
            StandaloneOptions.ThrowAway() with { Database = Environment.GetEnvironmentVariable("TEST_POSTGRES") }, _ => { }, CancellationToken.None));

    public static async Task<string> AdminConnectionString() => (await Server.Value).AdminConnectionString;

    public static async Task Stop()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();
    }
}
