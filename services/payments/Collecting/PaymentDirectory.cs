using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>Whose a payment is.</summary>
internal sealed record PaymentKey(Guid TenantId, Guid PaymentId);

/// <summary>
/// The payments of all tenants by reference, without a tenant: reached past the context, which knows tenants only. It holds no
/// money and no names, only whose a reference is and when to look.
/// </summary>
internal sealed class PaymentDirectory(NpgsqlDataSource database, CellContext cell)
{
    /// <summary>How long a taken payment is left to its taker.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly OutboxSignal _poked = new();

    public async Task<PaymentKey?> Find(string reference, CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT tenant_id, payment_id FROM payment_reference WHERE reference = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = reference });
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new PaymentKey(reader.GetGuid(0), reader.GetGuid(1)) : null;
    }

    /// <summary>Payments that wait for their customer at this device or account number.</summary>
    public async Task<List<PaymentKey>> At(string place, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "SELECT tenant_id, payment_id FROM payment_reference WHERE terminal_id = $1 AND check_at IS NOT NULL ORDER BY check_at LIMIT 20");
        command.Parameters.Add(new NpgsqlParameter { Value = place });
        return await Read(command, ct);
    }

    /// <summary>How many payments of all tenants nobody knows the outcome of.</summary>
    public async Task<long> CountUnknown(CancellationToken ct)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM payment_reference WHERE unknown_since IS NOT NULL");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Payments whose time to be looked at has come, each given to one taker only.</summary>
    public async Task<List<PaymentKey>> Take(DateTimeOffset due, int most, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            UPDATE payment_reference SET check_at = $2 WHERE reference = ANY (ARRAY(
                SELECT reference FROM payment_reference WHERE check_at <= $1 ORDER BY check_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING tenant_id, payment_id
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = due });
        command.Parameters.Add(new NpgsqlParameter { Value = due + Lease });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        return await Read(command, ct);
    }

    private static async Task<List<PaymentKey>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<PaymentKey>();
        while (await reader.ReadAsync(ct))
            found.Add(new PaymentKey(reader.GetGuid(0), reader.GetGuid(1)));
        return found;
    }

    /// <summary>Something is due at once: the sweep of this process need not wait for its time.</summary>
    public void Poke() => _poked.Raise();

    public Task Wait(TimeSpan atMost, CancellationToken ct) => _poked.Wait(atMost, ct);

    public DateTimeOffset Now => cell.Clock.GetUtcNow();
}

internal static class PaymentDirectoryRows
{
    /// <summary>Enters a new payment, in the transaction that makes it. An event of it that was nobody's until now is its own.</summary>
    public static Task Enter(this PaymentsDb db, Guid tenant, PaymentRow payment, DateTimeOffset checkAt, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payment_reference (reference, tenant_id, payment_id, check_at, terminal_id)
            VALUES ({payment.Reference}, {tenant}, {payment.Id}, {checkAt}, {payment.Place});
            UPDATE webhook_event SET state = 'received', next_at = {db.Now} WHERE reference = {payment.Reference} AND state = 'orphan'
            """, ct);

    /// <summary>Another name under which Paystack speaks of the payment.</summary>
    public static Task EnterAlias(this PaymentsDb db, Guid tenant, PaymentRow payment, string alias, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO payment_reference (reference, tenant_id, payment_id) VALUES ({alias}, {tenant}, {payment.Id}) ON CONFLICT DO NOTHING;
            UPDATE webhook_event SET state = 'received', next_at = {db.Now} WHERE reference = {alias} AND state = 'orphan'
            """, ct);

    /// <summary>When to look again; null: never. Whoever calls this holds the payment's lock.</summary>
    public static Task CheckAt(this PaymentsDb db, PaymentRow payment, DateTimeOffset? at, CancellationToken ct)
    {
        var unknown = payment.State == PaymentStates.Unknown;
        return db.Database.ExecuteSqlAsync(
            $"""
            UPDATE payment_reference SET check_at = {at}, unknown_since = CASE WHEN {unknown} THEN coalesce(unknown_since, {db.Now}) END
            WHERE reference = {payment.Reference}
            """, ct);
    }
}
