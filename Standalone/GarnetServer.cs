using System.Globalization;
using StackExchange.Redis;

namespace WebWaka.Standalone;

/// <summary>Redis's protocol on a loopback port of this process, or the server at <c>REDIS_URL</c>.</summary>
/// <remarks>Holds caches and counters only: it starts empty, and forgets its oldest entries when its memory is full.</remarks>
public sealed class GarnetServer : IAsyncDisposable
{
    readonly Garnet.GarnetServer? _own;

    GarnetServer(Garnet.GarnetServer? own, string connectionString) => (_own, ConnectionString) = (own, connectionString);

    /// <summary>A StackExchange.Redis configuration, with the password where there is one.</summary>
    public string ConnectionString { get; }

    /// <summary>The address without the password, to be shown.</summary>
    public string Address => string.Join(", ", ConfigurationOptions.Parse(ConnectionString).EndPoints.Select(end => end.ToString()));

    /// <exception cref="StandaloneException">It does not start.</exception>
    public static GarnetServer Start(StandaloneOptions options)
    {
        if (options.Redis is { } given) return new(null, given);
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Choose();
            Garnet.GarnetServer? server = null;
            try
            {
                // A script is atomic in Redis; in Garnet only in its transaction mode, and the rate limits count on it.
                server = new Garnet.GarnetServer(
                [
                    "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
                    "--memory", "64m", "--page", "1m", "--index", "8m", "--network-buffer-memory-budget", "64m",
                    "--lua", "true", "--lua-transaction-mode", "true", "-q", "true", "--logger-level", "Critical",
                ]);
                server.Start();
                return new(server, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"));
            }
            catch (Exception e)
            {
                server?.Dispose();
                if (attempt < 3 && !FreePort.IsFree(port)) continue;
                throw new StandaloneException($"Garnet does not start: {e.Message}", "Set REDIS_URL to a Redis server", e);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _own?.Dispose();
        return ValueTask.CompletedTask;
    }
}
