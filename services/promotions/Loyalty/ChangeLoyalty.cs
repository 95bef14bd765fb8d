using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Promotions.Promotions;

namespace WebWaka.Promotions.Loyalty;

/// <summary>
/// Begins or replaces the tenant's loyalty programme. The first takes <c>If-Match: "0"</c>. Sales already made keep what they gave.
/// </summary>
internal static class ChangeLoyalty
{
    /// <param name="Programme">As <c>WebWaka.Pricing</c> reads it: name, earn, burn, expiresAfterDays.</param>
    /// <param name="Archived">It gives and takes nothing any more; what customers have they keep.</param>
    internal sealed record Request(JsonElement Programme, bool Archived = false);

    internal sealed record Answer(long Version, JsonNode Programme, bool Archived)
    {
        public static Answer Of(LoyaltyProgrammeRow row) => new(row.Version, PromotionDocument.Read(row.Document), row.Archived);
    }

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("/promotions/loyalty", Put).RequirePermission(Permissions.EditPromotions).WithName(nameof(ChangeLoyalty))
            .WithExample(new("""
                {"programme": {"name": "Stars", "earn": {"points": 1, "amount": 10000, "items": {"excludedTags": ["tobacco"]}},
                  "burn": {"pointValue": "100", "minimumPoints": 50, "maxPercent": "50"}, "expiresAfterDays": 365}}
                """)).Produces<Answer>();
        api.MapGet("/promotions/loyalty", Get).RequirePermission(Permissions.ReadPromotions).WithName("GetLoyaltyProgramme").Produces<Answer>();
    }

    private static async Task<IResult> Get(Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<LoyaltyProgrammeRow>(caller.TenantId, async () =>
            await db.LoyaltyProgrammes.AsNoTracking().SingleOrDefaultAsync(ct) is { } row ? row : CommonProblems.NotFound, ct);
        return Answered(outcome, http);
    }

    private static async Task<IResult> Put(Request request, IfMatch match, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<LoyaltyProgrammeRow>(caller.TenantId, async () =>
        {
            // One that begins takes the row first: two at once wait for each other here, and the second finds the version moved.
            await db.Database.ExecuteSqlAsync($$"""
                INSERT INTO loyalty_programme (tenant_id, version, document, archived) VALUES ({{caller.TenantId}}, 0, '{}', true) ON CONFLICT DO NOTHING
                """, ct);
            var row = await db.LoyaltyProgrammes.FromSql($"SELECT * FROM loyalty_programme WHERE tenant_id = {caller.TenantId} FOR UPDATE").SingleAsync(ct);
            if (match.Raise(row) is { } moved)
                return moved;
            var parsed = PromotionDocument.ParseProgramme(request.Programme, caller.TenantId, row.Version);
            if (parsed.Problem is { } wrong)
                return wrong;
            (row.Document, row.Archived) = (JsonSerializer.Serialize(parsed.Value, PricingJson.Options), request.Archived);
            db.Publish(row.Event());
            return row;
        }, ct);
        return Answered(outcome, http);
    }

    private static IResult Answered(Outcome<LoyaltyProgrammeRow> outcome, HttpContext http) => outcome.ToHttp(row =>
    {
        http.SetETag(row.Version);
        return TypedResults.Ok(Answer.Of(row));
    });
}
