using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>Takes the newest pack of the tenant's country. The tenant's own overrides stay as they are. Taken already is answered as done.</summary>
internal static class UpdatePack
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/rules/pack", Handle).RequirePermission(Permissions.EditTax).WithName(nameof(UpdatePack)).Produces<TaxRulesAnswer>();

    private static async Task<IResult> Handle(IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<TaxRulesRow>(caller.TenantId, async () =>
        {
            if (await db.TaxRules.SingleOrDefaultAsync(ct) is not { } row)
                return CommonProblems.NotFound;
            var own = row.Own;
            var pack = packs.For(own.IsEmpty ? row.Country : row.PackCountry);
            var rules = RuleSet.Build(pack, own, row.PricesIncludeTax);
            if (RuleSet.Fault(rules) is { } wrong)
                return Problems.TaxRulesInvalid.Because(wrong);
            if (row.Version != match.Version)
                return CommonProblems.VersionMoved;
            if (row.Rebuild(pack, own, rules))
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
