using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>The ledger, the last recorded first.</summary>
internal static class ListMovements
{
    public sealed record Query(Guid? ProductId, Guid? StoreId, int? Limit, string? Cursor);

    /// <param name="Quantity">Positive into the store, negative out of it.</param>
    /// <param name="SourceId">The sale, refund or stock document.</param>
    public sealed record Item(
        Guid Id, Guid StoreId, Guid ProductId, decimal Quantity, MovementKind Kind, Guid SourceId, int Line, string? Reason, DateTimeOffset At, Guid By);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stock/movements", Handle).WithName(nameof(ListMovements)).RequirePermission(Permissions.ReadStock).Produces<Page<Item>>(200);

    private static async Task<IResult> Handle([AsParameters] Query query, Caller caller, InventoryDb db, CancellationToken ct)
    {
        var limit = Paging.Limit(query.Limit);
        var before = BeforeOf(query.Cursor);
        var rows = await db.InTenant(caller.TenantId, () => Filter(db, query, before).OrderByDescending(m => m.Id).Take(limit + 1)
            .Select(m => new Item(m.Id, m.StoreId, m.ProductId, m.Quantity, m.Kind, m.SourceId, m.Line, m.Reason, m.At, m.By)).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, limit, row => row.Id.ToString()));
    }

    private static IQueryable<MovementRow> Filter(InventoryDb db, Query query, Guid? before)
    {
        IQueryable<MovementRow> rows = db.Movements;
        if (query.ProductId is { } product)
            rows = rows.Where(m => m.ProductId == product);
        if (query.StoreId is { } store)
            rows = rows.Where(m => m.StoreId == store);
        if (before is { } id)
            rows = rows.Where(m => m.Id < id);
        return rows;
    }

    private static Guid? BeforeOf(string? cursor) => Paging.Decode(cursor) switch
    {
        null => null,
        var key when Guid.TryParse(key, out var id) => id,
        _ => throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours")),
    };
}
