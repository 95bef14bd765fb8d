using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Shifts;

/// <summary>A shift with its totals at this moment: the X report, and the Z report once it is closed.</summary>
internal static class GetShift
{
    public static void Map(RouteGroupBuilder shifts)
    {
        shifts.MapGet("/{id:guid}", (Guid id, Caller caller, TransactionDb db, CancellationToken ct) =>
                Find(db, caller, shifts => shifts.Where(row => row.Id == id), ct))
            .WithName(nameof(GetShift)).RequirePermission(Permissions.Sell).Produces<ShiftAnswer>();
        shifts.MapGet("/current", (Guid tillId, Caller caller, TransactionDb db, CancellationToken ct) =>
                Find(db, caller, shifts => shifts.Where(row => row.TillId == tillId && row.ClosedAt == null), ct))
            .WithName("GetCurrentShift").RequirePermission(Permissions.Sell).Produces<ShiftAnswer>();
    }

    private static async Task<IResult> Find(TransactionDb db, Caller caller, Func<IQueryable<ShiftRow>, IQueryable<ShiftRow>> which, CancellationToken ct)
    {
        var found = await db.InTenant<ShiftAnswer>(caller.TenantId, async () =>
            await which(db.Shifts.AsNoTracking()).SingleOrDefaultAsync(ct) is { } shift
                ? ShiftAnswer.Of(shift, await ShiftTotals.Sum(db, shift, ct))
                : Problems.ShiftUnknown, ct);
        return found.ToHttp();
    }
}
