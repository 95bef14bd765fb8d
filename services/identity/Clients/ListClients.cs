using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Clients;

/// <summary>The programs that are let in, in the order they were.</summary>
internal static class ListClients
{
    public sealed record Item(Guid Id, string ClientId, string Name, string[] Permissions, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/clients", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(ListClients)).Produces<Page<Item>>();

    private static async Task<IResult> Handle(Caller caller, IdentityDb db, CancellationToken ct, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor) ?? "";
        var rows = await db.InTenant(caller.TenantId, () => db.ApiClients
            .Where(c => !c.Removed && string.Compare(c.ClientId, after) > 0).OrderBy(c => c.ClientId).Take(take + 1)
            .Select(c => new Item(c.Id, c.ClientId, c.Name, c.Permissions, c.CreatedAt)).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows, take, client => client.ClientId));
    }
}
