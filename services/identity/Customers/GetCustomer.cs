using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Customers;

internal sealed record CustomerDto(Guid Id, long Version, string Name, string[] Groups, bool Archived)
{
    public static CustomerDto Of(CustomerRow row) => new(row.Id, row.Version, row.Name, row.Groups, row.Archived);
}

internal static class GetCustomer
{
    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/customers/{id:guid}", Handle)
        .RequirePermission(Permissions.Sell).WithName(nameof(GetCustomer)).Produces<CustomerDto>();

    private static async Task<IResult> Handle(Guid id, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<CustomerRow>(caller.TenantId, async () =>
            await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is { } row ? row : CommonProblems.NotFound, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(CustomerDto.Of(row));
        });
    }
}
