namespace WebWaka.Pricing.Steps;

/// <summary>A sold line and how much of it is and will be refunded, in quantities x 10^5.</summary>
internal sealed class RefundLine
{
    public RefundLine(PricedLine original)
    {
        Original = original;
        Limits.TryScale(original.Quantity, Limits.QuantityPlaces, Limits.MaxQuantity, out var sold);
        // A price below zero turns the quantity: -2 x -10 sold two.
        Sold = original.UnitPrice < 0 ? -sold : sold;
    }

    public PricedLine Original { get; }

    public long Sold { get; }

    /// <summary>A line that came back in an exchange; nothing of it can be refunded.</summary>
    public bool IsReturn => Sold <= 0;

    public long Before { get; set; }

    public long After { get; set; }

    /// <summary>Minor units that earlier refunds have paid out for it.</summary>
    public long TotalBefore { get; set; }

    /// <summary>What the first <paramref name="quantity"/> of the line come to. Taxes, discounts and the listed amount are rounded;
    /// gross, net and total follow from them, so that each part adds up as the sale does.</summary>
    public PricedLine UpTo(long quantity)
    {
        var discounts = new LineDiscount[Original.Discounts.Length];
        long taken = 0, soldTaken = 0;
        for (var i = 0; i < discounts.Length; i++)
        {
            var sold = Original.Discounts[i];
            soldTaken += sold.Amount;
            discounts[i] = sold with { Amount = Part(sold.Amount, quantity, Sold), Base = Part(sold.Base, quantity, Sold) };
            taken += discounts[i].Amount;
        }

        var listed = Part(Original.Gross - soldTaken, quantity, Sold);
        var taxes = new LineTax[Original.Taxes.Length];
        var (net, tax) = (listed, 0L);
        for (var i = 0; i < taxes.Length; i++)
        {
            var sold = Original.Taxes[i];
            taxes[i] = sold with { Amount = Part(sold.Amount, quantity, Sold), Base = Part(sold.Base, quantity, Sold) };
            tax += taxes[i].Amount;
            if (sold.Included) net -= taxes[i].Amount;
        }

        net -= Part(TakenOffPrice(), quantity, Sold);
        return Original with
        {
            Quantity = (Original.UnitPrice < 0 ? -quantity : quantity) / 100_000m,
            Gross = listed + taken,
            Discounts = discounts,
            Net = net,
            Taxes = taxes,
            Total = net + tax,
        };
    }

    /// <summary>The included tax that a certificate of exemption took off the listed price.</summary>
    long TakenOffPrice()
    {
        var taken = Original.Gross - Original.Net;
        foreach (var discount in Original.Discounts) taken -= discount.Amount;
        foreach (var tax in Original.Taxes)
            if (tax.Included) taken -= tax.Amount;
        return taken;
    }

    /// <summary>before - after: the refund, negative.</summary>
    public static PricedLine Difference(PricedLine before, PricedLine after) => after with
    {
        Quantity = before.Quantity - after.Quantity,
        Gross = before.Gross - after.Gross,
        Discounts = [.. after.Discounts.Select((one, i) => one with
        {
            Amount = before.Discounts[i].Amount - one.Amount,
            Base = before.Discounts[i].Base - one.Base,
        })],
        Net = before.Net - after.Net,
        Taxes = [.. after.Taxes.Select((one, i) => one with
        {
            Amount = before.Taxes[i].Amount - one.Amount,
            Base = before.Taxes[i].Base - one.Base,
        })],
        Total = before.Total - after.Total,
    };

    public static long Between(long amount, long before, long after, long all) => Part(amount, before, all) - Part(amount, after, all);

    public static LineTax Between(LineTax tax, long before, long after, long all) => tax with
    {
        Amount = Between(tax.Amount, before, after, all),
        Base = Between(tax.Base, before, after, all),
    };

    static long Part(long amount, long part, long whole) => Rounding.HalfAwayFromZero((Int128)amount * part, whole);
}
