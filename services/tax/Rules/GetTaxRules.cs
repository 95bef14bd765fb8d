using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>The tenant's tax rules, with the ETag that a change of them needs.</summary>
internal static class GetTaxRules
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/rules", Handle).RequirePermission(Permissions.ReadTax).WithName(nameof(GetTaxRules)).Produces<TaxRulesAnswer>();

    private static async Task<IResult> Handle(Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<TaxRulesRow>(caller.TenantId, async () =>
            await db.TaxRules.AsNoTracking().SingleOrDefaultAsync(ct) is { } row ? row : CommonProblems.NotFound, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(TaxRulesAnswer.Of(row, packs));
        });
    }
}
