using System.Diagnostics;
using System.Globalization;

namespace WebWaka.Standalone;

/// <summary>The running server of one cluster.</summary>
internal sealed class PostgresProcess(string cluster, PostgresBinaries binaries, ServerAccount account)
{
    string PidFile => Path.Combine(cluster, "postmaster.pid");

    string Log => Path.Combine(cluster, "server.log");

    /// <summary>The port of a server of this cluster that is still there, as after a kill -9 of the process that started it; else null.</summary>
    public int? FindRunning()
    {
        string text;
        try { text = File.ReadAllText(PidFile); }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException) { return null; }
        var lines = text.Split('\n');
        return lines.Length > 3
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            && IsOurs(Math.Abs(pid), text) ? port : null;
    }

    /// <summary>Starts the server in a session of its own (pg_ctl's), so that the terminal's Ctrl-C does not reach it.</summary>
    /// <param name="choosePort">Called again when a port was taken between the choice and the start.</param>
    /// <returns>The port it listens on, on 127.0.0.1.</returns>
    public async Task<int> StartAsync(Func<int> choosePort, bool durable, CancellationToken ct)
    {
        RemoveForeignPidFile();
        if (File.Exists(Log) && new FileInfo(Log).Length > 10_000_000) File.Move(Log, Log + ".1", overwrite: true);
        for (var attempt = 1; ; attempt++)
        {
            var port = choosePort();
            PostgresFolder.Configure(cluster, port, durable);
            // Five minutes: recovery after a power cut may have much of the log to read.
            var started = await account.RunAsync(binaries.Program("pg_ctl"), ["start", "-D", cluster, "-l", Log, "-w", "-t", "300", "-s"], ct);
            if (started is { Ok: true }) return port;
            // A killed start may have left a server that was not there yet when we looked.
            if (FindRunning() is { } other) return other;
            if (attempt < 3 && !FreePort.IsFree(port)) continue;
            throw new StandaloneException($"PostgreSQL does not start: {LastComplaint() ?? started?.LastLine ?? "pg_ctl cannot be run"}", $"More is in {Log}");
        }
    }

    /// <summary>Ends sessions, writes a checkpoint and waits until the server is gone.</summary>
    public async Task StopAsync()
    {
        if (FindRunning() is null) return;
        var stopped = await account.RunAsync(
            binaries.Program("pg_ctl"), ["stop", "-D", cluster, "-m", "fast", "-w", "-t", "120", "-s"], CancellationToken.None);
        if (stopped is not { Ok: true } && FindRunning() is not null)
            throw new StandaloneException($"PostgreSQL does not stop: {stopped?.LastLine ?? "pg_ctl cannot be run"}", $"More is in {Log}");
    }

    // After a reboot the number in the file may be another program's, which pg_ctl would take for the server.
    void RemoveForeignPidFile()
    {
        if (File.Exists(PidFile) && FindRunning() is null) File.Delete(PidFile);
    }

    // A server stands in its data folder: there we meet our own file again. Elsewhere than on Linux the program's name must do.
    static bool IsOurs(int pid, string pidFile)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return string.Equals(File.ReadAllText($"/proc/{pid}/cwd/postmaster.pid"), pidFile, StringComparison.Ordinal);
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    string? LastComplaint() => !File.Exists(Log) ? null : File.ReadLines(Log).LastOrDefault(line =>
        line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal));
}
