using WebWaka.Pricing;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Core;

/// <summary>What earlier sales have left for this cart, and who its customer is: its promotions and points depend on it.</summary>
/// <param name="Exhausted">Promotions that claims have failed for.</param>
/// <param name="Usage">What capped promotions have given so far.</param>
/// <param name="FirstPurchase">Whether a known customer has bought nothing before.</param>
/// <param name="CouponUses">How often the customer has used each code.</param>
/// <param name="Points">Loyalty points to spend.</param>
/// <param name="Groups">The customer's groups.</param>
internal sealed record Facts(
    IReadOnlyCollection<Guid> Exhausted, PromotionUsage[] Usage, bool FirstPurchase, IReadOnlyDictionary<string, long> CouponUses, long Points,
    string[] Groups)
{
    private static readonly Dictionary<string, long> NoUses = [];

    /// <summary>
    /// As if nothing had been used and nobody were in a group. But for groups, what is not given so is not given otherwise, so most
    /// carts need not ask.
    /// </summary>
    public static Facts Unasked(IReadOnlyCollection<Guid> exhausted) =>
        new(exhausted, [], FirstPurchase: true, NoUses, Points: 0, Groups: []);

    /// <summary>Whether the price may be another once it is known what has been used and who buys.</summary>
    public static bool Matter(Book book, PricedCart cart, Guid? customer, long points) =>
        points > 0 || (customer is not null && book.AsksForGroups)
        || Array.Exists(cart.Applied, applied => DependsOnSales(book.Promotions[applied.PromotionId]));

    private static bool DependsOnSales(Promotion rule) =>
        rule.Caps is { UsesInTotal: not null } or { UsesPerDay: not null } or { UsesPerCustomer: not null } or { Budget: not null }
        || rule.Conditions.FirstPurchaseOnly || rule.Coupon?.PerCustomer is not null;
}
