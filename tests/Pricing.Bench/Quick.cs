using System.Globalization;

namespace WebWaka.Pricing.Bench;

/// <summary>Processor time for each cart: other work on the machine shows less in it than on the clock.</summary>
internal static class Quick
{
    const int Runs = 21;
    static readonly TimeSpan Run = TimeSpan.FromMilliseconds(100);

    public static void Measure(int lines, int promotions)
    {
        var (cart, rules) = (Shop.Cart(lines), Shop.Rules(promotions));
        var means = new double[Runs];
        for (var run = -3; run < Runs; run++)
        {
            // The first are for the compiler to warm up.
            var mean = Once(cart, rules);
            if (run >= 0) means[run] = mean;
        }

        Array.Sort(means);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pricer.Price(cart, rules);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{lines} x {promotions}: median {means[Runs / 2]:F1} us, best {means[0]:F1} us, {bytes:N0} bytes"));
    }

    static double Once(Cart cart, RuleBook rules)
    {
        var (started, count) = (Environment.CpuUsage.TotalTime, 0);
        while (Environment.CpuUsage.TotalTime - started < Run)
        {
            for (var i = 0; i < 20; i++) Pricer.Price(cart, rules);
            count += 20;
        }

        return (Environment.CpuUsage.TotalTime - started).TotalMicroseconds / count;
    }
}
