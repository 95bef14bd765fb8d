using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Coupons;

/// <summary>Coupons by code, with their uses. <c>promotionId</c> and <c>code</c> (whole, any case) narrow the list.</summary>
internal static class ListCoupons
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/coupons", Handle).RequirePermission(Permissions.ReadPromotions)
            .WithName(nameof(ListCoupons)).Produces<Page<CouponAnswer>>();

    private static async Task<IResult> Handle(
        Caller caller, PromotionsDb db, CancellationToken ct, Guid? promotionId = null, string? code = null, int? limit = null, string? cursor = null)
    {
        var take = Paging.Limit(limit);
        var after = Paging.Decode(cursor);
        var wanted = code?.ToUpperInvariant();
        var rows = await db.InTenant(caller.TenantId, () =>
        {
            var query = db.Coupons.AsNoTracking();
            if (promotionId is not null)
                query = query.Where(row => row.PromotionId == promotionId);
            if (wanted is not null)
                query = query.Where(row => row.Code == wanted);
            if (after is not null)
                query = query.Where(row => string.Compare(row.Code, after) > 0);
            return query.OrderBy(row => row.Code).Take(take + 1)
                .Select(row => new
                {
                    Row = row,
                    Used = db.CouponUsage.Where(use => use.PromotionId == row.PromotionId && use.Coupon == row.Code)
                        .Select(use => use.Redeemed - use.Reversed).FirstOrDefault(),
                }).ToListAsync(ct);
        }, ct);
        // A void may be heard of before its sale: for that moment the count would be below zero.
        var answers = rows.ConvertAll(row => CouponAnswer.Of(row.Row, Math.Max(0, row.Used)));
        return TypedResults.Ok(Paging.Of(answers, take, row => row.Code));
    }
}
