namespace WebWaka.Standalone;

/// <summary>The till and the back office as files, built when they are missing or older than what they are made from.</summary>
public static class WebBuild
{
    // What a build never reads: its own results and what npm brings.
    static readonly string[] NotSource = ["node_modules", "out", ".next", "e2e", "test-results", "playwright-report", "coverage"];

    static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["NEXT_TELEMETRY_DISABLED"] = "1", ["NEXT_IGNORE_INCORRECT_LOCKFILE"] = "1", ["CI"] = "1",
    };

    /// <summary>The folder of the pages; null where there is no source or no Node to build it, which is told in a line.</summary>
    /// <exception cref="StandaloneException">The build failed.</exception>
    public static async Task<string?> PagesAsync(string? solutionRoot, DataFolder data, Action<string> progress, CancellationToken ct)
    {
        if (solutionRoot is null || Path.Combine(solutionRoot, "web") is not { } web || !File.Exists(Path.Combine(web, "package.json")))
        {
            progress("No web pages: there is no web folder beside the solution. The API works without them.");
            return null;
        }
        var pages = Path.Combine(web, "out");
        if (IsCurrent(web, pages)) return pages;
        if (ChildProcess.OnPath("npm") is not { } npm || ChildProcess.OnPath("node") is null)
        {
            progress("No web pages: building them needs Node 20 or newer with npm. The API works without them.");
            return null;
        }
        var log = data.LogFile("web-build.log");
        await File.WriteAllTextAsync(log, "", ct);
        if (!IsInstalled(web))
        {
            progress("Bringing what the web pages are built with (npm ci)");
            await RunAsync(npm, ["ci", "--no-audit", "--no-fund"], web, log, ct);
        }
        progress("Building the web pages, once");
        await RunAsync(npm, ["run", "build"], web, log, ct);
        if (!Directory.Exists(pages)) throw new StandaloneException($"The web build left no folder {pages}", $"Its log is {log}");
        return pages;
    }

    /// <summary>Folders count as well as files, since only they show that something was deleted.</summary>
    internal static bool IsCurrent(string web, string pages)
    {
        if (!File.Exists(Path.Combine(pages, "index.html"))) return false;
        var built = Directory.EnumerateFiles(pages, "*", SearchOption.AllDirectories).Max(File.GetLastWriteTimeUtc);
        return Sources(web).All(source => File.GetLastWriteTimeUtc(source) <= built);
    }

    // npm writes this file last: a folder without it is a broken-off installation.
    static bool IsInstalled(string web)
    {
        var mark = Path.Combine(web, "node_modules", ".package-lock.json");
        return File.Exists(mark) && File.GetLastWriteTimeUtc(mark) >= File.GetLastWriteTimeUtc(Path.Combine(web, "package-lock.json"));
    }

    static IEnumerable<string> Sources(string web) => Directory.EnumerateFileSystemEntries(web)
        .Where(entry => !NotSource.Contains(Path.GetFileName(entry), StringComparer.Ordinal) && !entry.EndsWith(".tsbuildinfo", StringComparison.Ordinal))
        .SelectMany(entry => Directory.Exists(entry) ? Directory.EnumerateFileSystemEntries(entry, "*", SearchOption.AllDirectories).Prepend(entry) : [entry]);

    static async Task RunAsync(string npm, string[] arguments, string web, string log, CancellationToken ct)
    {
        var done = await ChildProcess.RunAsync(npm, arguments, ct, web, Surroundings);
        await File.AppendAllTextAsync(log, $"> npm {string.Join(' ', arguments)}\n{done?.Output}\n", ct);
        if (done is not { Ok: true })
            throw new StandaloneException($"npm {string.Join(' ', arguments)} failed in {web}: {done?.LastLine ?? "it cannot be run"}", $"Its log is {log}");
    }
}
