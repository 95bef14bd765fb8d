using System.Globalization;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using static WebWaka.Transaction.Taxes.ExplainSale;

namespace WebWaka.Transaction.Taxes;

/// <summary>A sale's document as the steps of docs/pricing.md that made it.</summary>
internal static class Explaining
{
    private static readonly SaleTaxRounding ByDefault = new("line", "halfAwayFromZero", "rounded", 1, "each");

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["not_chosen"] = "Charged only where the till names it, and it did not.",
        ["outside_dates"] = "Not in force at the store's local time of the sale.",
        ["other_store"] = "For other stores.",
        ["other_zone"] = "For other tax zones than the store's.",
        ["customer_exempt"] = "The customer is exempt.",
        ["no_matching_item"] = "No line that it is for.",
        ["nothing_to_charge"] = "It came to nothing.",
    };

    public static IReadOnlyCollection<string> Reasons => Sentences.Keys;

    public static Answer Explain(SaleCompleted sale, string state, string? number)
    {
        var rounding = sale.TaxRounding ?? ByDefault;
        return new Answer(
            sale.SaleId, number, state, sale.Currency, sale.TaxPoint ?? sale.CompletedAt, sale.PricesIncludeTax, sale.RulesVersion, rounding,
            sale.TaxZones ?? [], sale.CustomerId, sale.TaxExemption, Array.ConvertAll(sale.Lines, line => LineOf(line, rounding)),
            Array.ConvertAll(sale.Fees, fee => FeeOf(fee, rounding)),
            Array.ConvertAll(sale.NotCharged ?? [], rule => new Omitted(rule.Rule, rule.Reason, Sentences.GetValueOrDefault(rule.Reason, rule.Reason))),
            DocumentOf(sale), sale.Total, sale.Rounding, sale.Due);
    }

    private static Explained LineOf(SaleLine line, SaleTaxRounding rounding)
    {
        var steps = new List<Step> { new("gross", $"{line.Quantity} x {line.UnitPrice}, rounded to {rounding.Step}", line.Gross) };
        var left = line.Gross;
        foreach (var discount in line.Discounts)
        {
            var by = discount.Promotion is { } promotion ? $"{promotion}" : null;
            left -= discount.Amount;
            steps.Add(new(
                "discount", $"{discount.Name}: {discount.Amount} off {discount.Base ?? left + discount.Amount} leaves {left}", -discount.Amount, by,
                by is null ? null : discount.Version.ToString(CultureInfo.InvariantCulture), discount.Base));
        }

        steps.AddRange(Taxed(left, line.Net, line.Taxes, rounding));
        steps.Add(new("total", "net and taxes", line.Total));
        return new(line.Line, line.Name, line.TaxClass, [.. steps], line.Total);
    }

    private static Explained FeeOf(SaleFee fee, SaleTaxRounding rounding)
    {
        var listed = fee.Net + fee.Taxes.Where(tax => tax.Included).Sum(tax => tax.Amount);
        var says = fee switch
        {
            { Rate: { } rate, Base: { } of } => $"{rate} % of {of}",
            { PerUnit: { } each, Quantity: { } quantity } => $"{quantity} x {each}",
            _ => "the amount of its rule, or as the till said",
        };
        return new(
            null, fee.Name.Length > 0 ? fee.Name : fee.Code, null,
            [
                new("fee", says, listed, fee.Rule, fee.Version, fee.Base, Number(fee.Rate)), .. Taxed(listed, fee.Net, fee.Taxes, rounding),
                new("total", "net and taxes", fee.Total),
            ],
            fee.Total);
    }

    private static IEnumerable<Step> Taxed(long listed, long net, LineTax[] taxes, SaleTaxRounding rounding)
    {
        var included = taxes.Where(tax => tax.Included).Sum(tax => tax.Amount);
        var less = included != 0 ? $"{listed} less {included} of taxes in it" : listed == net ? "no tax in it" : $"{listed} less the taxes that were in it";
        yield return new("net", less, net, Base: listed);
        foreach (var tax in taxes)
            yield return TaxOf(tax, rounding);
    }

    private static Step TaxOf(LineTax tax, SaleTaxRounding rounding)
    {
        var rate = Number(tax.Rate)!.Value;
        // A fixed levy and what is not taxed have no rate.
        decimal? exact = rate == 0 ? null : tax.Base * rate / 100;
        var says = (tax.Treatment, rate) switch
        {
            ({ } treatment, _) => $"{tax.Code} is {treatment} on {tax.Base}",
            (_, 0) when tax.Amount != 0 => $"{tax.Code} is a fixed amount for each unit: {tax.Amount}",
            _ => $"{tax.Code} {tax.Rate} % on {tax.Base}{(tax.Included ? ", in the price" : "")}: {tax.Amount}, rounded {How(rounding)}",
        };
        return new("tax", says, tax.Amount, tax.Rule, tax.Version, tax.Base, rate, exact, tax.Included, tax.Treatment);
    }

    private static string How(SaleTaxRounding rounding) =>
        $"{rounding.Mode} by {(rounding.Components == "together" ? $"{rounding.Level}, taxes together" : rounding.Level)}"
        + (rounding.Step == 1 ? "" : $", to {rounding.Step}");

    private static Step[] DocumentOf(SaleCompleted sale)
    {
        var fees = sale.Fees.Sum(fee => fee.Total);
        var steps = new List<Step> { new("total", $"lines {sale.Lines.Sum(line => line.Total)} and fees {fees}", sale.Total) };
        if (sale.Rounding != 0)
            steps.Add(new("cashRounding", $"the cash part is rounded to coins: {sale.Due} is due", sale.Rounding, Base: sale.Total));
        return [.. steps];
    }

    private static decimal? Number(string? text) => text is not null && Decimals.TryParse(text, out var value) ? value : null;
}
