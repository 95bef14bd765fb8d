using System.Diagnostics;
using System.Globalization;

namespace WebWaka.Standalone.Tests;

/// <summary>The program itself as a process, which can be asked to stop, or killed.</summary>
internal sealed class StandaloneProgram : IAsyncDisposable
{
    readonly Process _process;

    StandaloneProgram(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static StandaloneProgram Start(Scratch scratch, params string[] arguments) => StartOn(FreePort.Choose(), scratch, arguments);

    public static StandaloneProgram StartOn(int port, Scratch scratch, params string[] arguments) => StartOn(port, scratch, [], arguments);

    public static StandaloneProgram StartOn(int port, Scratch scratch, (string Name, string Value)[] environment, params string[] arguments) =>
        StartOn(port.ToString(CultureInfo.InvariantCulture), scratch, environment, arguments);

    /// <param name="port">As it is typed, so that it may be no port at all.</param>
    public static StandaloneProgram StartOn(string port, Scratch scratch, (string Name, string Value)[] environment, params string[] arguments)
    {
        string[] own = ["--data", scratch.Below("data"), "--port", port];
        ProcessStartInfo start = new("dotnet", [typeof(StandaloneOptions).Assembly.Location, .. own, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = scratch.Path,
        };
        start.Environment.Remove("DATABASE_URL");
        start.Environment.Remove("REDIS_URL");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new(Process.Start(start)!, int.TryParse(port, CultureInfo.InvariantCulture, out var number) ? number : 0);
    }

    /// <summary>Reads on until the line that says it is ready.</summary>
    public async Task<StandaloneProgram> ReadyAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            if (!line.StartsWith("WebWaka POS is ready", StringComparison.Ordinal)) continue;
            // What it says afterwards must not fill the pipe and stop it.
            _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return this;
        }

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
