using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>Changes a product as a whole; <c>archived: true</c> takes it out of the catalogue and frees its barcodes.</summary>
internal static class ReplaceProduct
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/products/{id:guid}", Handle).WithName(nameof(ReplaceProduct)).RequirePermission(Permissions.EditCatalogue).Produces<ProductAnswer>(200);

    private static async Task<IResult> Handle(
        Guid id, ProductRequest request, IfMatch ifMatch, Caller caller, InventoryDb db, HttpContext http, CancellationToken ct)
    {
        if ((request.Check() ?? Contradicts(id, ifMatch, request)) is { } fault)
            return fault.ToHttp();
        request = request with { Id = id };
        var outcome = await db.InTenant<ProductAnswer>(caller.TenantId, async () =>
        {
            var change = new CatalogueChange(db);
            await change.Load([request], ct);
            var saved = change.Replace(id, ifMatch, request);
            return saved.Ok ? saved.Value!.ToAnswer(change.Currency) : saved.Problem!;
        }, ct);
        return outcome.ToHttp(product =>
        {
            http.SetETag(product.Version);
            return TypedResults.Ok(product);
        });
    }

    private static Problem? Contradicts(Guid id, IfMatch ifMatch, ProductRequest request) =>
        request.Id is { } other && other != id ? CommonProblems.InvalidRequest.With("id: not the one in the address")
        : request.Version is { } version && version != ifMatch.Version ? CommonProblems.InvalidRequest.With("version: not the one of If-Match")
        : null;
}
