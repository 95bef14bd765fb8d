using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WebWaka.Payments.Ledger;

/// <summary>
/// A sale and its void may be booked at the same moment by two processes, and each must see the other. Sales hold the tenant's
/// lock together, a void holds it alone.
/// </summary>
internal static class SaleLock
{
    /// <summary>A command of its own: only a statement that begins after the lock is held sees what was committed before.</summary>
    public static NpgsqlBatchCommand Shared(Guid tenant) => new("SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 1))")
    {
        Parameters = { new NpgsqlParameter { Value = tenant.ToString() } },
    };

    public static Task Alone(PaymentsDb db, Guid tenant, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({tenant.ToString()}, 1))", ct);
}
