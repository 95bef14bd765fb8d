using System.Diagnostics;
using Npgsql;
using WebWaka.Tool.Verify;

namespace WebWaka.Database.Tests.Db;

/// <summary>The operator's command as a process, configured as in production.</summary>
internal static class Tool
{
    public sealed record Said(int ExitCode, string Output, string Error);

    public static Task<Said> Run(SoldDatabase sold, string admin, params string[] arguments) => Run(Environment(sold, admin), arguments);

    public static async Task<Said> Run(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(Verification).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("DATABASE_URL") || name.StartsWith("ConnectionStrings__")).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Said(process.ExitCode, output, await error);
    }

    public static Dictionary<string, string> Environment(SoldDatabase sold, string admin)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DATABASE_URL"] = admin, ["ConnectionStrings__ops"] = As("webwaka_ops") };
        foreach (var cell in Wiring.Cells)
        {
            environment[$"ConnectionStrings__{cell}"] = As(Wiring.AppRole(cell));
            environment[$"ConnectionStrings__{Wiring.RelayOf(cell)}"] = As(Wiring.RelayRole(cell));
        }

        return environment;

        string As(string user) => new NpgsqlConnectionStringBuilder(admin) { Username = user, Password = sold.Password }.ConnectionString;
    }

    /// <summary>It ended well; otherwise what it said is shown.</summary>
    public static async Task<Said> Ok(this Task<Said> run)
    {
        var said = await run;
        Assert.True(said.ExitCode == 0, $"{said.ExitCode}: {said.Error}{said.Output}");
        return said;
    }

    public static async Task Fails(this Task<Said> run, int exitCode) => Assert.Equal(exitCode, (await run).ExitCode);

    /// <summary>It stopped with one line that says this, and did nothing.</summary>
    public static async Task Refuses(this Task<Said> run, string because)
    {
        var said = await run;
        Assert.True(said.ExitCode == 2, $"{said.ExitCode}: {said.Error}{said.Output}");
        Assert.Contains(because, Assert.Single(said.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}

/// <summary>A folder for one test's backups.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("webwaka-db-").FullName;

    public string[] Backups => Directory.GetDirectories(Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
