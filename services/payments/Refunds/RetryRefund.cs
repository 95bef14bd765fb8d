using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Refunds;

/// <summary>
/// A refund that Paystack could not give is asked again: with the customer's bank account where Paystack needs it, as a new one where it
/// has failed. The account's number is passed on and not kept.
/// </summary>
internal static class RetryRefund
{
    public sealed record Request(string? AccountNumber = null, string? BankId = null);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapPost("/refunds/{id:guid}/retry", Handle).WithName(nameof(RetryRefund)).RequirePermission(Permissions.Refund)
            .Produces<ListRefundRequests.Item>();

    private static async Task<IResult> Handle(
        Guid id, Request request, Caller caller, PaymentsDb db, PaymentDirectory directory, PaystackAccounts accounts, PaystackClient paystack,
        CancellationToken ct)
    {
        var refund = await db.InTenant(caller.TenantId, () => db.RefundRequests.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct), ct);
        if (refund is null)
            return Problems.RefundUnknown.ToHttp();
        var done = refund.State switch
        {
            RefundStates.NeedsAttention => await GiveAccount(refund, request, caller, db, accounts, paystack, ct),
            RefundStates.Failed when refund.PaymentId is not null =>
                await db.InTenant<RefundRequestRow>(caller.TenantId, () => AskAgain(db, caller.TenantId, id, ct), ct),
            _ => Problems.RefundNotRetryable.With($"it is {refund.State}"),
        };
        directory.Poke();
        return done.ToHttp(row => TypedResults.Ok(ListRefundRequests.Item.Of(row)));
    }

    private static async Task<Outcome<RefundRequestRow>> GiveAccount(
        RefundRequestRow refund, Request request, Caller caller, PaymentsDb db, PaystackAccounts accounts, PaystackClient paystack, CancellationToken ct)
    {
        if (request is not { AccountNumber: { Length: >= 6 and <= 20 } number, BankId: { Length: > 0 and <= 20 } bank } || !number.All(char.IsAsciiDigit)
            || CardNumbers.In(number))
            return CommonProblems.InvalidRequest.With("accountNumber: 6 to 20 digits of a bank account; bankId");
        var payment = await db.InTenant(caller.TenantId, () => db.Payments.AsNoTracking().SingleAsync(row => row.Id == refund.PaymentId, ct), ct);
        if (await accounts.KeyOf(caller.TenantId, payment, ct) is not { } key)
            return Problems.PaystackNotConfigured;
        return await paystack.RetryRefund(key, refund.PaystackRefundId!.Value, refund.Currency, number, bank, ct) switch
        {
            PaystackOutcome<PaystackRefund>.Done => await db.InTenant(caller.TenantId, () => Pending(db, caller.TenantId, refund.Id, ct), ct),
            PaystackOutcome<PaystackRefund>.Refused { Error: var error } => Problems.RefundNotRetryable.With(Text.Short(error.Message)),
            // Given twice it is refused the second time: the next look-up says where it is.
            _ => Problems.PaystackUnavailable,
        };
    }

    private static async Task<RefundRequestRow> Pending(PaymentsDb db, Guid tenant, Guid id, CancellationToken ct)
    {
        var row = await RefundRequests.Lock(db, tenant, id, ct);
        (row.State, row.Reason, row.NextAt) = (RefundStates.Pending, null, db.Now);
        return row;
    }

    /// <summary>As a new refund, below the payment's lock: in the meantime others may have been given.</summary>
    private static async Task<Outcome<RefundRequestRow>> AskAgain(PaymentsDb db, Guid tenant, Guid id, CancellationToken ct)
    {
        var payment = await db.LockPayment(tenant, (await db.RefundRequests.AsNoTracking().SingleAsync(row => row.Id == id, ct)).PaymentId!.Value, ct);
        var row = await RefundRequests.Lock(db, tenant, id, ct);
        if (row.State != RefundStates.Failed)
            return Problems.RefundNotRetryable.With($"it is {row.State}");
        if (await RefundRequests.LeftOf(db, payment, ct) < row.Amount)
            return Problems.NothingLeft;
        (row.State, row.Reason, row.NextAt, row.Attempt, row.PaystackRefundId) = (RefundStates.Queued, null, db.Now, row.Attempt + 1, null);
        await db.CheckAt(payment, db.Now, ct);
        return row;
    }
}
