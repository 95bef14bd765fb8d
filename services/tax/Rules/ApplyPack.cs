using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>
/// Takes the newest version of a pack of the tenant's country; with <c>dryRun</c> it only says what would change. The tenant's own
/// overrides stay as they are. Taken already is answered as done.
/// </summary>
internal static class ApplyPack
{
    /// <param name="From">The pack in use before.</param>
    /// <param name="Changes">Rules that are added, removed or changed for this tenant, its overrides worked in.</param>
    /// <param name="Lapsed">Confirmations that the pack has no such rule for any more.</param>
    /// <param name="InUse">Classes that the pack does not have and products are in: it can be taken once they are in others.</param>
    /// <param name="Version">Of the tenant's rules, its ETag.</param>
    internal sealed record Answer(
        bool DryRun, PackName From, PackName To, RuleChange[] Changes, string[] Lapsed, ClassInUse[] InUse, long Version);

    internal sealed record PackName(string Code, string Version);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/packs/{code}/apply", Handle).RequirePermission(Permissions.EditTax).WithName(nameof(ApplyPack)).Produces<Answer>();

    private static async Task<IResult> Handle(
        string code, IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct, bool dryRun = false)
    {
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            if (await db.TaxRules.SingleOrDefaultAsync(ct) is not { } row)
                return CommonProblems.NotFound;
            if (packs.Find(code) is not { } pack)
                return Problems.PackUnknown;
            if (pack.Country != row.Country && pack.Country != Pack.NoCountry)
                return Problems.PackOfOtherCountry.With($"{pack.Code} is for {pack.Country}, this tenant is in {row.Country}");
            var (before, from) = (row.Own, new PackName(row.PackCountry, row.PackVersion));
            var own = before.For(pack);
            var rules = RuleSet.Build(pack, own, row.PricesIncludeTax);
            if (RuleSet.Fault(rules, pack) is { } wrong)
                return Problems.TaxRulesInvalid.Because(wrong);
            if (row.Version != match.Version)
                return CommonProblems.VersionMoved;
            var used = await ClassesInUse.Of(db, row.Rules, rules, ct);
            if (!dryRun && used.Length > 0)
                return ClassesInUse.Refuse(used);
            var changes = RuleDifference.Of(row.Rules, rules);
            if (!dryRun && row.Rebuild(pack, own, rules))
                db.Publish(row.Event());
            string[] lapsed = [.. (before.Confirmed ?? []).Except(own.Confirmed ?? [], StringComparer.Ordinal)];
            return new Answer(dryRun, from, new(pack.Code, pack.Version), changes, lapsed, used, row.Version);
        }, ct);
        return outcome.ToHttp(answer =>
        {
            http.SetETag(answer.Version);
            return TypedResults.Ok(answer);
        });
    }
}
