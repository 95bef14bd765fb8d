using WebWaka.Pricing;
using WebWaka.Promotions.Copies;

namespace WebWaka.Promotions.Simulations;

/// <summary>
/// A promotion on past sales, one after the other as they were: its caps count as they would have counted. No code is asked for and it is
/// the only promotion.
/// </summary>
internal sealed class Simulation(
    Promotion promotion, IReadOnlyDictionary<Guid, ProductRow> products, IReadOnlyDictionary<Guid, string> zones,
    IReadOnlyDictionary<Guid, string[]> groups, bool asSold)
{
    private readonly RuleBook _rules = new() { Promotions = [promotion with { Coupon = null }] };
    private readonly Dictionary<Guid, (long Sales, long Discount, decimal Quantity)> _products = [];
    private readonly Dictionary<DateOnly, long> _days = [];
    private readonly Dictionary<Guid, long> _customers = [];
    private readonly HashSet<Guid> _known = [];
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);

    public long Sales { get; private set; }

    public long Touched { get; private set; }

    public long Discount { get; private set; }

    public IEnumerable<(Guid Product, string Name, long Sales, decimal Quantity, long Discount)> Products => _products
        .OrderByDescending(pair => pair.Value.Discount).ThenBy(pair => pair.Key)
        .Select(pair => (pair.Key, products.GetValueOrDefault(pair.Key)?.Name ?? "", pair.Value.Sales, pair.Value.Quantity, pair.Value.Discount));

    public IReadOnlyDictionary<string, long> Reasons => _reasons;

    public void Add(PastSale sale, DateTimeOffset at)
    {
        Sales++;
        var zone = zones.GetValueOrDefault(sale.StoreId) ?? "UTC";
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = DateOnly.FromDateTime(local.DateTime);
        var first = sale.CustomerId is { } known && _known.Add(known);
        var usage = new PromotionUsage(
            promotion.Id, Touched, _days.GetValueOrDefault(day), sale.CustomerId is { } user ? _customers.GetValueOrDefault(user) : 0, Discount);
        var inGroups = sale.CustomerId is { } one ? groups.GetValueOrDefault(one) ?? [] : [];
        var priced = Pricer.Price(sale.ToCart(local, products, inGroups, usage, first, asSold), _rules, everyRule: true);
        if (priced.Value is not { } cart)
        {
            Count(priced.Failure!.Code);
            return;
        }

        if (cart.Applied.Length == 0)
        {
            Count(cart.NotApplied.Length > 0 ? cart.NotApplied[0].Reason : "no_matching_item");
            return;
        }

        Touched++;
        Discount += cart.Applied.Sum(given => given.Amount);
        _days[day] = _days.GetValueOrDefault(day) + 1;
        if (sale.CustomerId is { } buyer)
            _customers[buyer] = _customers.GetValueOrDefault(buyer) + 1;
        foreach (var line in cart.Lines.GroupBy(line => line.ProductId ?? Guid.Empty))
            Give(line.Key, line.Sum(one => one.Discounts.Where(d => d.Source == DiscountSource.Promotion).Sum(d => d.Amount)), line.Sum(one => one.Quantity));
    }

    private void Give(Guid product, long discount, decimal quantity)
    {
        if (discount == 0)
            return;
        var had = _products.GetValueOrDefault(product);
        _products[product] = (had.Sales + 1, had.Discount + discount, had.Quantity + quantity);
    }

    private void Count(string reason) => _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
}
