namespace WebWaka.Cells.Tests;

internal static class TestPostgres
{
    /// <summary>The server that the tests may make databases on.</summary>
    public static Task<string> AdminConnectionString() => Task.FromResult(
        Environment.GetEnvironmentVariable("TEST_POSTGRES") ?? throw new InvalidOperationException("TEST_POSTGRES is missing: an Npgsql connection string of an administrator."));
}
