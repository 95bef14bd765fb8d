using FsCheck;
using FsCheck.Fluent;

namespace WebWaka.Pricing.Tests;

/// <summary>What holds of every refund of every sale.</summary>
public sealed class RefundPropertyTests
{
    static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithEndSize(int.MaxValue);

    static void ForAll(Func<PricedCart, Random, bool> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var (cart, rules) = new RandomCarts(seed).Next();
            return holds(cart.Price(rules), new Random(seed));
        }).Check(Many);

    [Fact]
    public void A_refund_of_all_is_the_negative_of_the_sale() => ForAll((sold, _) =>
    {
        var refund = Refunds.Price(sold, [], [.. sold.Lines.Select(l => new RefundRequest(l.Line, l.Quantity))]).Must();
        return refund.Total == -sold.Total && refund.Net == -sold.Net && refund.Tax == -sold.Tax && refund.Gross == -sold.Gross &&
            refund.Discount == -sold.Discount && Amounts(refund.Taxes) == Amounts(sold.Taxes, -1) &&
            refund.Lines.Zip(sold.Lines).All(p => p.First.Total == -p.Second.Total && p.First.Net == -p.Second.Net
                && p.First.Quantity == -p.Second.Quantity);
    });

    [Fact]
    public void Any_split_into_refunds_sums_to_the_sale() => ForAll((sold, random) =>
    {
        var sums = new long[5];
        var earlier = new List<RefundedLine>();
        while (Next(sold, earlier, random) is { Count: > 0 } requests)
        {
            var refund = Refunds.Price(sold, earlier, requests).Must();
            long[] part = [refund.Total, refund.Net, refund.Tax, refund.Gross, refund.Discount];
            for (var i = 0; i < sums.Length; i++) sums[i] += part[i];
            if (refund.Lines.Any(l => l.Total > 0 || l.Total != l.Net + l.Taxes.Sum(t => t.Amount)) || refund.Total > 0) return false;
            earlier.AddRange(refund.Lines.Select(l => new RefundedLine(l.Line, -l.Quantity, -l.Total)));
        }

        return sums.SequenceEqual([-sold.Total, -sold.Net, -sold.Tax, -sold.Gross, -sold.Discount]);
    });

    [Fact]
    public void Shares_sum_to_the_whole_and_stay_within_one_of_exact() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            var weights = Enumerable.Range(0, random.Next(1, 12)).Select(_ => (long)random.Next(0, 1000)).ToArray();
            var total = random.NextInt64(-1_000_000, 1_000_000);
            var parts = Allocation.Split(total, weights);
            var sum = weights.Sum();
            return parts.Sum() == total && Allocation.Split(-total, weights).SequenceEqual(parts.Select(p => -p)) &&
                (sum == 0 || parts.Zip(weights).All(p => Math.Abs((decimal)p.First - (decimal)total * p.Second / sum) < 1));
        }).Check(Many);

    static List<RefundRequest> Next(PricedCart sold, List<RefundedLine> earlier, Random random)
    {
        var requests = new List<RefundRequest>();
        foreach (var line in sold.Lines)
        {
            var left = line.Quantity - earlier.Where(e => e.Line == line.Line).Sum(e => e.Quantity);
            if (left == 0 || (random.Next(2) == 0 && requests.Count > 0)) continue;
            var part = decimal.Truncate(left * random.Next(1, 4) / 3 * 100_000) / 100_000;
            requests.Add(new(line.Line, part == 0 || left < 0.01m ? left : part));
        }

        return requests;
    }

    static string Amounts(IEnumerable<LineTax> taxes, int sign = 1) =>
        string.Join(' ', taxes.Where(t => t.Amount != 0).Select(t => $"{t.Code} {t.Rate} {t.Amount * sign}"));
}
