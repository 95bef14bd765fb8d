using Microsoft.EntityFrameworkCore;
using WebWaka.Contracts.Transaction;
using WebWaka.Pricing;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Claims;

/// <summary>How a sale ended that had claimed something.</summary>
internal enum Ending
{
    /// <summary>It was never completed, so nothing was given: everything comes back.</summary>
    GivenUp,
    Voided,
    RefundedWhole,
}

/// <summary>Gives back what a sale had claimed, each claim once and as its promotion said then, in the order in which sales claim.</summary>
internal static class Claimed
{
    public static async Task Release(TransactionDb db, Guid sale, Ending ending, CancellationToken ct)
    {
        var claims = await db.Claims.Where(row => row.SaleId == sale && row.ReleasedAt == null).ToListAsync(ct);
        foreach (var claim in Counters.InOrder(claims.Where(claim => ComesBack(claim, ending)), row => (row.PromotionId, row.Counter, row.Coupon)))
        {
            claim.ReleasedAt = db.Now;
            await Lower(db, claim.PromotionId, claim.Counter, claim.Coupon, claim.Count, ct);
        }
    }

    /// <summary>The sale no longer counts as a purchase of its customer.</summary>
    public static async Task Forget(TransactionDb db, SaleCompleted sale, CancellationToken ct)
    {
        if (sale.CustomerId is { } customer)
            await db.Customers.Where(row => row.CustomerId == customer)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Purchases, row => row.Purchases - 1), ct);
    }

    /// <summary>Takes so much off the counter.</summary>
    public static Task<int> Lower(TransactionDb db, Guid promotion, string counter, string? coupon, long count, CancellationToken ct) =>
        coupon is not null
            ? db.Coupons.Where(row => row.Code == coupon).ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used - count), ct)
        : counter == Counters.Total
            ? db.Promotions.Where(row => row.Id == promotion).ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used - count), ct)
        : db.PromotionUsage.Where(row => row.PromotionId == promotion && row.Counter == counter)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, row => row.Used - count), ct);

    private static bool ComesBack(ClaimRow claim, Ending ending) => ending switch
    {
        Ending.GivenUp => true,
        Ending.Voided => claim.Returns != nameof(UsesReturn.Never),
        _ => claim.Returns == nameof(UsesReturn.Always),
    };
}
