namespace WebWaka.Pricing.Steps;

/// <summary>Step 7: lines and fees become the document and its sums.</summary>
internal static class TotalsStep
{
    public static PricingOutcome<PricedCart> Run(Work work)
    {
        long gross = 0, discount = 0, net = 0, tax = 0, total = 0;
        var taxes = new List<LineTax>();
        var lines = new PricedLine[work.Lines.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = work.Lines[i];
            lines[i] = Priced(line);
            gross += line.Gross;
            discount += line.Gross - line.Left;
            net += line.Net;
            tax += line.Total - line.Net;
            total += line.Total;
            foreach (var one in line.Taxes) Add(taxes, one);
        }

        var fees = work.Fees.Count == 0 ? [] : new PricedFee[work.Fees.Count];
        for (var i = 0; i < fees.Length; i++)
        {
            var fee = work.Fees[i];
            fees[i] = new(fee.Rule.Code, fee.Rule.Name, fee.Net, fee.Taxes, fee.Total);
            tax += fee.Total - fee.Net;
            total += fee.Total;
            foreach (var one in fee.Taxes) Add(taxes, one);
        }

        if (Math.Abs(gross) > Limits.MaxAmount || Math.Abs(total) > Limits.MaxAmount || Math.Abs(tax) > Limits.MaxAmount)
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
            Taxes = [.. taxes],
            Applied = [.. work.Applied],
            NotApplied = [.. work.NotApplied],
            Versions = work.Index.Rules.Versions,
            TaxExemptionId = work.TaxExempt ? work.Cart.TaxExemption!.CertificateId : null,
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

    internal static void Add(List<LineTax> sums, LineTax one)
    {
        for (var i = 0; i < sums.Count; i++)
        {
            var sum = sums[i];
            if (sum.Code != one.Code || sum.Rate != one.Rate || sum.Included != one.Included || sum.Treatment != one.Treatment) continue;
            sums[i] = sum with { Base = sum.Base + one.Base, Amount = sum.Amount + one.Amount };
            return;
        }

        sums.Add(one);
    }
}
