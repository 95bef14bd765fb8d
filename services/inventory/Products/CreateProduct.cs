using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>Adds a product. Sent again with the same id and content it is answered as the first time.</summary>
internal static class CreateProduct
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/products", Handle).WithName(nameof(CreateProduct)).RequirePermission(Permissions.EditCatalogue).Produces<ProductAnswer>(201);

    private static async Task<IResult> Handle(ProductRequest request, Caller caller, InventoryDb db, HttpContext http, CancellationToken ct)
    {
        if ((request.Check() ?? VersionFault(request)) is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<ProductAnswer>(caller.TenantId, async () =>
        {
            var change = new CatalogueChange(db);
            await change.Load([request], ct);
            var made = change.Create(request);
            return made.Ok ? made.Value!.ToAnswer(change.Currency) : made.Problem!;
        }, ct);
        return outcome.ToHttp(product =>
        {
            http.SetETag(product.Version);
            return TypedResults.Created($"/api/products/{product.Id}", product);
        });
    }

    private static Problem? VersionFault(ProductRequest request) =>
        request.Version is null ? null : CommonProblems.InvalidRequest.With("version: a new product has none yet");
}
