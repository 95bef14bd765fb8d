using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Disputes;

/// <summary>The shop's answer to a dispute: accepted, the money goes back; declined, the shop keeps it and says why.</summary>
internal static class AnswerDispute
{
    /// <param name="Resolution"><c>accepted</c> or <c>declined</c>.</param>
    public sealed record Request(string Resolution, string Message);

    public static void Map(RouteGroupBuilder payments) => payments.MapPost("/disputes/{id:guid}/answer", Handle).WithName(nameof(AnswerDispute))
        .RequirePermission(Permissions.EditPayments).Produces<ListDisputes.Item>();

    private static async Task<IResult> Handle(
        Guid id, Request request, Caller caller, PaymentsDb db, PaystackAccounts accounts, PaystackClient paystack, DisputeCalls calls, CancellationToken ct)
    {
        if (request.Resolution is not ("accepted" or "declined") || request.Message.Length is 0 or > 500 || CardNumbers.In(request.Message))
            return CommonProblems.InvalidRequest.With("resolution: accepted or declined; message: 1 to 500 characters, no card's number").ToHttp();
        var found = await db.InTenant(caller.TenantId, async () => await db.Disputes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row
            ? (Dispute: (DisputeRow?)row, Payment: await db.Payments.AsNoTracking().SingleAsync(payment => payment.Id == row.PaymentId, ct))
            : (null, null!), ct);
        if (found.Dispute is not { } dispute)
            return Problems.DisputeUnknown.ToHttp();
        if (!dispute.IsOpen)
            return Problems.DisputeResolved.ToHttp();
        if (await accounts.KeyOf(caller.TenantId, found.Payment, ct) is not { } key)
            return Problems.PaystackNotConfigured.ToHttp();
        var resolution = request.Resolution == "accepted" ? "merchant-accepted" : "declined";
        var answer = await paystack.ResolveDispute(
            key, dispute.PaystackId, resolution, request.Message, PaystackAmount.FromMinor(dispute.Amount, dispute.Currency), CancellationToken.None);
        if (answer is PaystackOutcome<JsonBox>.Refused { Error: var error })
            return Problems.DisputeResolved.With(Text.Short(error.Message)).ToHttp();
        // Also when the answer was lost: Paystack says what became of it.
        if (!await calls.Look(caller.TenantId, dispute.PaymentId, dispute.PaystackId, key, CancellationToken.None))
            return Problems.PaystackUnavailable.ToHttp();
        var row = await db.InTenant(caller.TenantId, () => db.Disputes.AsNoTracking().SingleAsync(row => row.Id == id, ct), ct);
        return TypedResults.Ok(ListDisputes.Item.Of(row));
    }
}
