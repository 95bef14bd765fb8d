using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Refunds;

/// <summary>Gives back, whole, money that no sale took: it came too late, twice, or otherwise than asked. Once, however often it is asked.</summary>
internal static class ReturnPayment
{
    public sealed record Request(string Reason);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapPost("/{id:guid}/return", Handle).WithName(nameof(ReturnPayment)).RequirePermission(Permissions.Refund).Produces<ListRefundRequests.Item>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IdempotencyKey key, Caller caller, PaymentsDb db, PaymentDirectory directory, CancellationToken ct)
    {
        if (request.Reason.Length is 0 or > 200 || CardNumbers.In(request.Reason))
            return CommonProblems.InvalidRequest.With("reason: 1 to 200 characters, no card's number").ToHttp();
        var answer = await db.Once(caller.TenantId, $"payments/{id}/return", key, request, StatusCodes.Status200OK, async () =>
        {
            if (!await db.Payments.AnyAsync(row => row.Id == id, ct))
                return Problems.PaymentUnknown;
            var payment = await db.LockPayment(caller.TenantId, id, ct);
            if (payment is { NotApplied: null, State: not PaymentStates.NeedsReview } || payment is not { TransactionId: not null, Received: > 0 })
                return Problems.PaymentApplied;
            return await RefundRequests.Return(db, payment, request.Reason, ct) is { } made
                ? (Outcome<ListRefundRequests.Item>)ListRefundRequests.Item.Of(made)
                : Problems.NothingLeft;
        }, ct);
        directory.Poke();
        return answer;
    }
}
