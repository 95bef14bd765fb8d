using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Customers;

/// <summary>Adds a customer; one that has bought before under an id of its own is added under that id. Sent again it is answered as the first time.</summary>
internal static class AddCustomer
{
    /// <param name="Groups">What promotions may be for, compared by character.</param>
    public sealed record Request(string Name, string[]? Groups = null, Guid? Id = null)
    {
        public Problem? Check() => Rules.First(
            Rules.Text("name", Name, 100), CustomerGroups.Fault(Groups), Id == Guid.Empty ? "id: is empty" : null);

        public bool IsThat(CustomerRow row) =>
            row.Name == Name && !row.Archived && row.Groups.SequenceEqual(CustomerGroups.Tidied(Groups), StringComparer.Ordinal);
    }

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/customers", Handle)
        .RequirePermission(Permissions.EditCustomers).WithName(nameof(AddCustomer)).Produces<CustomerDto>(StatusCodes.Status201Created)
        .WithExample(CustomerExample.Value);

    private static async Task<IResult> Handle(Request request, HttpContext http, Caller caller, IdentityDb db, CancellationToken ct)
    {
        if (request.Check() is { } fault)
            return fault.ToHttp();
        var row = new CustomerRow { Id = request.Id ?? db.NewId(), Name = request.Name, Groups = CustomerGroups.Tidied(request.Groups) };
        var outcome = await db.InTenant<CustomerRow>(caller.TenantId, async () =>
        {
            // Inserted at once, so that of two that come together the second finds the first rather than breaks its key.
            var made = await db.Database.ExecuteSqlAsync($"""
                INSERT INTO customer (tenant_id, id, version, name, groups, archived)
                VALUES ({caller.TenantId}, {row.Id}, {row.Version}, {row.Name}, {row.Groups}, false) ON CONFLICT DO NOTHING
                """, ct);
            if (made == 0)
            {
                var known = await db.Customers.SingleAsync(c => c.Id == row.Id, ct);
                return request.IsThat(known) ? known : CommonProblems.AlreadyExists;
            }

            db.Publish(row.ToEvent());
            return row;
        }, ct);
        return outcome.ToHttp(customer =>
        {
            http.SetETag(customer.Version);
            return TypedResults.Created($"/api/customers/{customer.Id}", CustomerDto.Of(customer));
        });
    }
}
