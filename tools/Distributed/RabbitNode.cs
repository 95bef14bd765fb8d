using System.Globalization;
using WebWaka.Standalone;

namespace WebWaka.Distributed;

/// <summary>A RabbitMQ of our own: Debian's server as a process, with its own folder, ports, cookie and name server.</summary>
public sealed class RabbitNode : IAsyncDisposable
{
    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly int _namesPort = FreePort.Choose();
    private readonly Part _names;
    private readonly string _disk;
    private readonly Part _broker;

    public int Port { get; } = FreePort.Choose();

    public string Url => UrlThrough(Port);

    /// <summary>Its address for one who reaches it by another port.</summary>
    public static string UrlThrough(int port) => $"amqp://app:only-for-tests@127.0.0.1:{port}/";

    public Part Process => _broker;

    public RabbitNode(string folder)
    {
        if (!File.Exists(Server))
            throw new InvalidOperationException($"{Server} is missing: install rabbitmq-server, or run ./test.sh, which does.");
        var names = Text(_namesPort);
        _disk = Path.Combine(folder, "mnesia");
        File.WriteAllText(Path.Combine(folder, ".erlang.cookie"), "only-for-tests");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, ".erlang.cookie"), UnixFileMode.UserRead);
        // With the default log of 512 MiB all that is in one is written to the queues' files at once, on the disk that PostgreSQL flushes to.
        File.WriteAllText(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{Port}
            default_user = app
            default_pass = only-for-tests
            vm_memory_high_watermark.relative = 0.2
            disk_free_limit.absolute = 50MB
            heartbeat = 3
            raft.wal_max_size_bytes = 67108864

            """);
        File.WriteAllText(Path.Combine(folder, "plugins"), "[].\n");
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["LANG"] = "C.UTF-8",
            ["RABBITMQ_NODENAME"] = $"tests{Port}@localhost",
            ["RABBITMQ_MNESIA_BASE"] = _disk,
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq.conf"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_DIST_PORT"] = Text(FreePort.Choose()),
            ["ERL_EPMD_PORT"] = names,
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            // The server takes the shell's place, so that what we kill is the server.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
        };
        _names = new Part("epmd", "/usr/bin/epmd", ["-port", names, "-address", "127.0.0.1"], environment, folder);
        _broker = new Part("rabbitmq", Server, [], environment, folder);
    }

    /// <summary>Every queue and message is gone. Only while it does not run.</summary>
    public void LoseDisk() => Directory.Delete(_disk, recursive: true);

    public async Task Start()
    {
        if (!_names.Running)
            await _names.Start(() => Part.Listens(_namesPort));
        var before = _broker.Said;
        await _broker.Start(() => Task.FromResult(_broker.HasSaid("Server startup complete", before)));
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _names.DisposeAsync();
    }
}
