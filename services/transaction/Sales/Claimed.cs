using Microsoft.EntityFrameworkCore;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Transaction.Sales;

/// <summary>Gives back what a sale had claimed, in the order in which sales claim.</summary>
internal static class Claimed
{
    public static async Task Release(TransactionDb db, Redemption[] redemptions, CancellationToken ct)
    {
        var coupons = redemptions.Where(r => r.Coupon is not null).Select(r => r.Coupon!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var code in coupons)
            await db.Coupons.Where(row => row.Code == code && row.Used > 0)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used - 1), ct);
        foreach (var id in redemptions.Select(r => r.PromotionId).Distinct().Order())
            await db.Promotions.Where(row => row.Id == id && row.TotalLimit != null && row.Used > 0)
                
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used - 1), ct);
    }
}
