namespace WebWaka.Pricing.Steps;

/// <summary>Step 8: lines and fees become the document and its sums.</summary>
internal static class TotalsStep
{
    public static PricingOutcome<PricedCart> Run(Work work)
    {
        long gross = 0, discount = 0, net = 0, tax = 0, total = 0;
        var taxes = work.TaxSums;
        var lines = new PricedLine[work.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = work.Lines[i];
            lines[i] = Priced(line);
            gross += line.Gross;
            discount += line.Gross - line.Left;
            net += line.Net;
            tax += line.Total - line.Net;
            total += line.Total;
            foreach (var one in line.Taxes) taxes.Add(one);
        }

        var fees = new PricedFee[work.Fees.Count];
        for (var i = 0; i < fees.Length; i++)
        {
            fees[i] = Priced(work, work.Fees[i]);
            tax += fees[i].Total - fees[i].Net;
            total += fees[i].Total;
            foreach (var one in fees[i].Taxes) taxes.Add(one);
        }

        if (Math.Abs(total) > Limits.MaxAmount || Math.Abs(tax) > Limits.MaxAmount)
            return new PricingFailure("amount_too_large", "The document's sums are beyond what can be kept exactly.");
        return new PricedCart
        {
            Currency = work.Cart.Currency,
            Lines = lines,
            Gross = gross,
            Discount = discount,
            Net = net,
            Tax = tax,
            Fees = fees,
            Total = total,
            Taxes = taxes.ToArray(),
            Applied = [.. work.Applied],
            NotApplied = [.. work.NotApplied],
            Versions = work.Index.Rules.Versions,
            TaxExemptionId = work.TaxExempt ? work.Cart.TaxExemption!.CertificateId : null,
            Skipped = work.NamesSkipped ? [.. work.Skipped] : null,
            Loyalty = LoyaltyStep.Sum(work),
        };
    }

    static PricedLine Priced(WorkLine line) => new()
    {
        Line = line.Source.Line,
        ProductId = line.Source.ProductId,
        Quantity = line.Source.Quantity,
        UnitPrice = line.Source.UnitPrice,
        TaxClass = line.Source.TaxClass,
        PricesIncludeTax = line.PricesIncludeTax,
        Gross = line.Gross,
        Discounts = line.Discounts,
        Net = line.Net,
        Taxes = line.Taxes,
        Total = line.Total,
    };

    static PricedFee Priced(Work work, WorkFee fee)
    {
        var version = fee.Rule.Version ?? work.Index.Rules.Versions.Fees;
        var taxes = new TaxSums();
        long net = 0, total = 0;
        for (var i = 0; i < fee.Parts; i++)
        {
            var part = work.FeeParts[fee.First + i];
            net += part.Net;
            total += part.Total;
            foreach (var one in part.Taxes) taxes.Add(one);
        }

        return new(fee.Rule.Code, fee.Rule.Name, net, taxes.ToArray(named: true), total, version.Length == 0 ? null : version, fee.Base, fee.Quantity,
            fee.Rule.Kind == FeeKind.Percent ? fee.Rule.Rate : null, fee.Rule.Kind == FeeKind.FixedPerUnit ? fee.Rule.Amount : null);
    }
}
