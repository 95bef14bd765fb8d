using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Customers;

/// <summary>In the order of their ids; those of one group where <c>group</c> names it.</summary>
internal static class ListCustomers
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/customers", Handle)
        .RequirePermission(Permissions.Sell).WithName(nameof(ListCustomers)).Produces<Page<CustomerDto>>();

    private static async Task<IResult> Handle(
        Caller caller, IdentityDb db, CancellationToken ct, string? group = null, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Id(cursor) ?? Guid.Empty;
        var rows = await db.InTenant(caller.TenantId, () => db.Customers.AsNoTracking()
            .Where(c => !c.Archived && (group == null || c.Groups.Contains(group)) && c.Id > after)
            .OrderBy(c => c.Id).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(CustomerDto.Of), take, customer => customer.Id.ToString()));
    }
}
