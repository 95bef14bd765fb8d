using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Promotions.Coupons;

/// <summary>Takes a coupon out of use for good; its code is not given again. Archived already is answered as done.</summary>
internal static class ArchiveCoupon
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/coupons/{code}/archive", Handle).RequirePermission(Permissions.EditPromotions)
            .WithName(nameof(ArchiveCoupon)).Produces<CouponAnswer>();

    private static async Task<IResult> Handle(string code, IfMatch match, Caller caller, PromotionsDb db, HttpContext http, CancellationToken ct)
    {
        var wanted = code.ToUpperInvariant();
        var outcome = await db.InTenant<CouponAnswer>(caller.TenantId, async () =>
        {
            if (await db.Coupons.SingleOrDefaultAsync(row => row.Code == wanted, ct) is not { } row)
                return CommonProblems.NotFound;
            var used = await db.CouponUsage.Where(use => use.PromotionId == row.PromotionId && use.Coupon == wanted)
                .Select(use => use.Redeemed - use.Reversed).SingleOrDefaultAsync(ct);
            if (!row.Archived)
            {
                if (match.Raise(row) is { } moved)
                    return moved;
                row.Archived = true;
                db.Publish(row.Event());
            }

            return CouponAnswer.Of(row, Math.Max(0, used));
        }, ct);
        return outcome.ToHttp(answer =>
        {
            http.SetETag(answer.Version);
            return TypedResults.Ok(answer);
        });
    }
}
