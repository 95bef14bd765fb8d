using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>A new promotion. Sent again with the same id and content it is answered as the first time.</summary>
internal static class CreatePromotion
{
    /// <param name="Rule">The promotion as <c>WebWaka.Pricing</c> reads it: type, name, what it gives, conditions, caps, stacking, priority.</param>
    /// <param name="TotalLimit">How often it may be given in all sales together.</param>
    internal sealed record Request(JsonElement Rule, Guid? Id = null, long? TotalLimit = null);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/promotions", Handle).RequirePermission(Permissions.EditPromotions)
            .WithName(nameof(CreatePromotion))
            .WithExample(new("""
                {"rule": {"type": "percentOff", "name": "Happy hour on drinks", "percent": "15", "items": {"categories": ["Drinks"]},
                  "conditions": {"weekdays": ["friday"], "hours": [{"from": "17:00:00", "to": "19:00:00"}], "minimumQuantity": "2"},
                  "caps": {"usesPerCustomer": 1, "usesPerDay": 200, "budget": 50000000}, "stacking": {"mode": "best", "group": "drinks"},
                  "usesReturn": "onVoid"}}
                """)).Produces<PromotionAnswer>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(Request request, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var id = request.Id ?? db.NewId();
        if (Check(request) is { } fault)
            return fault.ToHttp();
        var parsed = PromotionDocument.Parse(request.Rule, id, version: 1);
        if (parsed.Problem is { } wrong)
            return wrong.ToHttp();
        var row = new PromotionRow
        {
            TenantId = caller.TenantId, Id = id, Version = 1, Name = parsed.Value!.Name,
            Document = PromotionDocument.Write(parsed.Value), TotalLimit = request.TotalLimit, CreatedAt = db.Now,
        };
        var outcome = await db.InTenant<PromotionAnswer>(caller.TenantId, async () =>
        {
            // The insert itself finds out whether it is the first: two at once wait for each other here.
            var inserted = await db.Database.ExecuteSqlAsync($"""
                INSERT INTO promotion (tenant_id, id, version, name, document, total_limit, archived, created_at)
                VALUES ({row.TenantId}, {row.Id}, {row.Version}, {row.Name}, {row.Document}, {row.TotalLimit}, false, {row.CreatedAt})
                ON CONFLICT DO NOTHING
                """, ct);
            // Read back in both cases, so that both answers are the same to the last digit of a time.
            var stored = await db.Promotions.SingleAsync(r => r.Id == id, ct);
            if (inserted == 1)
            {
                db.Publish(PromotionAnswer.Event(stored));
            }
            else if (stored.Version != 1 || stored.Document != row.Document || stored.TotalLimit != row.TotalLimit)
            {
                return CommonProblems.AlreadyExists;
            }

            return PromotionAnswer.Of(stored, await CheckPromotion.Of(db, stored, ct));
        }, ct);
        return outcome.ToHttp(made =>
        {
            http.SetETag(made.Version);
            return TypedResults.Created($"/api/promotions/{made.Id}", made);
        });
    }

    internal static Problem? Check(Request request) =>
        request.Id == Guid.Empty ? CommonProblems.InvalidRequest.With("id: not empty") : CheckLimit(request.TotalLimit);

    internal static Problem? CheckLimit(long? totalLimit) =>
        totalLimit is < 1 or > 1_000_000_000 ? CommonProblems.InvalidRequest.With("totalLimit: 1 to 1000000000") : null;
}
