using System.Text.Json;
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
    {
        var both = new { name = $"{lines} x {rules}", cart = Shop.Cart(lines), rules = Shop.Rules(rules) };
        Console.WriteLine(JsonSerializer.Serialize(both, PricingJson.Options));
    }

    return;
}

if (args is ["quick"])
{
    foreach (var (lines, rules) in PricingBench.Sizes) Quick.Measure(lines, rules);
    return;
}

BenchmarkRunner.Run<PricingBench>(DefaultConfig.Instance.WithArtifactsPath("artifacts/bench")
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
