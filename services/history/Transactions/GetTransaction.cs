using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Journal;
using WebWaka.History.Refunds;

namespace WebWaka.History.Transactions;

/// <summary>One sale with its lines, tenders and refunds, from the journal.</summary>
internal static class GetTransaction
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/transactions/{id:guid}", Handle).WithName(nameof(GetTransaction)).RequirePermission(Permissions.ReadTransactions)
            .Produces<TransactionAnswer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, HistoryDb db, CancellationToken ct)
    {
        var found = await db.InTenant<TransactionAnswer>(caller.TenantId, async () =>
        {
            // The journal last: whatever the sale's row counts is in it.
            if (await db.Sales.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Number != null, ct) is not { } sale)
                return Problems.TransactionUnknown;
            var document = await db.Journal.AsNoTracking().SingleAsync(row => row.Kind == Kinds.Sale && row.ThingId == id, ct);
            var after = await db.Journal.AsNoTracking().Where(row => row.SaleId == id).OrderBy(row => row.At).ThenBy(row => row.ThingId).ToListAsync(ct);
            return TransactionAnswer.Of(
                sale, document.Read<SaleCompleted>(), [.. after.Where(row => row.Kind == Kinds.Refund).Select(RefundAnswer.Of)],
                after.Find(row => row.Kind == Kinds.Void)?.Read<SaleVoided>());
        }, ct);
        return found.ToHttp();
    }
}
