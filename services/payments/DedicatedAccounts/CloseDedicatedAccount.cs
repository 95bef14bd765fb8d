using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.DedicatedAccounts;

/// <summary>Gives an account number back to Paystack. Not while a payment waits there. Sent twice it answers the same.</summary>
internal static class CloseDedicatedAccount
{
    public static void Map(RouteGroupBuilder payments) => payments.MapDelete("/dedicated-accounts/{id:guid}", Handle).WithName(nameof(CloseDedicatedAccount))
        .RequirePermission(Permissions.EditPayments).Produces<DedicatedAccountAnswer>();

    private static async Task<IResult> Handle(
        Guid id, Caller caller, PaymentsDb db, PaystackAccounts accounts, PaystackClient paystack, CancellationToken ct)
    {
        // No payment begins to wait there from here on.
        var closed = await db.InTenant<DedicatedAccountRow>(caller.TenantId, async () =>
        {
            if (await db.LockDedicatedAccount(caller.TenantId, id, ct) is not { } row)
                return Problems.DedicatedAccountUnknown;
            if (await db.OpenAt(id, ct) is not null)
                return Problems.DedicatedAccountBusy;
            row.Active = false;
            return row;
        }, ct);
        if (closed.Problem is { } problem)
            return problem.ToHttp();
        var account = closed.Value!;
        if ((await accounts.Of(caller.TenantId, ct)).KeyOf(account.Account) is not { } key)
            return Problems.PaystackNotConfigured.ToHttp();
        var answer = await paystack.CloseDedicatedAccount(key, account.PaystackId, CancellationToken.None);
        return answer is PaystackOutcome<JsonBox>.Done or PaystackOutcome<JsonBox>.Refused
            ? TypedResults.Ok(DedicatedAccountAnswer.Of(account)) : Problems.PaystackUnavailable.ToHttp();
    }
}
