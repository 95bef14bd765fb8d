using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Clients;

/// <summary>Shuts a program out: no token for it from now on, and those it has run out within ten minutes.</summary>
internal static class RemoveClient
{
    public static void Map(IEndpointRouteBuilder api) => api.MapDelete("/clients/{id:guid}", Handle)
        .RequirePermission(Permissions.EditStaff).WithName(nameof(RemoveClient)).Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(Guid id, Caller caller, IdentityDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<ApiClientRow>(caller.TenantId, async () =>
        {
            if (await db.ApiClients.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            row.Removed = true;
            return row;
        }, ct);
        return outcome.ToHttp(_ => TypedResults.NoContent());
    }
}
