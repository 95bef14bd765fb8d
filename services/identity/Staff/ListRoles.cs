using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

internal sealed record RoleDto(string Code, string Name, bool BuiltIn, string[] Permissions);

/// <summary>The built-in roles, then the tenant's own. Few by nature (<see cref="AddRole.Most"/>), so all at once.</summary>
internal static class ListRoles
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/roles", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(ListRoles)).Produces<Page<RoleDto>>();

    private static async Task<IResult> Handle(Caller caller, IdentityDb db, CancellationToken ct)
    {
        var own = await db.InTenant(caller.TenantId, () => db.Roles.AsNoTracking().OrderBy(r => r.Code).ToListAsync(ct), ct);
        return TypedResults.Ok(new Page<RoleDto>(
        [
            .. Roles.BuiltIn.Select(role => new RoleDto(role.Key, role.Key, BuiltIn: true, role.Value)),
            .. own.Select(row => new RoleDto(row.Code, row.Name, BuiltIn: false, row.Permissions)),
        ]));
    }
}
