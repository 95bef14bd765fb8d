using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Keys;

/// <summary>
/// How a shop collects: by its own Paystack account, whose key is tried and then sealed, or by the platform's with a subaccount of its
/// own that the platform's payments are shared with. A new key replaces the old one, which opens the webhook's door for a while longer.
/// </summary>
internal static class SetPaystackAccount
{
    /// <param name="Kind"><c>own</c> or <c>platform</c>.</param>
    /// <param name="SecretKey">For <c>own</c>: <c>sk_live_...</c> in Production, <c>sk_test_...</c> elsewhere. Never given back.</param>
    /// <param name="BankCode">For <c>platform</c>, with the account number: where the shop's share is paid out.</param>
    public sealed record Request(
        string Kind, string? SecretKey = null, string? BusinessName = null, string? BankCode = null, string? AccountNumber = null,
        bool CustomerPaysFees = false)
    {
        public Problem? Check() => Kind switch
        {
            AccountKinds.Own when string.IsNullOrEmpty(SecretKey) || SecretKey.Length > 200 =>
                CommonProblems.InvalidRequest.With("secretKey: 1 to 200 characters"),
            AccountKinds.Own when BusinessName is not null || BankCode is not null || AccountNumber is not null =>
                CommonProblems.InvalidRequest.With("businessName, bankCode, accountNumber: for platform only"),
            AccountKinds.Platform when SecretKey is not null => CommonProblems.InvalidRequest.With("secretKey: for own only"),
            AccountKinds.Platform when BankCode is null != AccountNumber is null || BankCode is null != BusinessName is null =>
                CommonProblems.InvalidRequest.With("businessName, bankCode and accountNumber: all of them or none"),
            AccountKinds.Platform when AccountNumber is not null && (AccountNumber.Length is < 6 or > 20 || !AccountNumber.All(char.IsAsciiDigit)) =>
                CommonProblems.InvalidRequest.With("accountNumber: 6 to 20 digits"),
            AccountKinds.Platform when CardNumbers.In(AccountNumber) || CardNumbers.In(BusinessName) =>
                CommonProblems.InvalidRequest.With("accountNumber: a bank account's, not a card's"),
            AccountKinds.Platform when BusinessName?.Length > 100 || BankCode?.Length > 20 =>
                CommonProblems.InvalidRequest.With("businessName: up to 100 characters, bankCode: up to 20"),
            AccountKinds.Own or AccountKinds.Platform => null,
            _ => CommonProblems.InvalidRequest.With($"kind: {AccountKinds.Own} or {AccountKinds.Platform}"),
        };
    }

    private sealed record Made(byte[]? SealedKey = null, string? Subaccount = null, string? Split = null);

    public static void Map(RouteGroupBuilder payments) => payments.MapPut("/account", Handle).WithName(nameof(SetPaystackAccount))
        .RequirePermission(Permissions.EditPayments).Produces<GetPaystackAccount.Answer>();

    private static async Task<IResult> Handle(
        Request request, Caller caller, PaymentsDb db, PaystackAccounts accounts, PaystackAccount platform, PaystackClient paystack, KeyVault vault,
        KeyModes modes, PaymentsOptions options, CancellationToken ct)
    {
        if (request.Check() is { } invalid)
            return invalid.ToHttp();
        var made = request.Kind == AccountKinds.Own
            ? await Try(caller.TenantId, request.SecretKey!, paystack, vault, modes, ct)
            : await Open(request, platform.Key, paystack, options, ct);
        if (made.Problem is { } problem)
            return problem.ToHttp();
        await db.InTenant(caller.TenantId, () => Save(db, caller, request, made.Value!, ct), ct);
        accounts.Forget(caller.TenantId, caller.Slug);
        return TypedResults.Ok(await GetPaystackAccount.Read(db, accounts, caller, ct));
    }

    /// <summary>A key is kept only when Paystack takes it.</summary>
    private static async Task<Outcome<Made>> Try(
        Guid tenant, string secret, PaystackClient paystack, KeyVault vault, KeyModes modes, CancellationToken ct)
    {
        if (PaystackKey.Read(secret) is not { } key || modes.Refusal(key) is not null)
            return Problems.KeyNotOfThisMode;
        return await paystack.Ping(key, ct) switch
        {
            PaystackOutcome<PaystackPage<PaystackTransaction>>.Done => new Made(vault.Seal(tenant, secret)),
            PaystackOutcome<PaystackPage<PaystackTransaction>>.Refused => Problems.KeyRefused,
            _ => Problems.PaystackUnavailable,
        };
    }

    /// <summary>The shop's subaccount, and the split by which each of its payments is shared.</summary>
    private static async Task<Outcome<Made>> Open(Request request, PaystackKey? key, PaystackClient paystack, PaymentsOptions options, CancellationToken ct)
    {
        if (key is null)
            return Problems.PaystackNotConfigured;
        if (request.AccountNumber is null)
            return new Made();
        var subaccount = await paystack.CreateSubaccount(key, request.BusinessName!, request.BankCode!, request.AccountNumber, options.PlatformPercent, ct);
        if (subaccount is not PaystackOutcome<string>.Done { Data: var code })
            return subaccount is PaystackOutcome<string>.Refused { Error: var no } ? Problems.SubaccountRefused.With(no.Message) : Problems.PaystackUnavailable;
        var split = await paystack.CreateSplit(key, request.BusinessName!, options.SplitCurrency, code, 100 - options.PlatformPercent, ct);
        return split is PaystackOutcome<string>.Done { Data: var made } ? new Made(Subaccount: code, Split: made)
            : split is PaystackOutcome<string>.Refused { Error: var refused } ? Problems.SubaccountRefused.With(refused.Message)
            : Problems.PaystackUnavailable;
    }

    private static async Task<bool> Save(PaymentsDb db, Caller caller, Request request, Made made, CancellationToken ct)
    {
        var row = await db.PaystackAccounts.SingleOrDefaultAsync(ct);
        if (row is null)
            db.Add(row = new PaystackAccountRow { Kind = request.Kind });
        (row.Kind, row.CustomerPaysFees, row.ChangedAt) = (request.Kind, request.CustomerPaysFees, db.Now);
        if (made.SealedKey is not null)
            (row.PreviousKey, row.SealedKey, row.RotatedAt) = (row.SealedKey, made.SealedKey, row.SealedKey is null ? row.RotatedAt : db.Now);
        if (made.Split is not null)
            (row.SubaccountCode, row.SplitCode) = (made.Subaccount, made.Split);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO paystack_door (slug, tenant_id, next_at) VALUES ({caller.Slug}, {caller.TenantId}, {db.Now})
            ON CONFLICT (slug) DO UPDATE SET tenant_id = excluded.tenant_id, next_at = excluded.next_at
            """, ct);
        return true;
    }
}
