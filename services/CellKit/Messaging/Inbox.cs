using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WebWaka.CellKit;

/// <summary>Makes at-least-once delivery happen once in effect: the event's id is stored in the transaction of what it causes.</summary>
public static class Inbox
{
    /// <summary>Many things may each meet another. One alone needs two.</summary>
    private const int MostTries = 3;

    /// <summary>
    /// One transaction for the whole batch. For each tenant in it, <paramref name="apply"/> gets those events that this consumer
    /// has not taken before, in order; what it changes through <paramref name="db"/> is saved. Tenants and ids are taken in the
    /// order of their keys, so that two batches of the same events wait for each other and never across each other.
    /// </summary>
    public static Task ConsumeOnce<T>(
        this CellDb db, string consumer, Deliveries<T> batch, Func<IReadOnlyList<Delivery<T>>, Task> apply, CancellationToken ct) =>
        db.InTransaction(async () =>
        {
            foreach (var (tenant, items) in batch.ByTenant())
            {
                await db.Enter(tenant, ct);
                var ids = items.ConvertAll(item => item.EventId);
                var fresh = (await db.Database.SqlQuery<Guid>(
                    $"""
                    INSERT INTO inbox (tenant_id, consumer, event_id, at)
                    SELECT {tenant}, {consumer}, id, {db.Now} FROM unnest({ids}) AS t(id) ORDER BY id
                    ON CONFLICT DO NOTHING RETURNING event_id
                    """)
                    .ToListAsync(ct)).ToHashSet();
                var unseen = items.Where(item => fresh.Remove(item.EventId)).ToList();
                if (unseen.Count == 0)
                    continue;
                await apply(unseen);
                await db.SaveChangesAsync(ct);
                db.ChangeTracker.Clear();
            }
        }, ct);

    /// <summary>
    /// The same in one round trip, for the consumers that must keep up with every sale: <paramref name="add"/> adds commands whose
    /// first common table expression is the inbox insert. They run in the batch's own transaction, after its tenant has been set. They may
    /// leave out what they see to be there already: one thing told at the same moment under two events' ids meets itself in a key, and the
    /// second then begins again and sees the first.
    /// </summary>
    public static async Task ConsumeInOneRoundTrip<T>(
        this NpgsqlDataSource source, Deliveries<T> batch, Action<NpgsqlBatch, Guid, IReadOnlyList<Delivery<T>>> add, CancellationToken ct)
    {
        await using var commands = source.CreateBatch();
        foreach (var (tenant, items) in batch.ByTenant())
        {
            commands.BatchCommands.Add(SetTenant(tenant));
            add(commands, tenant, items);
        }

        Failpoints.Pass(Failpoint.BeforeBatchCommit);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await commands.ExecuteNonQueryAsync(ct);
                break;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation && tries < MostTries)
            {
                // Whoever was first has committed by now.
            }
        }

        Failpoints.Pass(Failpoint.AfterBatchCommit);
    }

    /// <summary>The first command of every batch: tells row-level security the tenant, for this transaction only.</summary>
    public static NpgsqlBatchCommand SetTenant(Guid tenant) => new("SELECT set_config('app.tenant_id', $1, true)")
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } },
    };
}
