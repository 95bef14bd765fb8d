using System.Diagnostics;
using System.Globalization;
using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Distributed.Tests;

/// <summary>A PostgreSQL of our own that can be killed: what it has acknowledged is in its files, though not yet on a disk.</summary>
internal sealed class PostgresNode : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly string _cluster;

    private PostgresNode(PostgresServer server, string cluster) => (_server, _cluster) = (server, cluster);

    public string AdminConnectionString => _server.AdminConnectionString;

    public int Port => new NpgsqlConnectionStringBuilder(AdminConnectionString).Port;

    public static async Task<PostgresNode> Start()
    {
        var server = await PostgresServer.FindOrBringAsync(StandaloneOptions.ThrowAway(), _ => { }, CancellationToken.None);
        await using var admin = NpgsqlDataSource.Create(server.AdminConnectionString);
        foreach (var setting in (string[])["synchronous_commit", "full_page_writes"])
        {
            await using var set = admin.CreateCommand($"ALTER SYSTEM SET {setting} = on");
            await set.ExecuteNonQueryAsync();
        }

        await using var reload = admin.CreateCommand("SELECT current_setting('data_directory') FROM pg_reload_conf()");
        return new PostgresNode(server, (string)(await reload.ExecuteScalarAsync())!);
    }

    /// <summary>kill -9 of the server; its sessions end when they notice.</summary>
    public async Task Kill()
    {
        var pid = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_cluster, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        await server.WaitForExitAsync();
    }

    public async Task StartAgain()
    {
        var account = await ServerAccount.ChooseAsync(CancellationToken.None);
        var major = (await File.ReadAllTextAsync(Path.Combine(_cluster, "PG_VERSION"))).Trim();
        var found = await PostgresBinaries.FindAsync(PostgresBinaries.UsualFolders(), account, CancellationToken.None);
        var binaries = found.First(one => one.Major.ToString(CultureInfo.InvariantCulture) == major);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await new PostgresProcess(_cluster, binaries, account).StartAsync(() => Port, durable: false, CancellationToken.None);
                return;
            }
            catch (StandaloneException) when (tries < 20)
            {
                // Sessions of the killed server still hold its memory.
                await Task.Delay(250);
            }
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
