using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Terminals;

/// <summary>
/// Takes a payment off its terminal: archived at Paystack, it cannot be paid there any more, so the cashier needs nobody's leave. What was
/// paid in the meantime is settled instead. Sent twice it answers the same.
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
        if (found.Channel != Channels.Terminal)
            return Problems.NotCancellable.ToHttp();
        if (PaymentStates.IsOpen(found.State) && found.RequestId is { } request)
        {
            if (await accounts.KeyOf(caller.TenantId, found, ct) is not { } key)
                return Problems.PaystackNotConfigured.ToHttp();
            if (await paystack.ArchiveInvoice(key, request, CancellationToken.None) is PaystackOutcome<JsonBox>.NotDone or PaystackOutcome<JsonBox>.Unknown)
                return Problems.PaystackUnavailable.ToHttp();
            await followUp.Run(caller.TenantId, id, CancellationToken.None);
        }

        var row = await db.InTenant(caller.TenantId, () => db.Payments.AsNoTracking().SingleAsync(payment => payment.Id == id, ct), ct);
        return TypedResults.Ok(PaymentAnswer.Of(row));
    }
}
