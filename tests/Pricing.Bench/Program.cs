using System.Text.Json;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using WebWaka.Pricing;
using WebWaka.Pricing.Bench;

// How long a cart takes and how much memory. Never a test: what a machine does is not right or wrong.
//   dotnet run -c Release --project tests/Pricing.Bench              the cart of docs/benchmarks.md and the curve over rules and lines
//   dotnet run -c Release --project tests/Pricing.Bench -- quick     the same in processor time, for a machine that does other work too
//   dotnet run -c Release --project tests/Pricing.Bench -- carts     the same carts and rules as JSON, for web/src/pricing/bench.ts
if (args is ["carts"])
{
    foreach (var (lines, rules) in PricingBench.Sizes)
        Console.WriteLine(JsonSerializer.Serialize(new { name = $"{lines} x {rules}", cart = Shop.Cart(lines), rules = Shop.Rules(rules) }, PricingJson.Options));
    return;
}

if (args is ["quick"])
{
    foreach (var (lines, rules) in PricingBench.Sizes) Quick.Measure(lines, rules);
    return;
}

BenchmarkRunner.Run<PricingBench>(DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

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
