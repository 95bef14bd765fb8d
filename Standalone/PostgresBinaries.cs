using System.Globalization;
using System.Text.RegularExpressions;

namespace WebWaka.Standalone;

/// <summary>A folder with PostgreSQL's server programs, and their major version.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>14 has ended (November 2026).</summary>
    public const int OldestMajor = 15;

    public string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Where installers put PostgreSQL, PATH first.</summary>
    public static IEnumerable<string> UsualFolders()
    {
        if (ChildProcess.OnPath("pg_ctl") is { } onPath) yield return Path.GetDirectoryName(onPath)!;
        var programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
        (string Parent, string Pattern)[] places = OperatingSystem.IsWindows()
            ? [(Path.Combine(programs, "PostgreSQL"), "*")]
            : OperatingSystem.IsMacOS()
                ? [("/opt/homebrew/opt", "postgresql*"), ("/usr/local/opt", "postgresql*"), ("/Applications/Postgres.app/Contents/Versions", "*")]
                : [("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/usr/local", "pgsql*"), ("/home/linuxbrew/.linuxbrew/opt", "postgresql*")];
        foreach (var (parent, pattern) in places)
            if (Directory.Exists(parent))
                foreach (var version in Directory.EnumerateDirectories(parent, pattern)) yield return Path.Combine(version, "bin");
    }

    /// <summary>The complete servers of <see cref="OldestMajor"/> or newer that <paramref name="account"/> may run, newest first.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(IEnumerable<string> folders, ServerAccount account, CancellationToken ct)
    {
        List<PostgresBinaries> found = [];
        foreach (var folder in folders.Distinct(StringComparer.Ordinal))
            if (await TryReadAsync(folder, account, ct) is { } binaries) found.Add(binaries);
        return [.. found.OrderByDescending(binaries => binaries.Major)];
    }

    /// <summary>Null unless the folder has initdb, pg_ctl and a postgres that runs and is not too old.</summary>
    public static async Task<PostgresBinaries?> TryReadAsync(string folder, ServerAccount account, CancellationToken ct)
    {
        PostgresBinaries binaries = new(folder, 0);
        if (!File.Exists(binaries.Program("initdb")) || !File.Exists(binaries.Program("pg_ctl"))) return null;
        var said = await account.RunAsync(binaries.Program("postgres"), ["--version"], ct);
        if (said is not { Ok: true } || MajorVersion().Match(said.Output) is not { Success: true } match) return null;
        var major = int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture);
        return major >= OldestMajor ? binaries with { Major = major } : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MajorVersion();
}
