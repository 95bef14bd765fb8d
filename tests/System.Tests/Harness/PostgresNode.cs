using System.Diagnostics;
using System.Globalization;
using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Distributed.Tests;

/// <summary>The deployment's PostgreSQL, which can be killed: what it has acknowledged is in its files, though not yet on a disk.</summary>
internal sealed class PostgresNode
{
    private readonly int _port;
    private readonly string _cluster;

    private PostgresNode(int port, string cluster) => (_port, _cluster) = (port, cluster);

    public static async Task<PostgresNode> Of(Deployment deployment)
    {
        await using var admin = NpgsqlDataSource.Create(deployment.Postgres.AdminConnectionString);
        foreach (var setting in (string[])["synchronous_commit", "full_page_writes"])
        {
            await using var set = admin.CreateCommand($"ALTER SYSTEM SET {setting} = on");
            await set.ExecuteNonQueryAsync();
        }

        await using var reload = admin.CreateCommand("SELECT current_setting('data_directory') FROM pg_reload_conf()");
        return new PostgresNode(deployment.PostgresPort, (string)(await reload.ExecuteScalarAsync())!);
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
                await new PostgresProcess(_cluster, binaries, account).StartAsync(() => _port, durable: false, CancellationToken.None);
                return;
            }
            catch (StandaloneException) when (tries < 20)
            {
                // Sessions of the killed server still hold its memory.
                await Task.Delay(250);
            }
        }
    }
}
