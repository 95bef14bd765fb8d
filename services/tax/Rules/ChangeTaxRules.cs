using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>Replaces what the tenant says in place of its pack. An empty body takes everything back to the pack.</summary>
internal static class ChangeTaxRules
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/rules", Handle).RequirePermission(Permissions.EditTax).WithName(nameof(ChangeTaxRules)).Produces<TaxRulesAnswer>();

    private static async Task<IResult> Handle(
        Overrides request, IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<TaxRulesRow>(caller.TenantId, async () =>
        {
            if (await db.TaxRules.SingleOrDefaultAsync(ct) is not { } row)
                return CommonProblems.NotFound;
            if (row.Version != match.Version)
                return CommonProblems.VersionMoved;
            var pack = packs.For(row.PackCountry);
            if (request.Check(pack) is { } fault)
                return fault;
            var rules = RuleSet.Build(pack, request, row.PricesIncludeTax);
            if (RuleSet.Fault(rules) is { } wrong)
                return Problems.TaxRulesInvalid.Because(wrong);
            if (row.Rebuild(pack, request, rules))
                db.Publish(row.Event());
            return row;
        }, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(TaxRulesAnswer.Of(row, packs));
        });
    }
}
