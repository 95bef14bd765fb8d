using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Exemptions;

/// <summary>Customers' certificates in the order they were kept; <c>customerId</c> narrows the list.</summary>
internal static class ListExemptions
{
    public static void Map(RouteGroupBuilder api) => api.MapGet("/exemptions", Handle).RequirePermission(Permissions.ReadTax)
        .WithName(nameof(ListExemptions)).Produces<Page<ExemptionAnswer>>();

    private static async Task<IResult> Handle(
        Caller caller, TaxDb db, CancellationToken ct, Guid? customerId = null, int? limit = null, string? cursor = null)
    {
        var (take, after) = (Paging.Limit(limit), Paging.Id(cursor));
        var rows = await db.InTenant(caller.TenantId, () => Filter(db, customerId, after).OrderBy(row => row.Id).Take(take + 1).ToListAsync(ct), ct);
        return TypedResults.Ok(Paging.Of(rows.ConvertAll(ExemptionAnswer.Of), take, row => row.Id.ToString()));
    }

    private static IQueryable<ExemptionRow> Filter(TaxDb db, Guid? customerId, Guid? after)
    {
        IQueryable<ExemptionRow> rows = db.Exemptions.AsNoTracking();
        if (customerId is { } customer)
            rows = rows.Where(row => row.CustomerId == customer);
        if (after is { } last)
            rows = rows.Where(row => row.Id > last);
        return rows;
    }
}
