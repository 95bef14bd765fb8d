using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>Replaces what the tenant says in place of its pack. An empty body takes everything back to the pack.</summary>
internal static class ChangeTaxRules
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/rules", Handle).RequirePermission(Permissions.EditTax).WithName(nameof(ChangeTaxRules)).Produces<TaxRulesAnswer>();

    private static Task<IResult> Handle(
        Overrides request, IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct) =>
        Change(_ => request, match, caller, db, packs, http, ct);

    /// <summary>Takes what <paramref name="change"/> makes of the tenant's own words, where the version is the one that was read.</summary>
    internal static async Task<IResult> Change(
        Func<Overrides, Overrides> change, IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<TaxRulesRow>(caller.TenantId, async () =>
        {
            if (await db.TaxRules.SingleOrDefaultAsync(ct) is not { } row)
                return CommonProblems.NotFound;
            if (row.Version != match.Version)
                return CommonProblems.VersionMoved;
            var pack = packs.For(row.PackCountry);
            var own = change(row.Own);
            if (own.Check(pack) is { } fault)
                return fault;
            own = own.For(pack);
            var rules = RuleSet.Build(pack, own, row.PricesIncludeTax);
            if (RuleSet.Fault(rules, pack) is { } wrong)
                return Problems.TaxRulesInvalid.Because(wrong);
            if (await ClassesInUse.Of(db, row.Rules, rules, ct) is { Length: > 0 } used)
                return ClassesInUse.Refuse(used);
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
