using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;

namespace WebWaka.Promotions.Promotions;

/// <summary>What promotions would do to a cart, each with its reason. Nothing is stored and no use is counted.</summary>
internal static class EvaluatePromotions
{
    private const int MaxLines = 500;
    private const int MaxRules = 500;
    private const int MaxClasses = 50;

    /// <param name="Cart">As <c>WebWaka.Pricing</c> reads it; storeId, at (now) and the lines' numbers may be left out.</param>
    /// <param name="Rules">The promotions to try, each with its id if it matters; absent: the tenant's own that are not archived.</param>
    /// <param name="PricesIncludeTax">Of the cart's prices.</param>
    /// <param name="TaxClasses">So that totals have tax; absent: without tax.</param>
    /// <param name="DefaultTaxClass">For lines that name no class.</param>
    /// <param name="Rounding">Absent: by line, half away from zero.</param>
    /// <param name="Loyalty">Absent: without points.</param>
    internal sealed record Request(
        JsonElement Cart, JsonElement[]? Rules = null, bool PricesIncludeTax = false, TaxClass[]? TaxClasses = null, string? DefaultTaxClass = null,
        RoundingPolicy? Rounding = null, LoyaltyProgramme? Loyalty = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/promotions/evaluate", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(EvaluatePromotions)).Produces<PricedCart>().WithExample(EvaluationExample.Value);

    private static async Task<IResult> Handle(Request request, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        if (request.Rules?.Length > MaxRules || request.TaxClasses?.Length > MaxClasses)
            return CommonProblems.InvalidRequest.With($"rules: at most {MaxRules}, taxClasses: at most {MaxClasses}").ToHttp();
        var cart = PromotionDocument.ParseCart(request.Cart, db.Now);
        if (cart.Problem is { } unreadable)
            return unreadable.ToHttp();
        if (cart.Value!.Lines.Length > MaxLines || Array.Exists(cart.Value.Lines, line => line is null))
            return CommonProblems.InvalidRequest.With($"cart.lines: at most {MaxLines}, none of them null").ToHttp();
        var promotions = request.Rules is null ? await Own(caller.TenantId, db, ct) : Inline(request.Rules);
        if (promotions.Problem is { } wrong)
            return wrong.ToHttp();
        var book = new RuleBook
        {
            PricesIncludeTax = request.PricesIncludeTax,
            DefaultTaxClass = request.DefaultTaxClass,
            TaxClasses = request.TaxClasses ?? [],
            Rounding = request.Rounding ?? new RoundingPolicy(),
            Promotions = promotions.Value!,
            Loyalty = request.Loyalty,
        };
        if (book.Check() is { } fault)
            return Problems.PromotionInvalid.With(fault.Detail).ToHttp();
        var priced = Pricer.Price(cart.Value, book, everyRule: true);
        return priced.Failure is { } failure
            ? Problems.CannotBePriced.With(failure.Line is { } line ? $"line {line}: {failure.Detail}" : failure.Detail).With("reason", failure.Code).ToHttp()
            : TypedResults.Json(priced.Value, PricingJson.Options);
    }

    private static async Task<Outcome<Promotion[]>> Own(Guid tenant, PromotionsDb db, CancellationToken ct)
    {
        var documents = await db.InTenant(
            tenant, () => db.Promotions.AsNoTracking().Where(row => !row.Archived).Select(row => row.Document).ToListAsync(ct), ct);
        return documents.Select(PromotionDocument.Stored).ToArray();
    }

    /// <summary>A rule without an id of its own has its place in the request for one.</summary>
    private static Outcome<Promotion[]> Inline(JsonElement[] rules)
    {
        var promotions = new Promotion[rules.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            var id = rules[i].ValueKind == JsonValueKind.Object && rules[i].TryGetProperty("id", out var own) && own.TryGetGuid(out var given)
                ? given
                : new Guid(i + 1, 0, 0, new byte[8]);
            var parsed = PromotionDocument.Parse(rules[i], id, version: 1, stored: false);
            if (parsed.Problem is { } wrong)
                return wrong.With("rule", i);
            promotions[i] = parsed.Value!;
        }

        return promotions;
    }
}
