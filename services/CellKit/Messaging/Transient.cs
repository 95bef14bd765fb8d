using System.Net.Sockets;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>Tells a failure of the surroundings from the fault of what was being done.</summary>
internal static class Transient
{
    /// <summary>Whether the same may succeed a moment later: a database or a network that is away, a deadlock, a timeout.</summary>
    public static bool Is(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is NpgsqlException { IsTransient: true } or SocketException or TimeoutException or IOException)
                return true;
        }

        return false;
    }
}
