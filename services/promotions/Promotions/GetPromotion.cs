using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>One promotion, with the ETag that a change of it needs.</summary>
internal static class GetPromotion
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/{id:guid}", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(GetPromotion)).Produces<PromotionAnswer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var outcome = await db.InTenant<PromotionRow>(caller.TenantId, async () =>
            await db.Promotions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row ? row : CommonProblems.NotFound, ct);
        return outcome.ToHttp(row =>
        {
            http.SetETag(row.Version);
            return TypedResults.Ok(PromotionAnswer.Of(row));
        });
    }
}
