using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Identity.Staff;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity.Tokens;

/// <summary>
/// The password grant. Wrong password, unknown person, unknown tenant, somebody deactivated and somebody locked out are one
/// answer after one and the same work; a lock is not told even to a right password, or guessing could go on through it.
/// </summary>
internal static class SignIn
{
    public const int FreeTries = 5;
    private static readonly TimeSpan FirstLock = TimeSpan.FromMinutes(1);
    private const int LongestDoubling = 10;

    public static Task<Outcome<Session>> ByPassword(
        TenantRow? tenant, string? username, string? password, IdentityDb db, Passwords passwords, CancellationToken ct)
    {
        var right = username is { Length: > 0 and <= 254 } && password is { Length: > 0 and <= Passwords.Longest };
        return passwords.InTurn(
            async () =>
            {
                if (tenant is not null && right && await Check(tenant, username!, password!, db, passwords, ct) is { } session)
                    return session;
                if (tenant is null || !right)
                    passwords.MatchNobody("");
                return (Outcome<Session>)Problems.WrongCredentials;
            }, ct);
    }

    /// <summary>The row is locked while its password is checked: guesses at one account take turns, in however many processes.</summary>
    private static async Task<Session?> Check(
        TenantRow tenant, string username, string password, IdentityDb db, Passwords passwords, CancellationToken ct) =>
        await db.InTenant<Session?>(tenant.Id, async () =>
        {
            var key = StaffRow.KeyOf(username);
            var staff = await db.Staff.FromSql($"SELECT * FROM staff WHERE email_key = {key} FOR UPDATE").SingleOrDefaultAsync(ct);
            if (staff is null || !staff.Active || staff.LockedUntil > db.Now)
            {
                passwords.MatchNobody(password);
                return null;
            }

            if (!passwords.Matches(staff.PasswordHash, password))
            {
                staff.WrongPasswords++;
                staff.LockedUntil = LockAfter(staff.WrongPasswords) is { } span ? db.Now + span : null;
                return null;
            }

            (staff.WrongPasswords, staff.LockedUntil) = (0, null);
            return Session.Of(tenant, staff, await Grants.Of(db, staff.Role, ct));
        }, ct);

    /// <summary>A minute after the fifth wrong password in a row, twice as long after each further one, at most some seventeen hours.</summary>
    internal static TimeSpan? LockAfter(int wrong) =>
        wrong < FreeTries ? null : FirstLock * (1 << Math.Min(wrong - FreeTries, LongestDoubling));

    /// <summary>The refresh grant. OpenIddict has checked the token; here is checked whether its bearer may still have one, on this host.</summary>
    public static async Task<Outcome<Session>> ByRefreshToken(
        TenantRow? tenant, (Guid Tenant, Guid Staff, long Epoch)? token, IdentityDb db, CancellationToken ct)
    {
        if (tenant is null || token is not { } bearer || bearer.Tenant != tenant.Id)
            return Problems.RefreshTokenInvalid;
        return await db.InTenant<Session>(tenant.Id, async () =>
        {
            var staff = await db.Staff.AsNoTracking().SingleOrDefaultAsync(s => s.Id == bearer.Staff, ct);
            if (staff is null || !staff.Active || staff.SessionEpoch != bearer.Epoch)
                return Problems.RefreshTokenInvalid;
            return Session.Of(tenant, staff, await Grants.Of(db, staff.Role, ct));
        }, ct);
    }

    /// <summary>Client credentials. OpenIddict has checked the secret; the tenant's own row says whether it still stands and what it may do.</summary>
    public static async Task<Outcome<Session>> ByClient(TenantRow? tenant, string clientId, IdentityDb db, CancellationToken ct)
    {
        if (tenant is null)
            return Problems.ClientUnknown;
        return await db.InTenant<Session>(tenant.Id, async () =>
        {
            var client = await db.ApiClients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == clientId && !c.Removed, ct);
            return client is null ? Problems.ClientUnknown : Session.Of(tenant, client);
        }, ct);
    }
}
