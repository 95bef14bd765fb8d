using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

internal sealed record TillDto(Guid Id, long Version, Guid StoreId, string Code, string Name, bool Archived)
{
    public static TillDto Of(TillRow row) => new(row.Id, row.Version, row.StoreId, row.Code, row.Name, row.Archived);
}

/// <summary>By code; of one store where <c>storeId</c> says which.</summary>
internal static class ListTills
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/tills", Handle)
        .RequireAuthorization().WithName(nameof(ListTills)).Produces<Page<TillDto>>();

    private static async Task<IResult> Handle(
        Caller caller, IdentityDb db, CancellationToken ct, Guid? storeId = null, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor) ?? "";
        var rows = await db.InTenant(caller.TenantId, () => db.Tills.AsNoTracking()
            .Where(t => (storeId == null || t.StoreId == storeId) && string.Compare(t.Code, after) > 0)
            .OrderBy(t => t.Code).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(TillDto.Of), take, till => till.Code));
    }
}
