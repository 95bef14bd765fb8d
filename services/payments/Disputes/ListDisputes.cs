using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Payments.Disputes;

/// <summary>Payments that a customer's bank wants back, the newest first.</summary>
internal static class ListDisputes
{
    /// <param name="Open">True: those that still wait for an answer.</param>
    public sealed record Query(Guid? SaleId, bool? Open, int? Limit, string? Cursor);

    /// <param name="Amount">Minor units.</param>
    /// <param name="DueAt">Not answered by then, it is lost.</param>
    public sealed record Item(
        Guid Id, Guid PaymentId, Guid SaleId, long Amount, string Currency, string Status, string? Resolution, DateTimeOffset? DueAt, DateTimeOffset OpenedAt,
        DateTimeOffset? ResolvedAt)
    {
        public static Item Of(DisputeRow row) => new(
            row.Id, row.PaymentId, row.SaleId, row.Amount, row.Currency, row.Status, row.Resolution, row.DueAt, row.OpenedAt, row.ResolvedAt);
    }

    public static void Map(RouteGroupBuilder payments) =>
        payments.MapGet("/disputes", Handle).WithName(nameof(ListDisputes)).RequirePermission(Permissions.ReadPayments).Produces<Page<Item>>();

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, PaymentsDb db, CancellationToken ct)
    {
        var limit = Paging.Limit(query.Limit);
        var before = Paging.Id(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => db.Disputes.AsNoTracking()
            .Where(row => (query.SaleId == null || row.SaleId == query.SaleId) && (query.Open == null || row.Resolution == null == query.Open)
                && (before == null || row.Id < before))
            .OrderByDescending(row => row.Id).Take(limit + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(Item.Of), limit, item => item.Id.ToString()));
    }
}
