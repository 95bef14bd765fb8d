using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Shifts;

/// <summary>Opens a shift at a till with its float. A till has one open shift; the same id again is answered with it.</summary>
internal static class OpenShift
{
    /// <param name="Float">Minor units put into the drawer.</param>
    public sealed record Request(Guid TillId, long Float, Guid? Id = null);

    public static void Map(RouteGroupBuilder shifts) =>
        shifts.MapPost("/", Handle).WithName(nameof(OpenShift)).RequirePermission(Permissions.Sell).Produces<ShiftAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, Caller caller, TransactionDb db, Books books, CancellationToken ct)
    {
        if (request.Float is < 0 or > Limits.MaxCash)
            return CommonProblems.InvalidRequest.With("float: zero or more, in minor units").ToHttp();
        if (await books.Get(db, caller.TenantId, fresh: true, ct) is not { } book)
            return Problems.TenantNotReady.ToHttp();
        if (!book.Tills.TryGetValue(request.TillId, out var till) || till.Archived || !book.Stores.TryGetValue(till.StoreId, out var store))
            return Problems.TillUnknown.ToHttp();
        var opened = await db.InTenant<ShiftAnswer>(caller.TenantId, async () =>
        {
            // Load, with the till's row locked: made by whoever opens its first shift.
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO till_state (tenant_id, till_id, store_id, code, sale_seq, last_number, refund_seq, z_number) VALUES ({caller.TenantId}, {till.Id}, {till.StoreId}, {till.Code}, 0, '', 0, 0) ON CONFLICT DO NOTHING", ct);
            var state = await db.TillStates.FromSql($"SELECT * FROM till_state WHERE tenant_id = {caller.TenantId} AND till_id = {till.Id} FOR UPDATE")
                .SingleAsync(ct);

            // Decide.
            if (state.ShiftId is { } open)
            {
                if (open != request.Id)
                    return Problems.ShiftAlreadyOpen;
                var going = await db.Shifts.SingleAsync(row => row.Id == open, ct);
                return going.Float == request.Float ? ShiftAnswer.Of(going, await ShiftTotals.Sum(db, going, ct)) : CommonProblems.AlreadyExists;
            }

            if (request.Id is { } id && await db.Shifts.AnyAsync(row => row.Id == id, ct))
                return CommonProblems.AlreadyExists;
            var now = db.Now;
            var shift = new ShiftRow
            {
                Id = request.Id ?? db.NewId(), TillId = till.Id, StoreId = till.StoreId, OpenedBy = caller.UserId, OpenedAt = now,
                BusinessDate = BusinessDay.Of(BusinessDay.Local(now, store.TimeZone), store.DayCutoff),
                Currency = book.Settings.Currency, Float = request.Float,
            };

            // Save.
            (state.ShiftId, state.StoreId) = (shift.Id, till.StoreId);
            db.Add(shift);
            db.Publish(shift.ToOpened());
            return ShiftAnswer.Of(shift, new ShiftTotals());
        }, ct);
        return opened.ToHttp(shift => TypedResults.Created($"/api/shifts/{shift.Id}", shift));
    }
}
