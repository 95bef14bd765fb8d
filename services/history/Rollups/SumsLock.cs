using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WebWaka.History.Rollups;

/// <summary>
/// One writer at a time for each shop's sums and audit chain. Sales, voids and refunds come by queues of their own and to several
/// processes, each in an order of its own: a void of one till and a refund of another would wait for each other's rows.
/// </summary>
internal static class SumsLock
{
    public static NpgsqlBatchCommand Of(Guid tenant) => new("SELECT pg_advisory_xact_lock(hashtextextended($1, 2))")
    {
        Parameters = { new NpgsqlParameter { Value = tenant.ToString() } },
    };

    public static Task Hold(this HistoryDb db, Guid tenant, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({tenant.ToString()}, 2))", ct);
}
