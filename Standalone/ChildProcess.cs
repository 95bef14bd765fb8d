using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace WebWaka.Standalone;

/// <summary>What a finished child process said.</summary>
internal sealed record Finished(int ExitCode, string Output)
{
    public bool Ok => ExitCode == 0;

    /// <summary>The last line that says something, for a message of one line.</summary>
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}

internal static class ChildProcess
{
    /// <summary>Runs a program to its end, with its output and errors together; cancelling kills it with all that it started.</summary>
    /// <returns>Null when there is no such program or it may not be run.</returns>
    public static async Task<Finished?> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken ct,
        string? workingDirectory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        // No window on Windows also means no Ctrl-C from the terminal: the child ends when we say so.
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            if (value is null) start.Environment.Remove(name);
            else start.Environment[name] = value;
        using Process process = new() { StartInfo = start };
        var output = new StringBuilder();
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        try { process.Start(); }
        catch (Win32Exception) { return null; }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        lock (output) return new Finished(process.ExitCode, output.ToString());

        void Keep(string? line)
        {
            if (line is null) return;
            lock (output) output.Append(line).Append('\n');
        }
    }

    /// <summary>The full path of a program on PATH, links resolved; null when it is not there.</summary>
    public static string? OnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            foreach (var ending in endings)
                if (new FileInfo(Path.Combine(folder, program + ending)) is { Exists: true } found)
                    return found.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found.FullName;
        return null;
    }
}
