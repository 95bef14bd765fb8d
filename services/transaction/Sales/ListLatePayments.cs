using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Transaction.Sales;

/// <summary>Money that came and that no sale could take, the newest first: for the person who gives it back.</summary>
internal static class ListLatePayments
{
    public sealed record Query(Guid? SaleId, int? Limit, string? Cursor);

    /// <param name="Amount">Minor units.</param>
    /// <param name="Reference">Paystack's name of the payment is ours: by it the money is found in Paystack's dashboard.</param>
    public sealed record Item(
        Guid PaymentId, Guid SaleId, int Tender, long Amount, string Currency, string Reference, string Reason, DateTimeOffset At);

    public static void Map(RouteGroupBuilder sales) => sales.MapGet("/late-payments", Handle).WithName(nameof(ListLatePayments))
        .RequirePermission(Permissions.ReadPayments).Produces<Page<Item>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, TransactionDb db, CancellationToken ct)
    {
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.LatePayments
            .Where(row => (query.SaleId == null || row.SaleId == query.SaleId) && (before == null || row.PaymentId < before))
            .OrderByDescending(row => row.PaymentId).Take(limit + 1)
            .Select(row => new Item(row.PaymentId, row.SaleId, row.Tender, row.Amount, row.Currency, row.Reference, row.Reason, row.At))
            .ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, limit, item => item.PaymentId.ToString()));
    }
}
