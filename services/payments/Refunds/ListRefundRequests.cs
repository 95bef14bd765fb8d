using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Collecting;

namespace WebWaka.Payments.Refunds;

/// <summary>What goes back through Paystack, the newest first.</summary>
internal static class ListRefundRequests
{
    /// <param name="State">One of <see cref="RefundStates.All"/>.</param>
    public sealed record Query(Guid? SaleId, string? State, int? Limit, string? Cursor);

    /// <param name="Source"><c>refund</c>, <c>void</c>, <c>return</c> or <c>dashboard</c>, and <paramref name="SourceId"/> which.</param>
    /// <param name="Amount">Minor units.</param>
    public sealed record Item(
        Guid Id, string Source, Guid SourceId, Guid SaleId, int Tender, Guid? PaymentId,
        long Amount, string Currency, string Status, string? Reason, DateTimeOffset CreatedAt)
    {
        public static Item Of(RefundRequestRow row) => new(
            row.Id, row.SourceKind, row.SourceId, row.SaleId, row.Tender, row.PaymentId, row.Amount, row.Currency, row.State, row.Reason, row.CreatedAt);
    }

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapGet("/refunds", Handle).WithName(nameof(ListRefundRequests)).RequirePermission(Permissions.ReadPayments).Produces<Page<Item>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        if (query.State is { } state && !RefundStates.All.Contains(state, StringComparer.Ordinal))
            return CommonProblems.InvalidRequest.With($"state: one of {string.Join(", ", RefundStates.All)}").ToHttp();
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => Filter(db, query, before).OrderByDescending(row => row.Id).Take(limit + 1)
            .ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(Item.Of), limit, item => item.Id.ToString()));
    }

    private static IQueryable<RefundRequestRow> Filter(PaymentsDb db, Query query, Guid? before)
    {
        IQueryable<RefundRequestRow> rows = db.RefundRequests.AsNoTracking();
        if (query.SaleId is { } sale)
            rows = rows.Where(row => row.SaleId == sale);
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (before is { } id)
            rows = rows.Where(row => row.Id < id);
        return rows;
    }
}
