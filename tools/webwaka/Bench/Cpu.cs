using System.Globalization;
using Npgsql;

namespace WebWaka.Tool.Bench;

/// <summary>
/// Processor time used so far, in seconds: by this process (gateway, Cells, consumers and the bench's own clients) and by
/// PostgreSQL. Two readings around a round say what a sale costs, whatever else the machine does meanwhile.
/// </summary>
internal sealed record Cpu(double Own, double Postgres)
{
    private const double TicksPerSecond = 100;

    /// <summary>PostgreSQL's share is read from Linux's /proc; elsewhere, or with a server on another machine, it is not a number.</summary>
    public static async Task<Cpu> Read(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync(ct))!;
        return new Cpu(Environment.CpuUsage.TotalTime.TotalSeconds, OfServer(backend));
    }

    public static Cpu operator -(Cpu later, Cpu earlier) => new(later.Own - earlier.Own, later.Postgres - earlier.Postgres);

    private static double OfServer(int backend)
    {
        if (Stat(backend) is not { } own)
            return double.NaN;
        var server = own.Parent;
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Stat(id) : null);
        // The server itself counts the children that have ended; those that run are counted one by one.
        return (Stat(server)?.WithEndedChildren ?? 0) + processes.Where(process => process?.Parent == server).Sum(process => process!.Alone);
    }

    private sealed record Process(int Parent, double Alone, double WithEndedChildren);

    /// <summary>proc_pid_stat(5): after the name in brackets come state, parent, ... and utime, stime, cutime, cstime as fields 14 to 17.</summary>
    private static Process? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var (user, system, endedUser, endedSystem) = (Number(fields[11]), Number(fields[12]), Number(fields[13]), Number(fields[14]));
            return new Process((int)Number(fields[1]), (user + system) / TicksPerSecond, (user + system + endedUser + endedSystem) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
