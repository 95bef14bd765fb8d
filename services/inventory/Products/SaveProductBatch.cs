using WebWaka.CellKit;

namespace WebWaka.Inventory.Products;

/// <summary>
/// Adds and changes many products in one commit: a row with a version changes the product of that id, one without adds it.
/// When any row is refused nothing is saved, and every faulty row is named.
/// </summary>
internal static class SaveProductBatch
{
    private const int MaxRows = 500;

    public sealed record Request(ProductRequest[] Products);

    public sealed record Answer(ProductAnswer[] Items, string? Currency);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/products/batch", Handle).WithName(nameof(SaveProductBatch)).RequirePermission(Permissions.EditCatalogue).Produces<Answer>(200);

    private static async Task<IResult> Handle(Request request, Caller caller, InventoryDb db, CancellationToken ct)
    {
        if (Check(request) is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            var change = new CatalogueChange(db);
            await change.Load(request.Products, ct);
            var saved = request.Products.Select(row => row.Version is { } version
                ? change.Replace(row.Id!.Value, new IfMatch(version), row)
                : change.Create(row)).ToList();
            var refused = saved.Select((row, at) => row.Problem is { } p ? new RowFault(at, p.Code, p.Detail ?? p.Title) : null).OfType<RowFault>().ToList();
            if (refused.Count > 0)
                return Problems.RowsConflict.With("faults", refused);
            return new Answer([.. saved.Select(row => row.Value!.ToAnswer())], change.Currency);
        }, ct);
        return outcome.ToHttp();
    }

    private static Problem? Check(Request request)
    {
        if (request.Products.Length is 0 or > MaxRows)
            return CommonProblems.InvalidRequest.With($"products: 1 to {MaxRows}");
        var faults = new List<RowFault>();
        var ids = new HashSet<Guid>();
        for (var at = 0; at < request.Products.Length; at++)
        {
            var row = request.Products[at];
            var fault = row is null ? "is null"
                : row.Fault()
                ?? (row is { Version: not null, Id: null } ? "id: is required with a version" : null)
                ?? (row.Id is { } id && !ids.Add(id) ? "id: is in an earlier row too" : null);
            if (fault is not null)
                faults.Add(new RowFault(at, CommonProblems.InvalidRequest.Code, fault));
        }

        return faults.Count == 0 ? null : Problems.RowsInvalid.With("faults", faults);
    }
}
