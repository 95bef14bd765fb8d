using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Payments;
using WebWaka.Transaction.Leases;

namespace WebWaka.Transaction.Sales;

/// <summary>
/// Ends sales whose payment did not come in time, so that their coupons and promotions can be used again, and brings payments
/// that came before their sale to it. Replicas share the tenants, and may meet: every sale is decided below its own lock.
/// </summary>
internal sealed class LapseSales(
    NpgsqlDataSource database, TransactionOptions options, TimeProvider clock, IServiceScopeFactory scopes, ILogger<LapseSales> log) : BackgroundService
{
    private const int TenantsAtOnce = 100;

    /// <summary>All tenants whose turn it is.</summary>
    public async Task Run(CancellationToken ct)
    {
        List<Guid> turn;
        do
        {
            turn = await TakeTurn(ct);
            foreach (var tenant in turn)
            {
                try
                {
                    await Run(tenant, ct);
                }
                catch (Exception error) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning("awaited payments of {Tenant} wait for the next sweep: {Error}", tenant, error.GetBaseException().Message);
                }
            }
        }
        while (turn.Count == TenantsAtOnce);
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.SweepEvery, clock);
        do
        {
            try
            {
                await Run(ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("the sweep of awaited payments waits: {Error}", error.GetBaseException().Message);
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    /// <summary>Tenants are found past the context, which knows one tenant only. Each is given to one replica.</summary>
    private async Task<List<Guid>> TakeTurn(CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            UPDATE sweep_turn SET next_at = $2 WHERE tenant_id = ANY (ARRAY(
                SELECT tenant_id FROM sweep_turn WHERE next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING tenant_id
            """);
        var now = clock.GetUtcNow();
        // Half of the time: a tick that comes a moment early must not find everything taken.
        foreach (object value in new object[] { now, now + options.SweepEvery / 2, TenantsAtOnce })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<Guid>();
        while (await reader.ReadAsync(ct))
            taken.Add(reader.GetGuid(0));
        return taken;
    }

    /// <summary>One transaction for each payment and each sale: none holds a lock while it waits for another's.</summary>
    private async Task Run(Guid tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TransactionDb>();
        var (overdue, tooLong) = (db.Now - options.LapseAfter, db.Now - options.ParkFor);
        var (parked, sales) = await db.InTenant(tenant, async () =>
        (
            await db.ParkedPayments.Where(row => row.ParkedAt <= tooLong || db.Sales.Any(sale => sale.Id == row.SaleId))
                .Select(row => row.PaymentId).ToListAsync(ct),
            await db.Sales.Where(row => row.State == SaleStates.AwaitingPayment && db.PendingTenders.Any(
                    tender => tender.SaleId == row.Id && tender.SettledAt == null && tender.ExpiresAt <= overdue))
                .OrderBy(row => row.At).Select(row => row.Id).ToListAsync(ct)), ct);
        foreach (var payment in parked)
            await db.InTenant(tenant, () => Unpark(db, tenant, payment, ct), ct);
        foreach (var sale in sales)
            await db.InTenant(tenant, () => Lapse(db, tenant, sale, ct), ct);
        await ReturnLease.CloseExpired(db, tenant, ct);
    }

    private static async Task<bool> Unpark(TransactionDb db, Guid tenant, Guid payment, CancellationToken ct)
    {
        var row = await db.ParkedPayments
            .FromSql($"SELECT * FROM parked_payment WHERE tenant_id = {tenant} AND payment_id = {payment} FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(ct);
        if (row is null)
            return false;
        var settled = JsonSerializer.Deserialize<PaymentSettled>(row.Document, Json.Tolerant)!;
        if (!await SettlePayment.Apply(db, tenant, settled, ct))
            await SettlePayment.Keep(db, settled, "no sale came for it", ct);
        db.Remove(row);
        return true;
    }

    /// <summary>A sale that somebody holds is being paid or given up this moment: the next sweep sees what became of it.</summary>
    private static async Task<bool> Lapse(TransactionDb db, Guid tenant, Guid id, CancellationToken ct)
    {
        var sale = await db.Sales.FromSql($"SELECT * FROM sale WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE SKIP LOCKED").SingleOrDefaultAsync(ct);
        if (sale is not { State: SaleStates.AwaitingPayment })
            return false;
        await GiveUp.Apply(db, sale, "the sale lapsed before all of its payments came", ct);
        return true;
    }
}
