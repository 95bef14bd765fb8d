using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

internal sealed record StaffDto(Guid Id, long Version, string Name, string Email, string Role, Guid[] Stores, bool Active)
{
    public static StaffDto Of(StaffRow row) => new(row.Id, row.Version, row.Name, row.Email, row.Role, row.Stores, row.Active);
}

/// <summary>By e-mail address.</summary>
internal static class ListStaff
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/staff", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(ListStaff)).Produces<Page<StaffDto>>();

    private static async Task<IResult> Handle(Caller caller, IdentityDb db, CancellationToken ct, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor) ?? "";
        var rows = await db.InTenant(caller.TenantId, () => db.Staff.AsNoTracking()
            .Where(s => string.Compare(s.EmailKey, after) > 0).OrderBy(s => s.EmailKey).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(StaffDto.Of), take, staff => StaffRow.KeyOf(staff.Email)));
    }
}
