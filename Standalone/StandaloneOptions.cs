using System.CommandLine;
using System.Globalization;

namespace WebWaka.Standalone;

/// <summary>What the command line and the environment ask for.</summary>
public sealed record StandaloneOptions
{
    /// <summary>Everything kept between starts: the cluster, secrets, logs, the lock.</summary>
    public required string DataPath { get; init; }

    /// <summary>The folder that holds <c>WebWakaPos.sln</c>; null outside a clone.</summary>
    public string? SolutionRoot { get; init; }

    /// <summary>The TCP port of the gateway.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Whether the demo tenants and their log-ins exist; while they do, only loopback is listened on.</summary>
    public bool Demo { get; init; } = true;

    /// <summary>An Npgsql connection string, already read from <c>DATABASE_URL</c>; null to find or bring a server.</summary>
    public string? Database { get; init; }

    /// <summary>A StackExchange.Redis configuration, already read from <c>REDIS_URL</c>; null for Garnet in process.</summary>
    public string? Redis { get; init; }

    /// <summary>The domain whose first label is the shop, already read from <c>NEXT_PUBLIC_ROOT_DOMAIN</c>.</summary>
    public string RootDomain { get; init; } = "localhost";

    /// <summary>False: no fsync, in a folder of its own that is deleted afterwards. For tests only.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>A cluster for one test run: fast, empty and deleted at the end.</summary>
    public static StandaloneOptions ThrowAway() => new() { DataPath = "", Durable = false };

    /// <summary>Reads <paramref name="args"/> and runs <paramref name="run"/>, unless it is <c>--help</c>, <c>--version</c> or a mistake.</summary>
    /// <returns>The process's exit code: 0 well, 1 a command line that cannot be read, 2 a <see cref="StandaloneException"/>.</returns>
    public static Task<int> RunAsync(
        string[] args, Func<string, string?> environment, string workingDirectory, Func<StandaloneOptions, CancellationToken, Task> run)
    {
        Option<string?> data = new("--data") { Description = "Folder of everything that is kept (default: .data beside the solution, else ~/.webwaka)" };
        Option<int> port = new("--port") { Description = "TCP port of the till, the back office and the API", DefaultValueFactory = _ => 8080 };
        Option<bool> noDemo = new("--no-demo") { Description = "Start without the demo shops and listen on every address: for a shop" };
        port.Validators.Add(value =>
        {
            if (value.Tokens is [.., var text] && (!int.TryParse(text.Value, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535))
                value.AddError("--port is a number from 1 to 65535");
        });
        RootCommand root = new("WebWaka POS: every Cell, the gateway and the web pages in one process") { data, port, noDemo };
        root.SetAction(async parsed =>
        {
            try
            {
                var solution = FindSolutionRoot(workingDirectory);
                StandaloneOptions options = new()
                {
                    SolutionRoot = solution,
                    DataPath = Path.GetFullPath(parsed.GetValue(data) ?? DefaultDataPath(solution), workingDirectory),
                    Port = parsed.GetValue(port),
                    Demo = !parsed.GetValue(noDemo),
                    Database = Given(environment("DATABASE_URL")) is { } database ? ServerUrls.Postgres(database) : null,
                    RootDomain = StartSettings.RootDomain(environment(Wiring.Variables.RootDomain)),
                    Redis = Given(environment("REDIS_URL")) is { } redis ? ServerUrls.Redis(redis) : null,
                };
                using StopSignals signals = new();
                await run(options, signals.Token);
                return 0;
            }
            catch (StartException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 2;
            }
        });
        // StopSignals instead: parts are stopped in order for as long as that takes, and a closed terminal counts too.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>The nearest folder upward that holds the solution, or null.</summary>
    internal static string? FindSolutionRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "WebWakaPos.sln"))) return folder.FullName;
        return null;
    }

    static string DefaultDataPath(string? solution) => solution is not null
        ? Path.Combine(solution, ".data")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".webwaka");

    static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
