using System.Diagnostics;
using System.Globalization;

namespace WebWaka.Standalone.Tests;

/// <summary>The program itself as a process, which can be asked to stop, or killed.</summary>
internal sealed class StandaloneProgram : IAsyncDisposable
{
    readonly Process _process;

    StandaloneProgram(Process process) => _process = process;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static StandaloneProgram Start(Scratch scratch, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [typeof(StandaloneOptions).Assembly.Location, "--data", scratch.Below("data"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = scratch.Path,
        };
        start.Environment.Remove("DATABASE_URL");
        start.Environment.Remove("REDIS_URL");
        return new(Process.Start(start)!);
    }

    /// <summary>Reads on until the line that says it is ready.</summary>
    public async Task<StandaloneProgram> ReadyAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(Stop) is { } line)
            if (line.StartsWith("Ready", StringComparison.Ordinal)) return this;
        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(Stop));
    }

    public async Task<(int ExitCode, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(Stop);
        return (_process.ExitCode, await _process.StandardError.ReadToEndAsync(Stop));
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stop);
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await SignalAsync("TERM");
        await _process.WaitForExitAsync(Stop);
        _process.Dispose();
    }
}
