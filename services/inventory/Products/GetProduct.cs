using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

internal static class GetProduct
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/products/{id:guid}", Handle).WithName(nameof(GetProduct)).RequirePermission(Permissions.ReadCatalogue).Produces<ProductAnswer>(200);

    private static async Task<IResult> Handle(Guid id, Caller caller, InventoryDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<ProductAnswer>(caller.TenantId, async () =>
        {
            if (await db.Products.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            return row.ToAnswer(await db.Settings.Select(s => s.Currency).SingleOrDefaultAsync(ct));
        }, ct);
        return outcome.ToHttp(product =>
        {
            http.SetETag(product.Version);
            return TypedResults.Ok(product);
        });
    }
}
