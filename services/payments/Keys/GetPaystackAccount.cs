using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Keys;

/// <summary>How the shop collects. A key is never given back, only its mode.</summary>
internal static class GetPaystackAccount
{
    /// <param name="Mode"><c>test</c>, <c>live</c>, or absent: nothing is collected by Paystack.</param>
    /// <param name="WebhookPath">What the shop writes into its own Paystack dashboard, behind its own host.</param>
    public sealed record Answer(
        string Kind, string? Mode, string? Subaccount, bool CustomerPaysFees, DateTimeOffset? ChangedAt, string? WebhookPath);

    public static void Map(RouteGroupBuilder payments) => payments
        .MapGet("/account", async (Caller caller, PaymentsDb db, PaystackAccounts accounts, CancellationToken ct) =>
            TypedResults.Ok(await Read(db, accounts, caller, ct)))
        .WithName(nameof(GetPaystackAccount)).RequirePermission(Permissions.EditPayments).Produces<Answer>();

    public static async Task<Answer> Read(PaymentsDb db, PaystackAccounts accounts, Caller caller, CancellationToken ct)
    {
        var account = await accounts.Of(caller.TenantId, ct);
        var changed = await db.InTenant(caller.TenantId, () => db.PaystackAccounts.Select(row => (DateTimeOffset?)row.ChangedAt).SingleOrDefaultAsync(ct), ct);
        return new Answer(
            account.Kind, account.Key?.Domain, account.SubaccountCode, account.CustomerPaysFees, changed,
            account.Kind == AccountKinds.Own ? "/api/webhooks/paystack" : null);
    }
}
