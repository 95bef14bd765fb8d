using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.History.Journal;
using WebWaka.History.Transactions;

namespace WebWaka.History.Refunds;

/// <summary>Refunds, newest first, of one sale where it is named.</summary>
internal static class ListRefunds
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/refunds", Handle).WithName(nameof(ListRefunds)).RequirePermission(Permissions.ReadTransactions).Produces<Page<RefundAnswer>>();

    private static async Task<IResult> Handle(Guid? saleId, int? limit, string? cursor, Caller caller, HistoryDb db, CancellationToken ct)
    {
        var after = SaleCursor.Read(cursor);
        var size = Paging.Limit(limit);
        var page = await db.InTenant(caller.TenantId, async () =>
        {
            var rows = db.Journal.Where(row => row.Kind == Kinds.Refund);
            if (saleId is { } sale)
                rows = rows.Where(row => row.SaleId == sale);
            if (after is { } last)
                rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.At, row.ThingId), ValueTuple.Create(last.At, last.Id)));
            var found = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.ThingId).Take(size + 1).AsNoTracking().ToListAsync(ct);
            return Paging.Of(found, size, row => new SaleCursor(row.BusinessDate, row.At, row.ThingId).ToString());
        }, ct);
        return TypedResults.Ok(new Page<RefundAnswer>([.. page.Items.Select(RefundAnswer.Of)], page.NextCursor));
    }
}
