using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Shifts;

/// <summary>
/// Closes a shift with the cash that was counted. It gets the till's next Z number, and takes nothing more; the same close again is
/// answered with it.
/// </summary>
internal static class CloseShift
{
    /// <param name="Counted">Minor units in the drawer, float included.</param>
    public sealed record Request(long Counted, string? Reason = null);

    public static void Map(RouteGroupBuilder shifts) =>
        shifts.MapPost("/{id:guid}/close", Handle).WithName(nameof(CloseShift)).RequirePermission(Permissions.CloseShift).Produces<ShiftAnswer>();

    private static async Task<IResult> Handle(Guid id, Request request, Caller caller, TransactionDb db, CancellationToken ct)
    {
        if (request.Counted is < 0 or > Limits.MaxCash || request.Reason is not null && !CartChecks.IsText(request.Reason, 200))
            return CommonProblems.InvalidRequest.With("counted: zero or more, in minor units; reason: 1 to 200 characters").ToHttp();
        if (CardNumbers.In(request.Reason))
            return CommonProblems.CardNumberRefused.With("reason").ToHttp();
        var closed = await db.InTenant<ShiftAnswer>(caller.TenantId, async () =>
        {
            // Load: locking the till's row waits for the sales that are being saved and lets no other in.
            if (await db.Shifts.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } shift)
                return Problems.ShiftUnknown;
            var till = await db.TillStates.FromSql($"SELECT * FROM till_state WHERE tenant_id = {caller.TenantId} AND till_id = {shift.TillId} FOR UPDATE")
                .SingleAsync(ct);
            if (till.ShiftId != id)
                await db.Entry(shift).ReloadAsync(ct); // as whoever held the row left it
            var totals = await ShiftTotals.Sum(db, shift, ct);

            // Decide.
            if (till.ShiftId != id)
                return shift.Counted == request.Counted && shift.Reason == request.Reason ? ShiftAnswer.Of(shift, totals) : Problems.ShiftNotOpen;
            till.ZNumber++;
            till.ShiftId = null;
            (shift.ClosedAt, shift.ClosedBy, shift.ZNumber, shift.Reason) = (db.Now, caller.UserId, till.ZNumber, request.Reason);
            (shift.Expected, shift.Counted) = (totals.ExpectedOf(shift.Float), request.Counted);

            // Save.
            db.Commits = CommitPoints.ShiftClose;
            db.Publish(shift.ToClosed(totals.CashRefunds, totals.PaidIn, totals.PaidOut));
            return ShiftAnswer.Of(shift, totals);
        }, ct);
        return closed.ToHttp();
    }
}
