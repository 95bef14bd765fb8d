using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Stores;

/// <summary>A store as answered. <c>TimeZone</c> and <c>DayCutoff</c> are absent where it inherits the tenant's.</summary>
internal sealed record StoreDto(
    Guid Id, long Version, string Code, string Name, string? Address, string? TimeZone, string? DayCutoff, bool Archived)
{
    public static StoreDto Of(StoreRow row) =>
        new(row.Id, row.Version, row.Code, row.Name, row.Address, row.TimeZone, row.DayCutoff, row.Archived);
}

/// <summary>By code, to everybody who works there: a till begins by choosing its store.</summary>
internal static class ListStores
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/stores", Handle)
        .RequireAuthorization().WithName(nameof(ListStores)).Produces<Page<StoreDto>>();

    private static async Task<IResult> Handle(Caller caller, IdentityDb db, CancellationToken ct, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor) ?? "";
        var rows = await db.InTenant(caller.TenantId, () => db.Stores.AsNoTracking()
            .Where(s => string.Compare(s.Code, after) > 0).OrderBy(s => s.Code).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(StoreDto.Of), take, store => store.Code));
    }
}
