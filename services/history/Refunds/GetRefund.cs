using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.History.Journal;

namespace WebWaka.History.Refunds;

/// <summary>One refund, from the journal. Refunds are decided in Transaction and read here (docs/decisions/0002).</summary>
internal static class GetRefund
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/refunds/{id:guid}", Handle).WithName(nameof(GetRefund)).RequirePermission(Permissions.ReadTransactions).Produces<RefundAnswer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, HistoryDb db, CancellationToken ct)
    {
        var found = await db.InTenant<RefundAnswer>(caller.TenantId, async () =>
            await db.Journal.AsNoTracking().SingleOrDefaultAsync(row => row.Kind == Kinds.Refund && row.ThingId == id, ct) is { } refund
                ? RefundAnswer.Of(refund)
                : Problems.RefundUnknown, ct);
        return found.ToHttp();
    }
}
