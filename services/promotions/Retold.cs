using Microsoft.EntityFrameworkCore;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Promotions.Promotions;

namespace WebWaka.Promotions;

/// <summary>Promotions, coupons and the programme of points as they are now, archived ones too.</summary>
internal static class Retold
{
    public static async IAsyncEnumerable<object> Events(NpgsqlConnection connection, CellContext context, Guid tenant, DateTimeOffset since)
    {
        await using var db = new PromotionsDb(ModelOptions.ForOwner<PromotionsDb>(connection, PromotionsCell.Name), context);
        await foreach (var promotion in db.Promotions.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return PromotionAnswer.Event(promotion);
        await foreach (var coupon in db.Coupons.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return coupon.Event();
        await foreach (var programme in db.LoyaltyProgrammes.AsNoTracking().Where(row => row.TenantId == tenant).AsAsyncEnumerable())
            yield return programme.Event();
    }
}
