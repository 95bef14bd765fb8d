using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Pricing;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Claims;

/// <summary>What a cart asks for beside its lines that depends on earlier sales.</summary>
internal sealed record Wanted(Guid StoreId, Guid? Customer, string[] Codes, long Points, LeaseUse[]? Leases = null);

/// <summary>
/// Prices a cart, and once more with what has been used and the customer's groups where these can change the price. What is read here may be a moment old:
/// the claims of the sale's commit hold the limits, this only keeps them from failing.
/// </summary>
internal static class ReadFacts
{
    public static async Task<Outcome<Priced>> Price(
        TransactionDb db, Guid tenant, Book book, Wanted wanted, IReadOnlyCollection<Guid> exhausted, Func<Facts, Outcome<Priced>> price, CancellationToken ct)
    {
        var first = price(Facts.Unasked(exhausted));
        if (first.Problem is not null || !Facts.Matter(book, first.Value!.Cart, wanted.Customer, wanted.Points))
            return first;
        var day = BusinessDay.Of(first.Value.Local, book.Stores[wanted.StoreId].DayCutoff);
        return price(await db.InTenant(tenant, () => Read(db, book, wanted, exhausted, day, ct), ct));
    }

    private static async Task<Facts> Read(
        TransactionDb db, Book book, Wanted wanted, IReadOnlyCollection<Guid> exhausted, string day, CancellationToken ct)
    {
        var capped = book.Promotions.Values.Where(rule => rule.Caps is { UsesPerDay: not null } or { UsesPerCustomer: not null } or { Budget: not null }
            or { UsesInTotal: not null } || rule.Coupon?.PerCustomer is not null).Select(rule => rule.Id).ToArray();
        var counters = new List<string> { Counters.Budget, Counters.Day(day) };
        if (wanted.Customer is { } customer)
            counters.AddRange([Counters.Customer(customer), .. wanted.Codes.Select(code => Counters.CouponOf(customer, code))]);
        var used = await db.PromotionUsage.Where(row => capped.Contains(row.PromotionId) && counters.Contains(row.Counter))
            .ToDictionaryAsync(row => (row.PromotionId, row.Counter), row => row.Used, ct);
        var totals = await db.Promotions.Where(row => capped.Contains(row.Id)).Select(row => new { row.Id, row.Used }).ToListAsync(ct);
        var account = wanted.Customer is { } known ? await db.Customers.AsNoTracking().SingleOrDefaultAsync(row => row.CustomerId == known, ct) : null;
        // What a lease covers has been counted when it was leased.
        bool IsLeased(Guid promotion) => wanted.Leases is { } leases && Array.Exists(leases, lease => lease.Promotion == promotion);
        return new Facts(
            exhausted,
            [.. totals.Select(row => new PromotionUsage(
                row.Id, IsLeased(row.Id) ? 0 : row.Used, Of(row.Id, Counters.Day(day)),
                wanted.Customer is { } id ? Of(row.Id, Counters.Customer(id)) : 0, Of(row.Id, Counters.Budget)))],
            FirstPurchase: account is not { Purchases: > 0 },
            wanted.Customer is { } user
                ? wanted.Codes.Distinct(StringComparer.Ordinal).ToDictionary(code => code, code => CodeUses(user, code), StringComparer.Ordinal)
                : [],
            // Below zero is owed: nothing to spend.
            Points: Math.Clamp(account?.PointsAt(db.Now) ?? 0, 0, wanted.Points),
            account?.Groups ?? []);

        long Of(Guid promotion, string counter) => used.GetValueOrDefault((promotion, counter));

        long CodeUses(Guid user, string code) =>
            book.Coupons.GetValueOrDefault(code) is { } coupon ? Of(coupon.PromotionId, Counters.CouponOf(user, code)) : 0;
    }
}
