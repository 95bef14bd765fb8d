using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>What stores have of products. A product that never moved in a store is not listed there.</summary>
internal static class ListStock
{
    /// <param name="Sku">Absent while the catalogue does not know the product; <c>Name</c> too.</param>
    public sealed record Item(Guid StoreId, Guid ProductId, string? Sku, string? Name, decimal OnHand, DateTimeOffset MovedAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stock", Handle).WithName(nameof(ListStock)).RequirePermission(Permissions.ReadStock).Produces<Page<Item>>(200);

    private static async Task<IResult> Handle(
        Guid? productId, Guid? storeId, int? limit, string? cursor, Caller caller, InventoryDb db, CancellationToken ct)
    {
        var take = Paging.Limit(limit);
        var after = StockCursor.Read(cursor);
        var rows = await db.InTenant(caller.TenantId, () => Items(db, Filter(db.Levels, productId, storeId), after).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, take, row => StockCursor.Key(row.StoreId, row.ProductId)));
    }

    public static IQueryable<LevelRow> Filter(IQueryable<LevelRow> levels, Guid? productId, Guid? storeId)
    {
        if (productId is { } product)
            levels = levels.Where(level => level.ProductId == product);
        if (storeId is { } store)
            levels = levels.Where(level => level.StoreId == store);
        return levels;
    }

    /// <summary>The levels with their product's name, by store and product, from after the cursor's.</summary>
    public static IQueryable<Item> Items(InventoryDb db, IQueryable<LevelRow> levels, (Guid Store, Guid Product)? after)
    {
        if (after is { } last)
        {
            levels = levels.Where(level => EF.Functions.GreaterThan(
                ValueTuple.Create(level.StoreId, level.ProductId), ValueTuple.Create(last.Store, last.Product)));
        }

        return from level in levels.OrderBy(level => level.StoreId).ThenBy(level => level.ProductId)
            join p in db.Products on new { level.TenantId, Id = level.ProductId } equals new { p.TenantId, p.Id } into known
            from product in known.DefaultIfEmpty()
            select new Item(level.StoreId, level.ProductId, product!.Sku, product.Name, level.OnHand, level.MovedAt);
    }
}

/// <summary>The cursor of lists by store and product.</summary>
internal static class StockCursor
{
    public static string Key(Guid store, Guid product) => $"{store:N}{product:N}";

    public static (Guid Store, Guid Product)? Read(string? cursor) => Paging.Decode(cursor) switch
    {
        null => null,
        { Length: 64 } key when Guid.TryParseExact(key[..32], "N", out var store) && Guid.TryParseExact(key[32..], "N", out var product) => (store, product),
        _ => throw new ProblemException(CommonProblems.InvalidRequest.With("cursor: not one of ours")),
    };
}
