using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// Takes a payment off its terminal, or from the account number that it waits at. Archived at Paystack, it cannot be paid at the terminal any
/// more, so the cashier needs nobody's leave; what comes to the account late is seen and kept. What was paid in the meantime is settled
/// instead. Sent twice it answers the same.
/// </summary>
internal static class CancelPayment
{
    public static void Map(RouteGroupBuilder payments) =>
        payments.MapPost("/{id:guid}/cancel", Handle).WithName(nameof(CancelPayment)).RequirePermission(Permissions.Sell).Produces<PaymentAnswer>();

    private static async Task<IResult> Handle(
        Guid id, Caller caller, PaymentsDb db, PaystackClient paystack, PaystackAccounts accounts, FollowUp followUp, CancellationToken ct)
    {
        var found = await db.InTenant(caller.TenantId, () => db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct), ct);
        if (found is null)
            return Problems.PaymentUnknown.ToHttp();
        if (found.Channel is not (Channels.Terminal or Channels.DedicatedAccount))
            return Problems.NotCancellable.ToHttp();
        if (PaymentStates.IsOpen(found.State) && await TakeOff(caller.TenantId, found, db, paystack, accounts, followUp, ct) is { } problem)
            return problem.ToHttp();

        var row = await db.InTenant(caller.TenantId, () => db.Payments.AsNoTracking().SingleAsync(payment => payment.Id == id, ct), ct);
        return TypedResults.Ok(PaymentAnswer.Of(row));
    }

    private static async Task<Problem?> TakeOff(
        Guid tenant, PaymentRow payment, PaymentsDb db, PaystackClient paystack, PaystackAccounts accounts, FollowUp followUp, CancellationToken ct)
    {
        if (payment.RequestId is { } request)
        {
            if (await accounts.KeyOf(tenant, payment, ct) is not { } key)
                return Problems.PaystackNotConfigured;
            if (await paystack.ArchiveInvoice(key, request, CancellationToken.None) is PaystackOutcome<JsonBox>.NotDone or PaystackOutcome<JsonBox>.Unknown)
                return Problems.PaystackUnavailable;
        }

        // Whether Paystack can be asked or not, an account number is free for the next customer: what comes late is still this payment's.
        await followUp.Run(tenant, payment.Id, CancellationToken.None);
        if (payment.DedicatedAccountId is not null)
            await db.InTenant(tenant, () => GiveUp(db, tenant, payment.Id), CancellationToken.None);
        return null;
    }

    private static async Task<string> GiveUp(PaymentsDb db, Guid tenant, Guid id)
    {
        var row = await db.LockPayment(tenant, id, CancellationToken.None);
        if (!PaymentStates.IsOpen(row.State))
            return row.State;
        (row.State, row.Reason) = (PaymentStates.Abandoned, "cancelled at the till");
        PaymentNumbers.Ended(tenant, row, db.Now);
        return row.State;
    }
}
