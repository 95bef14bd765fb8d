using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Shifts;

/// <summary>Cash paid in, paid out or dropped into the safe during a shift, with its reason.</summary>
internal static class MoveCash
{
    public const string PaidIn = "paidIn";
    public const string PaidOut = "paidOut";
    private static readonly string[] Kinds = [PaidIn, PaidOut, "drop"];

    /// <param name="Kind"><c>paidIn</c>, <c>drop</c>, or <c>paidOut</c>, which needs <c>cash.payOut</c>.</param>
    /// <param name="Amount">Minor units, more than zero.</param>
    public sealed record Request(string Kind, long Amount, string Reason);

    public sealed record Answer(Guid Id, Guid ShiftId, string Kind, long Amount, string Reason, DateTimeOffset At);

    public static void Map(RouteGroupBuilder shifts) =>
        shifts.MapPost("/{id:guid}/cash", Handle).WithName(nameof(MoveCash)).RequirePermission(Permissions.Sell).Produces<Answer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Guid id, Request request, IdempotencyKey key, Caller caller, TransactionDb db, CancellationToken ct)
    {
        if (!Kinds.Contains(request.Kind, StringComparer.Ordinal) || request.Amount is <= 0 or > Limits.MaxCash || !CartChecks.IsText(request.Reason, 200))
            return CommonProblems.InvalidRequest.With("kind: paidIn, paidOut or drop; amount: more than zero; reason: 1 to 200 characters").ToHttp();
        // What is dropped stays in the shop; what is paid out leaves it, against a reason that nobody can check.
        if (request.Kind == PaidOut && !caller.May(Permissions.PayOut))
            return CommonProblems.Forbidden.With(Permissions.PayOut).ToHttp();
        if (CardNumbers.In(request.Reason))
            return CommonProblems.CardNumberRefused.With("reason").ToHttp();
        return await db.Once(caller.TenantId, $"shifts/{id}/cash", key, request, StatusCodes.Status201Created, async () =>
        {
            // Shared with sales, excluding a close.
            var open = await db.TillStates.FromSql($"SELECT * FROM till_state WHERE tenant_id = {caller.TenantId} AND shift_id = {id} FOR SHARE").AnyAsync(ct);
            if (!open)
                return await db.Shifts.AnyAsync(row => row.Id == id, ct) ? Problems.ShiftNotOpen : Problems.ShiftUnknown;
            var row = new CashMovementRow { Id = db.NewId(), ShiftId = id, Kind = request.Kind, Amount = request.Amount, Reason = request.Reason, By = caller.UserId, At = db.Now };
            db.Add(row);
            return (Outcome<Answer>)new Answer(row.Id, id, row.Kind, row.Amount, row.Reason, row.At);
        }, ct);
    }
}
