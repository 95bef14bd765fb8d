using WebWaka.Pricing;

namespace WebWaka.Transaction.Core;

/// <summary>What a sale takes from something that can be used up. <see cref="Counter"/> says of what, within its promotion.</summary>
/// <param name="Coupon">The code, where it is a coupon's use.</param>
/// <param name="Count">Uses, or minor units of a budget.</param>
/// <param name="Limit">How far the counter may go; absent for a coupon, whose own row says so.</param>
/// <param name="Lease">The till's lease that it is taken from instead.</param>
internal sealed record Claim(Guid Promotion, string Counter, string? Coupon, long Count, long? Limit, UsesReturn Returns, Guid? Lease = null);

/// <summary>A till's lease that a use of the sale comes from: of a coupon's code, or of a promotion with a limit in all.</summary>
public sealed record LeaseUse(Guid LeaseId, string? Coupon = null, Guid? Promotion = null);

/// <summary>The names of counters, and which of them a priced cart takes from.</summary>
internal static class Counters
{
    public const string Total = "total";
    public const string Budget = "budget";

    public static string Coupon(string code) => $"coupon {code}";

    public static string Day(string businessDate) => $"day {businessDate}";

    public static string Customer(Guid id) => $"customer {id}";

    public static string CouponOf(Guid customer, string code) => $"customer {customer} coupon {code}";

    /// <summary>In the order in which every sale and every release locks, so that two never wait for each other in a circle.</summary>
    public static IEnumerable<T> InOrder<T>(IEnumerable<T> claims, Func<T, (Guid Promotion, string Counter, string? Coupon)> of) => claims
        .OrderBy(claim => of(claim) switch { { Coupon: not null } => 0, { Counter: Total } => 1, _ => 2 })
        .ThenBy(claim => of(claim).Coupon, StringComparer.Ordinal).ThenBy(claim => of(claim).Promotion)
        .ThenBy(claim => of(claim).Counter, StringComparer.Ordinal);

    /// <summary>Everything that the sale may exhaust: uses of coupons, and of what each given promotion is capped by.</summary>
    public static Claim[] ClaimsOf(IReadOnlyDictionary<Guid, Promotion> promotions, PricedCart cart, Guid? customer, string businessDate, LeaseUse[]? leases)
    {
        if (cart.Applied.Length == 0)
            return [];
        var claims = new List<Claim>();
        foreach (var given in cart.Applied.GroupBy(applied => applied.PromotionId))
        {
            var rule = promotions[given.Key];
            var (uses, caps) = (given.LongCount(), rule.Caps);
            foreach (var code in given.Select(applied => applied.CouponCode).OfType<string>())
            {
                Take(Coupon(code), 1, null, code, LeaseOf(leases, code, null));
                if (rule.Coupon?.PerCustomer is { } most && customer is { } user)
                    Take(CouponOf(user, code), 1, most);
            }

            if (caps.UsesInTotal is { } total)
                Take(Total, uses, total, null, LeaseOf(leases, null, rule.Id));
            if (caps.UsesPerDay is { } daily)
                Take(Day(businessDate), uses, daily);
            if (caps.UsesPerCustomer is { } each && customer is { } buyer)
                Take(Customer(buyer), uses, each);
            if (caps.Budget is { } budget)
                Take(Budget, given.Sum(applied => applied.Amount), budget);

            void Take(string counter, long count, long? limit, string? coupon = null, Guid? lease = null) =>
                claims.Add(new Claim(rule.Id, counter, coupon, count, limit, rule.UsesReturn, lease));
        }

        return [.. InOrder(claims, claim => (claim.Promotion, claim.Counter, claim.Coupon))];
    }

    private static Guid? LeaseOf(LeaseUse[]? leases, string? coupon, Guid? promotion) => leases is null ? null
        : Array.Find(leases, lease => coupon is null ? lease.Promotion == promotion : lease.Coupon is { } code && Quoting.Normalize(code) == coupon)?.LeaseId;
}
