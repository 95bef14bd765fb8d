using Npgsql;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Settlements;

namespace WebWaka.Payments.Keys;

/// <summary>Looks through each account with Paystack, the platform's and tenants' own, for what was missed and for payouts. One replica each.</summary>
internal sealed class AccountRounds(
    NpgsqlDataSource database, PaystackAccounts accounts, PaystackAccount platform, PaymentsOptions options, IServiceScopeFactory scopes, TimeProvider clock,
    ILogger<AccountRounds> log) : BackgroundService
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    /// <summary>Every account whose turn has come.</summary>
    public async Task Run(DateTimeOffset due, CancellationToken ct)
    {
        if (platform.Key is not null)
            await EnterPlatform(due, ct);
        List<Guid> turn;
        do
        {
            turn = await Take(due, ct);
            foreach (var tenant in turn)
            {
                try
                {
                    await Round(tenant, ct);
                }
                catch (Exception error) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning("the account of {Tenant} waits for the next round: {Error}", tenant, error.GetBaseException().Message);
                }
            }
        }
        while (turn.Count == AtOnce);
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                try
                {
                    await Run(clock.GetUtcNow(), ct);
                }
                catch (Exception error) when (!ct.IsCancellationRequested)
                {
                    log.LogWarning("the rounds of accounts wait: {Error}", error.GetBaseException().Message);
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            log.LogDebug("the rounds of accounts end");
        }
    }

    private async Task Round(Guid tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var walk = scope.ServiceProvider.GetRequiredService<WalkMissed>();
        if (tenant == Guid.Empty)
        {
            if (platform.Key is { } key)
                await Walk(key);
            return;
        }

        if ((await accounts.Of(tenant, ct)).Own is { } own)
            await Walk(own);
        await scope.ServiceProvider.GetRequiredService<MatchSettlements>().Run(tenant, ct);

        async Task Walk(PaystackKey key)
        {
            await walk.Run(tenant, key, ct);
            await walk.RunRefunds(tenant, key, ct);
        }
    }

    private async Task<List<Guid>> Take(DateTimeOffset due, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            UPDATE paystack_door SET next_at = $2 WHERE slug = ANY (ARRAY(
                SELECT slug FROM paystack_door WHERE next_at <= $1 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED))
            RETURNING tenant_id
            """);
        foreach (object value in new object[] { due, due + options.WalkEvery, AtOnce })
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var taken = new List<Guid>();
        while (await reader.ReadAsync(ct))
            taken.Add(reader.GetGuid(0));
        return taken;
    }

    private async Task EnterPlatform(DateTimeOffset due, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            "INSERT INTO paystack_door (slug, tenant_id, next_at) VALUES ('', '00000000-0000-0000-0000-000000000000', $1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new NpgsqlParameter { Value = due });
        await command.ExecuteNonQueryAsync(ct);
    }
}
