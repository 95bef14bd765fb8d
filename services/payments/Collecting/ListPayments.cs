using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Collecting;

/// <summary>Payments, the newest first.</summary>
internal static class ListPayments
{
    /// <param name="State">One of <see cref="PaymentStates.All"/>.</param>
    public sealed record Query(Guid? SaleId, string? State, int? Limit, string? Cursor);

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapGet("", Handle).WithName(nameof(ListPayments)).RequireSellOrReadPayments().Produces<Page<PaymentAnswer>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        if (query.State is { } state && !PaymentStates.All.Contains(state, StringComparer.Ordinal))
            return CommonProblems.InvalidRequest.With($"state: one of {string.Join(", ", PaymentStates.All)}").ToHttp();
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => Filter(db, query, before).OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(PaymentAnswer.Of), limit, item => item.Id.ToString()));
    }

    private static IQueryable<PaymentRow> Filter(PaymentsDb db, Query query, Guid? before)
    {
        IQueryable<PaymentRow> rows = db.Payments.AsNoTracking();
        if (query.SaleId is { } sale)
            rows = rows.Where(row => row.SaleId == sale);
        if (query.State is { } state)
            rows = rows.Where(row => row.State == state);
        if (before is { } id)
            rows = rows.Where(row => row.Id < id);
        return rows;
    }
}
