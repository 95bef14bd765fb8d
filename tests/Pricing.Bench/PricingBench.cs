using BenchmarkDotNet.Attributes;

namespace WebWaka.Pricing.Bench;

/// <summary>A cart of so many lines under so many active promotions, three taxes on each line. The rules' index is made before.</summary>
[MemoryDiagnoser]
public class PricingBench
{
    Cart cart = null!;
    RuleBook rules = null!;

    public static IEnumerable<(int Lines, int Promotions)> Sizes =>
        [(20, 200), (20, 10), (20, 100), (20, 1_000), (20, 10_000), (5, 200), (100, 200), (500, 200)];

    [ParamsSource(nameof(Sizes))]
    public (int Lines, int Promotions) Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (cart, rules) = (Shop.Cart(Size.Lines), Shop.Rules(Size.Promotions));
        var priced = Pricer.Price(cart, rules).Must();
        Console.WriteLine($"// {Size}: {priced.Applied.Length} applied, {priced.NotApplied.Length} in question and not applied");
    }

    [Benchmark]
    public object Price() => Pricer.Price(cart, rules);
}
