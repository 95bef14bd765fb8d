using System.Security.Cryptography;

namespace WebWaka.Standalone;

/// <summary>Where the cluster lies, and how a new one is made there.</summary>
internal static class PostgresFolder
{
    /// <summary>
    /// <c>DATA/postgres</c>; but when we are root and the server's account cannot pass through to it (a clone below /root),
    /// a new folder in <c>/var/lib/webwaka</c>, whose path is kept in <c>DATA/postgres-folder</c>.
    /// </summary>
    public static async Task<string> LocateAsync(DataFolder data, ServerAccount account, Action<string> progress, CancellationToken ct)
    {
        var usual = Path.Combine(data.Path, "postgres");
        var elsewhere = Path.Combine(data.Path, "postgres-folder");
        if (File.Exists(elsewhere)) return (await File.ReadAllTextAsync(elsewhere, ct)).Trim();
        if (await account.CanEnterAsync(data.Path, ct)) return usual;
        var parent = Path.Combine("/var/lib/webwaka", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
        DataFolder.CreateFolder("/var/lib/webwaka");
        DataFolder.CreateFolder(parent);
        if (Exists(usual) || !await account.CanEnterAsync(parent, ct))
            throw new StandaloneException(
                $"PostgreSQL cannot run as root, and no other user can reach {data.Path}", "Start as a user other than root, or with --data /srv/webwaka");
        progress($"The database goes to {parent}, since only root can reach {data.Path}");
        var cluster = Path.Combine(parent, "postgres");
        DataFolder.Replace(elsewhere, cluster);
        return cluster;
    }

    public static bool Exists(string cluster) => File.Exists(Path.Combine(cluster, "PG_VERSION"));

    /// <summary>initdb beside the final place and a rename at the end, so that a killed start leaves no half cluster.</summary>
    public static async Task CreateAsync(string cluster, string password, bool durable, PostgresBinaries binaries, ServerAccount account, CancellationToken ct)
    {
        var parent = Path.GetDirectoryName(cluster)!;
        foreach (var leftover in Directory.EnumerateDirectories(parent, "postgres.new-*")) Directory.Delete(leftover, recursive: true);
        var made = Path.Combine(parent, $"postgres.new-{Environment.ProcessId}");
        Directory.CreateDirectory(made);
        var handover = Directory.CreateTempSubdirectory("webwaka-").FullName;
        try
        {
            var passwordFile = Path.Combine(handover, "password");
            DataFolder.Replace(passwordFile, password);
            await account.TakeOverAsync(handover, ct);
            await account.TakeOverAsync(made, ct);
            var done = await InitAsync("C.UTF-8");
            // Not every system has C.UTF-8, and before 17 PostgreSQL has none of its own.
            if (done is { Ok: false } && done.Output.Contains("locale", StringComparison.Ordinal)) done = await InitAsync("C");
            if (done is not { Ok: true })
                throw new StandaloneException(
                    $"The database cannot be made in {parent}: {done?.LastLine ?? "initdb cannot be run"}", "Mend that, or name another folder with --data");
            Directory.Move(made, cluster);

            Task<Finished?> InitAsync(string locale) => account.RunAsync(binaries.Program("initdb"),
            [
                "-D", made, "-U", "postgres", "-E", "UTF8", "-A", "scram-sha-256", $"--pwfile={passwordFile}", "--data-checksums",
                .. (string[])(binaries.Major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : [$"--locale={locale}"]),
                .. (string[])(durable ? [] : ["--no-sync"]),
            ], ct);
        }
        finally
        {
            Directory.Delete(handover, recursive: true);
        }
    }

    /// <summary>Our settings as a file of their own, written at each start; PostgreSQL's own file only includes it.</summary>
    public static void Configure(string cluster, int port, bool durable)
    {
        File.WriteAllText(Path.Combine(cluster, "webwaka.conf"), $"""
            # Written by WebWaka POS at each start: change postgresql.conf below the include instead.
            listen_addresses = '127.0.0.1'
            port = {port}
            unix_socket_directories = ''
            max_connections = 200
            shared_buffers = {(durable ? SharedMegabytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) : 128)}MB
            max_wal_size = 4GB            # fewer checkpoints, so fewer whole pages in the log
            jit = off                     # compiling costs more than any query here gains
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] %u '
            log_error_verbosity = terse   # a failing row's values name people
            {(durable ? "" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")}
            """);
        var main = Path.Combine(cluster, "postgresql.conf");
        if (!File.ReadLines(main).Any(line => line.StartsWith("include 'webwaka.conf'", StringComparison.Ordinal)))
            File.AppendAllText(main, "\ninclude 'webwaka.conf'\n");
    }

    /// <summary>
    /// An eighth of the bytes that this machine or container has: PostgreSQL's manual says a quarter where it is alone, and here it is
    /// not (docs/decisions/0058).
    /// </summary>
    internal static long SharedMegabytes(long memory) => Math.Clamp(memory / 8 >> 20, 128, 1024);
}
