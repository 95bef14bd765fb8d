using Npgsql;
using WebWaka.Standalone;

namespace WebWaka.Tool;

/// <summary>How the tool reaches a database: by configuration in production, by Standalone's data folder on a desk.</summary>
internal static class Connections
{
    /// <summary>The role that sees every tenant's rows: <c>ConnectionStrings__ops</c>, or what Standalone made in its data folder.</summary>
    public static string Ops(string? dataFolder)
    {
        if (Environment.GetEnvironmentVariable($"ConnectionStrings__{Wiring.Ops}") is { Length: > 0 } given)
            return ServerUrls.Postgres(given, $"ConnectionStrings__{Wiring.Ops}");
        var folder = Path.GetFullPath(dataFolder ?? Path.Combine(SolutionFolder(), ".data"));
        var secret = Path.Combine(folder, "secrets", "webwaka_ops");
        if (!File.Exists(secret))
            throw new StandaloneException(
                $"No database is known: {folder} is no data folder of Standalone", "name it with --data DIR, or set ConnectionStrings__ops");
        var settings = new NpgsqlConnectionStringBuilder(Server(folder))
        {
            Username = Wiring.OpsRole, Password = File.ReadAllText(secret).Trim(), CommandTimeout = 600,
        };
        return settings.ConnectionString;
    }

    /// <summary>Standalone's server: an address without a user where it is one of its own.</summary>
    public static string Server(string folder)
    {
        if (Environment.GetEnvironmentVariable(Wiring.Variables.DatabaseUrl) is { Length: > 0 } url)
            return ServerUrls.Postgres(url);
        var port = Path.Combine(folder, "postgres-port");
        return File.Exists(port)
            ? $"Host=127.0.0.1;Port={File.ReadAllText(port).Trim()};Database=webwaka"
            : throw new StandaloneException($"{folder} has no PostgreSQL of its own", $"set {Wiring.Variables.DatabaseUrl} as Standalone had it");
    }

    public static string SolutionFolder()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "WebWakaPos.sln")))
                return folder.FullName;
        }

        return Directory.GetCurrentDirectory();
    }
}
