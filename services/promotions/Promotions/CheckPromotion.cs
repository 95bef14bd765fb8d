using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

/// <summary>What is odd about a promotion as things stand: the same warnings that saving it answers.</summary>
internal static class CheckPromotion
{
    /// <summary>Beyond so many others the rest is not looked at: a warning is help, not a guard.</summary>
    private const int MostOthers = 2_000;

    internal sealed record Answer(Guid PromotionId, long Version, PromotionWarning[] Warnings);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/{id:guid}/warnings", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(CheckPromotion)).Produces<Answer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
            await db.Promotions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is { } row
                ? new Answer(id, row.Version, await Of(db, row, ct))
                : CommonProblems.NotFound, ct);
        return outcome.ToHttp();
    }

    public static async Task<PromotionWarning[]> Of(PromotionsDb db, PromotionRow row, CancellationToken ct)
    {
        var others = await db.Promotions.AsNoTracking().Where(other => !other.Archived && other.Id != row.Id)
            .OrderByDescending(other => other.Id).Take(MostOthers).Select(other => other.Document).ToListAsync(ct);
        var codes = await db.Coupons.LongCountAsync(coupon => coupon.PromotionId == row.Id && !coupon.Archived, ct);
        return PromotionWarnings.Of(PromotionDocument.Stored(row.Document), others.Select(PromotionDocument.Stored), codes, db.Now.UtcDateTime);
    }
}
