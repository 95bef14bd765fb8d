using WebWaka.Pricing;
using WebWaka.Transaction.Core;

namespace WebWaka.Transaction.Quotes;

/// <summary>What a cart costs and why: each amount with the rule and the version that gave it.</summary>
internal static partial class CreateQuote
{
    /// <summary>Amounts are minor units of <c>Currency</c>; the words are those of docs/pricing.md.</summary>
    /// <param name="RulesVersion">Which state of all the rules; a sale keeps the same.</param>
    /// <param name="TaxPoint">The time on the store's own clock that chose rates and promotions.</param>
    /// <param name="TaxZones">The zones that the store is in; absent: none.</param>
    /// <param name="TaxExemption">The customer's certificate that took taxes off.</param>
    /// <param name="NotCharged">Fees and taxes of the lines' classes that were not charged, and why.</param>
    /// <param name="Rounding">Cash rounding; absent while the tenders do not say how much is cash.</param>
    /// <param name="Due">Total and rounding; absent likewise.</param>
    public sealed record Answer(
        string Currency, bool PricesIncludeTax, Line[] Lines, long Gross, long Net, long Discount,
        long Tax, Fee[] Fees, long Total, Tax[] Taxes, Given[] Applied, NotGiven[] NotApplied, string RulesVersion, DateTimeOffset TaxPoint,
        string[]? TaxZones, string? TaxExemption, Skipped[] NotCharged, long? Rounding, long? Due, Points? Loyalty = null)
    {
        internal static Answer Of(Priced priced, CashPart? settlement)
        {
            var cart = priced.Cart;
            return new Answer(
                cart.Currency, cart.Lines.All(line => line.PricesIncludeTax), Array.ConvertAll(cart.Lines, line => Line.Of(line, priced)),
                cart.Gross, cart.Net, cart.Discount, cart.Tax, Array.ConvertAll(cart.Fees, Fee.Of), cart.Total,
                Array.ConvertAll(cart.Taxes, CreateQuote.Tax.Of),
                Array.ConvertAll(cart.Applied, a => new Given(a.PromotionId, a.Name, a.CouponCode, a.Count, a.Amount, a.Version)),
                Array.ConvertAll(cart.NotApplied, n => new NotGiven(n.PromotionId, n.CouponCode, n.Reason, n.Name, n.Version)),
                priced.RulesVersion, priced.Local, priced.Zones, cart.TaxExemptionId,
                Array.ConvertAll(cart.Skipped!, rule => new Skipped(rule.Rule, rule.Reason)), settlement?.Rounding, cart.Total + settlement?.Rounding,
                cart.Loyalty is { } points ? new Points(points.Earned, points.Burned, points.Value, points.NotBurned) : null);
        }
    }

    public sealed record Line(
        int Number, Guid? ProductId, string? Sku, string Name, decimal Quantity,
        decimal UnitPrice, string? TaxClass, long Gross, Discounted[] Discounts, long Net, Tax[] Taxes, long Total)
    {
        internal static Line Of(PricedLine line, Priced priced) => new(
            line.Line, line.ProductId, priced.ProductOf(line)?.Sku, priced.NameOf(line), line.Quantity, line.UnitPrice, line.TaxClass, line.Gross,
            Array.ConvertAll(line.Discounts, d => new Discounted(d.PromotionId, d.Name, d.Amount, d.Base, d.CouponCode, d.Version, d.Source)), line.Net,
            Array.ConvertAll(line.Taxes, CreateQuote.Tax.Of), line.Total);
    }

    /// <param name="Base">What the line cost just before.</param>
    /// <param name="Version">Of the promotion.</param>
    public sealed record Discounted(Guid? Promotion, string Name, long Amount, long Base, string? Coupon, long? Version, DiscountSource Source);

    /// <param name="Rule">The component: class, code and since when it is in force. Absent in sums.</param>
    /// <param name="Version">Of that rule. Absent in sums.</param>
    public sealed record Tax(
        string Code, decimal Rate, long Base, long Amount, bool Included, TaxTreatment Treatment, string? Rule, string? Version)
    {
        internal static Tax Of(LineTax tax) => new(tax.Code, tax.Rate, tax.Base, tax.Amount, tax.Included, tax.Treatment, tax.Rule, tax.Version);
    }

    /// <param name="Base">A percentage: the minor units that <paramref name="Rate"/> percent was taken of.</param>
    /// <param name="Quantity">A fee per unit: how many, at <paramref name="PerUnit"/> minor units each.</param>
    public sealed record Fee(
        string Code, string Name, long Net, Tax[] Taxes, long Total, string Rule, string? Version, long? Base, decimal? Quantity, decimal? Rate,
        decimal? PerUnit)
    {
        internal static Fee Of(PricedFee fee) => new(
            fee.Code, fee.Name, fee.Net, Array.ConvertAll(fee.Taxes, CreateQuote.Tax.Of), fee.Total, FeeRequest.RuleOf(fee.Code), fee.Version, fee.Base,
            fee.Quantity, fee.Rate, fee.PerUnit);
    }

    public sealed record Given(Guid Promotion, string Name, string? Coupon, int Count, long Amount, long Version);

    public sealed record NotGiven(Guid? Promotion, string? Coupon, string Reason, string? Name, long? Version);

    /// <param name="Rule">As a tax or fee names it.</param>
    public sealed record Skipped(string Rule, string Reason);

    /// <param name="Earned">Points that the sale will earn.</param>
    /// <param name="Burned">Points that it would spend, at most those the customer has.</param>
    /// <param name="Value">Minor units that they take off.</param>
    public sealed record Points(long Earned, long Burned, long Value, string? NotBurned);
}
