using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>
/// Stock below zero: more has left a store than we know to have come in, as when two tills sold the last one. Each with the
/// sales that took it there, for a person to settle by a count, an adjustment, a receipt or a transfer.
/// </summary>
internal static class ListConflicts
{
    private const int SalesShown = 10;

    /// <param name="Quantity">What the sale took, positive.</param>
    public sealed record Sale(Guid SaleId, int Line, decimal Quantity, DateTimeOffset At, Guid By);

    /// <param name="Sales">The last ones recorded, newest first.</param>
    public sealed record Conflict(Guid StoreId, Guid ProductId, string? Sku, string? Name, decimal OnHand, DateTimeOffset MovedAt, Sale[] Sales);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stock/conflicts", Handle).WithName(nameof(ListConflicts)).RequirePermission(Permissions.ReadStock).Produces<Page<Conflict>>(200);

    private static async Task<IResult> Handle(
        Guid? productId, Guid? storeId, int? limit, string? cursor, Caller caller, InventoryDb db, CancellationToken ct)
    {
        var take = Paging.Limit(limit);
        var after = StockCursor.Read(cursor);
        var page = await db.InTenant(caller.TenantId, async () =>
        {
            var levels = ListStock.Filter(db.Levels.Where(level => level.BelowZero), productId, storeId);
            var items = await ListStock.Items(db, levels, after).Take(take + 1).ToListAsync(ct);
            var found = Paging.Of(items, take, row => StockCursor.Key(row.StoreId, row.ProductId));
            var conflicts = new List<Conflict>(found.Items.Count);
            foreach (var item in found.Items)
                conflicts.Add(await WithSales(db, item, ct));
            return new Page<Conflict>(conflicts, found.NextCursor);
        }, ct);
        return TypedResults.Ok(page);
    }

    private static async Task<Conflict> WithSales(InventoryDb db, ListStock.Item item, CancellationToken ct)
    {
        var sales = await db.Movements
            .Where(m => m.ProductId == item.ProductId && m.StoreId == item.StoreId && m.Kind == MovementKind.Sale)
            .OrderByDescending(m => m.Id).Take(SalesShown)
            .Select(m => new Sale(m.SourceId, m.Line, -m.Quantity, m.At, m.By)).ToArrayAsync(ct);
        return new Conflict(item.StoreId, item.ProductId, item.Sku, item.Name, item.OnHand, item.MovedAt, sales);
    }
}
