using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Customers;

/// <summary>Changes a customer as a whole. Their next quote is priced by the new groups; what was sold before stays as it was.</summary>
internal static class ChangeCustomer
{
    public sealed record Request(string Name, string[]? Groups = null, bool Archived = false)
    {
        public Problem? Check() => Rules.First(Rules.Text("name", Name, 100), CustomerGroups.Fault(Groups));
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPut("/customers/{id:guid}", Handle)
        .RequirePermission(Permissions.EditCustomers).WithName(nameof(ChangeCustomer)).Produces<CustomerDto>();

    private static async Task<IResult> Handle(
        Guid id, Request request, IfMatch ifMatch, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var outcome = await db.InTenant<CustomerRow>(caller.TenantId, async () =>
        {
            if (await db.Customers.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } row)
                return CommonProblems.NotFound;
            if (ifMatch.Raise(row) is { } moved)
                return moved;
            (row.Name, row.Groups, row.Archived) = (request.Name, CustomerGroups.Tidied(request.Groups), request.Archived);
            db.Publish(row.ToEvent());
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(CustomerDto.Of(row));
        });
    }
}
