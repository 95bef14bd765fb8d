using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Redemptions;

/// <summary>What sales have used of a promotion, as far as they have been heard of.</summary>
internal static class GetPromotionUsage
{
    private const int MostUsed = 100;

    /// <param name="Redemptions">Sales that were given it, those taken back since among them.</param>
    /// <param name="Amount">Minor units given less those taken back.</param>
    /// <param name="Coupons">The hundred most used codes; all are at <c>/api/coupons</c>.</param>
    internal sealed record Answer(Guid PromotionId, long Redemptions, long Reversed, long Amount, long CouponsIssued, CouponUsage[] Coupons);

    internal sealed record CouponUsage(string Code, long Redemptions, long Reversed, long Amount);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/promotions/{id:guid}/usage", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(GetPromotionUsage)).Produces<Answer>();

    private static async Task<IResult> Handle(Guid id, Caller caller, PromotionsDb db, CancellationToken ct)
    {
        var outcome = await db.InTenant<Answer>(caller.TenantId, async () =>
        {
            if (!await db.Promotions.AnyAsync(row => row.Id == id, ct))
                return CommonProblems.NotFound;
            var sums = await db.PromotionUsage.AsNoTracking().SingleOrDefaultAsync(row => row.PromotionId == id, ct);
            var issued = await db.Coupons.LongCountAsync(row => row.PromotionId == id, ct);
            var coupons = await db.CouponUsage.Where(row => row.PromotionId == id)
                .OrderByDescending(row => row.Redeemed).ThenBy(row => row.Coupon).Take(MostUsed)
                .Select(row => new CouponUsage(row.Coupon, row.Redeemed, row.Reversed, row.Amount)).ToArrayAsync(ct);
            return new Answer(id, sums?.Redeemed ?? 0, sums?.Reversed ?? 0, sums?.Amount ?? 0, issued, coupons);
        }, ct);
        return outcome.ToHttp();
    }
}
