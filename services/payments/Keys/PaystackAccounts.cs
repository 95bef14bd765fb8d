using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Keys;

/// <summary>By what a tenant collects now. Without a key nothing is collected by Paystack; cash goes on.</summary>
/// <param name="Previous">The own key before this one: for signatures alone.</param>
internal sealed record TenantAccount(
    string Kind, PaystackKey? Platform, PaystackKey? Own, PaystackKey? Previous, string? SplitCode, string? SubaccountCode, bool CustomerPaysFees)
{
    public PaystackKey? Key => KeyOf(Kind);

    public PaystackKey? KeyOf(string kind) => kind == AccountKinds.Own ? Own : Platform;

    public override string ToString() => $"{Kind} {Key}";
}

/// <summary>
/// Every tenant's account with Paystack, remembered for some seconds so that the webhook's door needs no database to read a signature's
/// key. A key that was changed elsewhere is seen when that time is over; until then the previous one still opens the door.
/// </summary>
internal sealed class PaystackAccounts(
    PaystackAccount platform, KeyVault vault, NpgsqlDataSource database, IServiceScopeFactory scopes, PaymentsOptions options, TimeProvider clock)
{
    private const int Capacity = 50_000;
    private readonly ConcurrentDictionary<Guid, (TenantAccount Account, DateTimeOffset At)> _accounts = new();
    private readonly ConcurrentDictionary<string, (Guid? Tenant, DateTimeOffset At)> _doors = new(StringComparer.Ordinal);

    public async ValueTask<TenantAccount> Of(Guid tenant, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_accounts.TryGetValue(tenant, out var known) && now - known.At < options.AccountsFresh)
            return known.Account;
        var account = await Read(tenant, ct);
        if (_accounts.Count >= Capacity)
            _accounts.Clear();
        _accounts[tenant] = (account, now);
        return account;
    }

    /// <summary>The key that the payment was made by; null when it is not there any more.</summary>
    public async ValueTask<PaystackKey?> KeyOf(Guid tenant, PaymentRow payment, CancellationToken ct) => (await Of(tenant, ct)).KeyOf(payment.Account);

    /// <summary>The tenant with a key of its own whose host it is.</summary>
    public async ValueTask<Guid?> TenantOf(string slug, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_doors.TryGetValue(slug, out var known) && now - known.At < options.AccountsFresh)
            return known.Tenant;
        await using var command = database.CreateCommand("SELECT tenant_id FROM paystack_door WHERE slug = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = slug });
        var tenant = await command.ExecuteScalarAsync(ct) as Guid?;
        if (_doors.Count >= Capacity)
            _doors.Clear();
        _doors[slug] = (tenant, now);
        return tenant;
    }

    /// <summary>This process sees a change at once.</summary>
    public void Forget(Guid tenant, string slug)
    {
        _accounts.TryRemove(tenant, out _);
        _doors.TryRemove(slug, out _);
    }

    private async Task<TenantAccount> Read(Guid tenant, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        return await db.InTenant(tenant, async () =>
        {
            if (await db.PaystackAccounts.SingleOrDefaultAsync(ct) is not { } row)
                return new TenantAccount(AccountKinds.Platform, platform.Key, null, null, null, null, options.CustomerPaysFees);
            var (own, stale) = Open(tenant, row.SealedKey);
            // Sealed under an older root secret: put under the present one as it is met.
            if (stale)
                row.SealedKey = vault.Seal(tenant, own!.Reveal());
            var lasts = row.RotatedAt is { } at && db.Now - at < options.OldKeyFor;
            return new TenantAccount(
                row.Kind, platform.Key, own, lasts ? Open(tenant, row.PreviousKey).Key : null, row.SplitCode, row.SubaccountCode, row.CustomerPaysFees);
        }, ct);
    }

    private (PaystackKey? Key, bool Stale) Open(Guid tenant, byte[]? box)
    {
        if (box is null)
            return (null, false);
        var (secret, stale) = vault.Open(tenant, box);
        return (new PaystackKey(secret), stale);
    }
}
