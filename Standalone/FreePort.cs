using System.Net;
using System.Net.Sockets;

namespace WebWaka.Standalone;

public static class FreePort
{
    /// <summary>A loopback TCP port that nobody listens on. Below 32768, where systems start to hand out ports for outgoing connections.</summary>
    public static int Choose()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = Random.Shared.Next(20000, 32000);
            if (IsFree(port)) return port;
        }
        throw new StandaloneException("No free TCP port between 20000 and 32000 on 127.0.0.1", "End what holds them");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
