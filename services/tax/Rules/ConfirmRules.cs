using WebWaka.CellKit;

namespace WebWaka.Tax.Rules;

/// <summary>
/// The owner confirms unverified rules of the pack, or takes that back. Nothing else of the tenant's own words changes. A newer
/// pack with another content of a rule asks again.
/// </summary>
internal static class ConfirmRules
{
    /// <param name="Confirm">Keys as <c>GET /api/tax/rules</c> lists them under <c>pack.unconfirmed</c>.</param>
    /// <param name="Withdraw">Keys that were confirmed.</param>
    internal sealed record Request(string[]? Confirm = null, string[]? Withdraw = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/rules/confirm", Handle).RequirePermission(Permissions.EditTax).WithName(nameof(ConfirmRules)).Produces<TaxRulesAnswer>();

    private static async Task<IResult> Handle(
        Request request, IfMatch match, Caller caller, TaxDb db, PackShelf packs, HttpContext http, CancellationToken ct)
    {
        var (confirm, withdraw) = (request.Confirm ?? [], request.Withdraw ?? []);
        if (confirm.Length + withdraw.Length == 0)
            return CommonProblems.InvalidRequest.With("confirm: name at least one rule").ToHttp();
        return await ChangeTaxRules.Change(
            own => own with { Confirmed = [.. (own.Confirmed ?? []).Except(withdraw, StringComparer.Ordinal).Union(confirm, StringComparer.Ordinal)] },
            match, caller, db, packs, http, ct);
    }
}
