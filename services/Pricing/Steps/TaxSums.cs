using System.Runtime.InteropServices;

namespace WebWaka.Pricing.Steps;

/// <summary>Taxes summed by code, rate, treatment and whether they were in the price, in order of the first of each.</summary>
internal sealed class TaxSums
{
    readonly List<Sum> sums = [];

    public void Clear() => sums.Clear();

    public void Add(LineTax one)
    {
        foreach (ref var sum in CollectionsMarshal.AsSpan(sums))
        {
            if (!sum.Takes(one)) continue;
            sum.Base += one.Base;
            sum.Amount += one.Amount;
            return;
        }

        sums.Add(new(one) { Base = one.Base, Amount = one.Amount });
    }

    /// <param name="named">Whether they keep the component they come from: on one fee, not on a document.</param>
    public LineTax[] ToArray(bool named = false)
    {
        var taxes = new LineTax[sums.Count];
        for (var i = 0; i < taxes.Length; i++) taxes[i] = sums[i].Tax(named);
        return taxes;
    }

    struct Sum(LineTax first)
    {
        public long Base { get; set; }

        public long Amount { get; set; }

        public readonly bool Takes(LineTax one) =>
            first.Code == one.Code && first.Rate == one.Rate && first.Included == one.Included && first.Treatment == one.Treatment;

        public readonly LineTax Tax(bool named) =>
            new(first.Code, first.Rate, Base, Amount, first.Included, first.Treatment, named ? first.Rule : null, named ? first.Version : null);
    }
}
