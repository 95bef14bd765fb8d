using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace WebWaka.Distributed.Tests;

/// <summary>
/// The network between one process and one server. Cut, it carries nothing and tells nobody: connections stay open and new ones
/// are made, as behind a router that has died. Mended, what was open is reset.
/// </summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private readonly int _server;
    private volatile TaskCompletionSource _whole = Done();

    public Wire(int server)
    {
        _server = server;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend()
    {
        foreach (var socket in _open.Keys)
            Reset(socket);
        var cut = _whole;
        _whole = Done();
        cut.TrySetResult();
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Carry(await _listener.AcceptSocketAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Carry(Socket client)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        (client.NoDelay, server.NoDelay) = (true, true);
        _open[client] = _open[server] = true;
        try
        {
            await _whole.Task;
            await server.ConnectAsync(IPAddress.Loopback, _server);
            // Whichever end closes first, the other hears of it.
            await Task.WhenAny(Pump(client, server), Pump(server, client));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The server is not there.
        }

        Reset(client);
        Reset(server);
        _open.TryRemove(client, out _);
        _open.TryRemove(server, out _);
    }

    private async Task Pump(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
            {
                await _whole.Task;
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Closed or reset.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was closed already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        Mend();
        await _accepting;
        _listener.Dispose();
    }
}
