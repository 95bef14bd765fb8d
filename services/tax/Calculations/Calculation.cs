using WebWaka.Pricing;

namespace WebWaka.Tax.Calculations;

/// <summary>What lines cost. All amounts are minor units of <c>Currency</c>; <c>Total</c> is the sum of line and fee totals.</summary>
/// <param name="At">The tax point that was used.</param>
/// <param name="Tax">Of lines and fees.</param>
/// <param name="Taxes">The same by code, rate and treatment.</param>
/// <param name="Cash">What paying in cash comes to.</param>
/// <param name="RulesVersion">Of the tenant's rules; absent where every line brought its own taxes.</param>
internal sealed record Calculation(
    string Currency, DateTimeOffset At, CalculatedLine[] Lines, long Discount, long Net, long Tax, TaxAmount[] Taxes, CalculatedFee[] Fees, long Total,
    CashDue Cash, string? RulesVersion, string? ExemptionId)
{
    public static Calculation Of(PricedCart cart, DateTimeOffset at, CashRounding? rounding) => new(
        cart.Currency, at, Array.ConvertAll(cart.Lines, Of), cart.Discount, cart.Net, cart.Tax, Array.ConvertAll(cart.Taxes, Of),
        Array.ConvertAll(cart.Fees, fee => new CalculatedFee(
            fee.Code, fee.Net, Array.ConvertAll(fee.Taxes, Of), fee.Total, fee.Version, fee.Base, fee.Quantity, fee.Rate, fee.PerUnit)), cart.Total,
        new(Tenders.CashDue(cart.Total, rounding) - cart.Total, Tenders.CashDue(cart.Total, rounding)),
        cart.Versions.Taxes is { Length: > 0 } version ? version : null, cart.TaxExemptionId);

    private static CalculatedLine Of(PricedLine line) =>
        new(line.Line, line.Quantity, line.UnitPrice, line.PricesIncludeTax, line.Gross,
            line.Discounts.Sum(one => one.Amount), line.Net, Array.ConvertAll(line.Taxes, Of), line.Total);

    private static TaxAmount Of(LineTax tax) => new(
        tax.Code, tax.Rate, tax.Base, tax.Amount, tax.Treatment, tax.Included, tax.Version,
        tax.Rule?.StartsWith(CalculateTax.InlineClass, StringComparison.Ordinal) == true ? null : tax.Rule);
}

/// <param name="Gross">Quantity x unit price as listed.</param>
/// <param name="Net">Without tax, also where prices include it.</param>
/// <param name="Total">Net and its taxes.</param>
internal sealed record CalculatedLine(
    int Line, decimal Quantity, decimal UnitPrice, bool PricesIncludeTax, long Gross, long Discount, long Net, TaxAmount[] Taxes, long Total);

/// <param name="Rate">Percent.</param>
/// <param name="Included">Whether the price contained it.</param>
/// <param name="Version">Of the component; absent in sums and where it came along without one.</param>
/// <param name="Rule">The tenant's rule: class, code and since when; absent in sums and where the tax came along.</param>
internal sealed record TaxAmount(
    string Code, decimal Rate, long Base, long Amount, TaxTreatment Treatment, bool Included = false, string? Version = null, string? Rule = null);

/// <param name="Base">A percentage: the minor units that <paramref name="Rate"/> percent was taken of.</param>
/// <param name="Quantity">A fee per unit: how many, at <paramref name="PerUnit"/> minor units each.</param>
internal sealed record CalculatedFee(
    string Code, long Net, TaxAmount[] Taxes, long Total, string? Version, long? Base, decimal? Quantity, decimal? Rate, decimal? PerUnit);

/// <param name="Rounding">What cash pays more or less than the total.</param>
/// <param name="Due">Total and rounding.</param>
internal sealed record CashDue(long Rounding, long Due);
