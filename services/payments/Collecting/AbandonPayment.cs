using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>
/// A supervisor gives up waiting for a payment whose outcome is open, so that the tender can be collected in another way. It is still
/// watched: money that comes after all is kept, and nobody has to remember it.
/// </summary>
internal static class AbandonPayment
{
    public sealed record Request(string Reason);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapPost("/{id:guid}/abandon", Handle).WithName(nameof(AbandonPayment)).RequirePermission(Permissions.VoidSale).Produces<PaymentAnswer>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IdempotencyKey key, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        if (request.Reason.Length is 0 or > 200 || CardNumbers.In(request.Reason))
            return CommonProblems.InvalidRequest.With("reason: 1 to 200 characters, no card's number").ToHttp();
        PaymentRow? ended = null;
        var answer = await db.Once(caller.TenantId, $"payments/{id}/abandon", key, request, StatusCodes.Status200OK, async () =>
        {
            if (!await db.Payments.AnyAsync(row => row.Id == id, ct))
                return Problems.PaymentUnknown;
            var row = await db.LockPayment(caller.TenantId, id, ct);
            if (!PaymentStates.IsOpen(row.State))
                return Problems.PaymentNotOpen.With($"it is {row.State}");
            (row.State, row.Reason) = (PaymentStates.Abandoned, $"given up: {request.Reason}");
            ended = row;
            // Watched from now, whatever its end was to be.
            await db.CheckAt(row, db.Now, ct);
            return (Outcome<PaymentAnswer>)PaymentAnswer.Of(row);
        }, ct);
        if (ended is not null)
            PaymentNumbers.Ended(caller.TenantId, ended, db.Now);
        return answer;
    }
}
