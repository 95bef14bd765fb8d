using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WebWaka.Tool.Bench;

/// <summary>
/// One caller's connection to the gateway: HTTP/1.1 on a bare socket, so that what drives the load takes as little of the machine
/// as pgbench does beside the limit.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private const string LengthHeader = "\r\nContent-Length:";
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _received = new byte[64 * 1024];

    public static async Task<RawConnection> Open(int port, CancellationToken ct)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return connection;
    }

    /// <summary>A tenant's request.</summary>
    public ValueTask<HttpStatusCode> Post(string path, string host, string token, string key, string json, CancellationToken ct) =>
        Post(path, host, $"Authorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n", json, ct);

    /// <summary>Sends it and reads the whole answer.</summary>
    /// <param name="headers">Each with the end of its line.</param>
    public async ValueTask<HttpStatusCode> Post(string path, string host, string headers, string json, CancellationToken ct)
    {
        var request = $"POST {path} HTTP/1.1\r\nHost: {host}\r\n{headers}" +
            $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}";
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request), ct);
        var have = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_received.AsMemory(have), ct);
            if (read == 0)
                throw new IOException("the gateway closed the connection");
            have += read;
            if (IsWhole(_received.AsSpan(0, have)))
                return (HttpStatusCode)int.Parse(_received.AsSpan(9, 3), CultureInfo.InvariantCulture);
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var headers = Encoding.ASCII.GetString(answer[..head]);
        var length = headers.IndexOf(LengthHeader, StringComparison.OrdinalIgnoreCase);
        // Without a length it comes in chunks, of which the last is empty.
        if (length < 0)
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        var digits = headers.AsSpan(length + LengthHeader.Length);
        var end = digits.IndexOf('\r');
        return answer.Length >= head + 4 + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();
}
