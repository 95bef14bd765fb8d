using WebWaka.Pricing;

namespace WebWaka.Tax.Calculations;

/// <summary>What lines cost. All amounts are minor units of <c>Currency</c>; <c>Total</c> is the sum of line and fee totals.</summary>
/// <param name="At">The tax point that was used.</param>
/// <param name="Tax">Of lines and fees.</param>
/// <param name="Taxes">The same by code, rate and treatment.</param>
/// <param name="RulesVersion">Of the tenant's rules; absent where every line brought its own taxes.</param>
internal sealed record Calculation(
    string Currency, DateTimeOffset At, CalculatedLine[] Lines, long Net, long Tax, TaxAmount[] Taxes, CalculatedFee[] Fees, long Total, string? RulesVersion)
{
    public static Calculation Of(PricedCart cart, DateTimeOffset at) => new(
        cart.Currency, at, Array.ConvertAll(cart.Lines, Of), cart.Net, cart.Tax, Array.ConvertAll(cart.Taxes, Of),
        Array.ConvertAll(cart.Fees, fee => new CalculatedFee(fee.Code, fee.Net, Array.ConvertAll(fee.Taxes, Of), fee.Total)), cart.Total,
        cart.Versions.Taxes is { Length: > 0 } version ? version : null);

    private static CalculatedLine Of(PricedLine line) =>
        new(line.Line, line.Quantity, line.UnitPrice, line.PricesIncludeTax, line.Gross, line.Net, Array.ConvertAll(line.Taxes, Of), line.Total);

    private static TaxAmount Of(LineTax tax) => new(tax.Code, tax.Rate, tax.Base, tax.Amount, tax.Treatment);
}

/// <param name="Gross">Quantity x unit price as listed.</param>
/// <param name="Net">Without tax, also where prices include it.</param>
/// <param name="Total">Net and its taxes.</param>
internal sealed record CalculatedLine(
    int Line, decimal Quantity, decimal UnitPrice, bool PricesIncludeTax, long Gross, long Net, TaxAmount[] Taxes, long Total);

/// <param name="Rate">Percent.</param>
internal sealed record TaxAmount(string Code, decimal Rate, long Base, long Amount, TaxTreatment Treatment);

internal sealed record CalculatedFee(string Code, long Net, TaxAmount[] Taxes, long Total);
