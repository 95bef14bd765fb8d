using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Tool.Db;

/// <summary>The database that a command is about: by settings as in production, or Standalone's on a desk, which is started for it.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly PostgresServer? _brought;

    private Target(string admin, string ops, Func<string, string> passwordOf, PostgresServer? brought = null) =>
        (Admin, Ops, PasswordOf, _brought) = (Patient(admin), Patient(ops), passwordOf, brought);

    /// <summary>The administrator's connection string.</summary>
    public string Admin { get; }

    /// <summary>The connection string of the role that sees every tenant's rows.</summary>
    public string Ops { get; }

    /// <summary>What each role is to log in with.</summary>
    public Func<string, string> PasswordOf { get; }

    public static async Task<Target> Open(string? dataFolder, CancellationToken ct)
    {
        if (dataFolder is null && Environment.GetEnvironmentVariable(Wiring.Variables.DatabaseUrl) is { Length: > 0 } url)
            return new Target(ServerUrls.Postgres(url), Settings.OpsOrNothing(), Settings.PasswordOf);
        var folder = Path.GetFullPath(dataFolder ?? Path.Combine(Connections.SolutionFolder(), ".data"));
        if (dataFolder is null && !Directory.Exists(Path.Combine(folder, "secrets")))
            throw new StandaloneException(
                $"{Wiring.Variables.DatabaseUrl} is missing",
                "set it to the administrator's address of the database, or name Standalone's folder with --data DIR");
        return IsOpen(folder) ? Running(folder) : await Brought(folder, ct);
    }

    /// <summary>Standalone runs and has its server: its port and secrets are in the folder.</summary>
    private static Target Running(string folder)
    {
        string Secret(string name) => File.Exists(Path.Combine(folder, "secrets", name))
            ? File.ReadAllText(Path.Combine(folder, "secrets", name)).Trim()
            : throw new StandaloneException($"{folder} has no password of {name}", "restore its secrets from a backup");
        var server = Connections.Server(folder);
        var admin = new NpgsqlConnectionStringBuilder(server);
        if (string.IsNullOrEmpty(admin.Username))
            (admin.Username, admin.Password) = ("postgres", Secret("postgres-password"));
        return new Target(admin.ConnectionString, As(admin, Wiring.OpsRole, Secret), Secret);
    }

    private static async Task<Target> Brought(string folder, CancellationToken ct)
    {
        var given = Environment.GetEnvironmentVariable(Wiring.Variables.DatabaseUrl) is { Length: > 0 } url ? ServerUrls.Postgres(url) : null;
        var server = await PostgresServer.FindOrBringAsync(new StandaloneOptions { DataPath = folder, Database = given }, Console.WriteLine, ct);
        var admin = new NpgsqlConnectionStringBuilder(server.AdminConnectionString);
        return new Target(admin.ConnectionString, As(admin, Wiring.OpsRole, server.Data.Secret), server.Data.Secret, server);
    }

    /// <summary>Whether a program has the folder open at this moment.</summary>
    private static bool IsOpen(string folder)
    {
        var file = Path.Combine(folder, "lock");
        if (!File.Exists(file))
            return false;
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string As(NpgsqlConnectionStringBuilder admin, string user, Func<string, string> passwordOf) =>
        new NpgsqlConnectionStringBuilder(admin.ConnectionString) { Username = user, Password = passwordOf(user) }.ConnectionString;

    /// <summary>An index over a big table takes longer than Npgsql's thirty seconds, and so does another's push that is waited for.</summary>
    private static string Patient(string connection) =>
        connection.Length == 0 ? "" : new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0, PersistSecurityInfo = true }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_brought is not null)
            await _brought.DisposeAsync();
    }
}
