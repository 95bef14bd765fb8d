using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>The categories that live products name, with how many each has.</summary>
internal static class ListCategories
{
    public sealed record Category(string Name, int Products);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/categories", Handle).WithName(nameof(ListCategories)).RequirePermission(Permissions.ReadCatalogue).Produces<Page<Category>>(200);

    private static async Task<IResult> Handle(int? limit, string? cursor, Caller caller, InventoryDb db, CancellationToken ct)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor) ?? "";
        var rows = await db.InTenant(caller.TenantId, () => db.Products
            .Where(p => !p.Archived && p.Category != null && string.Compare(p.Category, after) > 0)
            .GroupBy(p => p.Category!).OrderBy(group => group.Key).Take(take + 1)
            .Select(group => new Category(group.Key, group.Count())).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, take, row => row.Name));
    }
}
