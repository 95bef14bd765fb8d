using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace WebWaka.Distributed;

/// <summary>One process of the distributed system: started, asked to stop, killed, and started again as it was.</summary>
public sealed class Part(string name, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, string folder)
    : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private Process? _process;

    public string Name { get; } = name;

    public bool Running => _process is { HasExited: false };

    /// <summary>Everything that it has said, over all its lives.</summary>
    public string Log { get; } = Path.Combine(folder, $"{name}.log");

    /// <param name="ready">Asked again and again until it says so.</param>
    public async Task Start(Func<Task<bool>> ready)
    {
        Launch([]);
        for (var clock = Stopwatch.StartNew(); !await ready(); await Task.Delay(50))
        {
            if (!Running || clock.Elapsed > StartsWithin)
                throw new InvalidOperationException($"{Name} does not start: {LastWords()}");
        }
    }

    /// <summary>Starts it with these variables too, and waits for nothing.</summary>
    public void Launch(Dictionary<string, string?> also)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        foreach (var (variable, value) in environment.Concat(also))
            start.Environment[variable] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Note(e.Data);
        _process.ErrorDataReceived += (_, e) => Note(e.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it has ended by itself. Returns its exit code: 128 and the signal where one ended it.</summary>
    public async Task<int> Ends(TimeSpan within)
    {
        using CancellationTokenSource patience = new(within);
        await _process!.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9: nothing that it holds is finished.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Kubernetes stops it. Returns its exit code.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        return await Ends(TimeSpan.FromSeconds(60));
    }

    public async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public static async Task<bool> Listens(int port)
    {
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Everything it has said.</summary>
    public string Words => Tail(0);

    public bool HasSaid(string words, long since) => Tail(since).Contains(words, StringComparison.Ordinal);

    public long Said => File.Exists(Log) ? new FileInfo(Log).Length : 0;

    private string Tail(long since)
    {
        if (!File.Exists(Log))
            return "";
        using FileStream stream = new(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(since, SeekOrigin.Begin);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private string LastWords() => string.Join('\n', Tail(0).Split('\n').TakeLast(15));

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (Log)
            File.AppendAllText(Log, line + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        if (Running)
            await Kill();
        _process?.Dispose();
    }
}
