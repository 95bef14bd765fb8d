using Spectre.Console;
using WebWaka.Distributed;
using WebWaka.Standalone;

namespace WebWaka.Tool.Bench;

/// <summary>
/// <c>webwaka bench fairness</c>: two shops in a distributed system of its own. One sells at its normal pace; in every second half
/// of a round the other floods. What counts is the first's p99 with the flood over that without, of rounds in turn, and that it is
/// never refused.
/// </summary>
internal static class FairnessBench
{
    public static async Task<int> Run(int pace, int flood, int limit, int rounds, TimeSpan length, CancellationToken ct)
    {
        var folder = SaleBench.NewFolder();
        try
        {
            var postgres = new StandaloneOptions { DataPath = Path.Combine(folder, "data"), Demo = false };
            var options = new DeploymentOptions(folder, postgres)
            {
                Replicas = 1,
                Variables = (_, service, _) => service == Wiring.Gateway ? [("RateLimits__TenantPerSecond", SaleBench.Plain(limit))] : [],
            };
            Console.WriteLine("starting PostgreSQL, Redis, RabbitMQ and every service");
            await using var deployment = await Deployment.Start(options, ct);
            var gateway = deployment.Gateways[0];
            using var shops = await BenchShops.Open(gateway.ToString(), gateway.Port, tenants: 2, tills: 10, ct);
            await WarmUp.UntilNoBetter(async () =>
            {
                var others = shops.SellAt(limit / 2.0, WarmUp.Step, tenant: 1, ct);
                var sold = await shops.SellAt(pace, WarmUp.Step, tenant: 0, ct);
                await others;
                return (sold.Percentile(0.95), $"p95 {sold.Percentile(0.95):0.0} ms");
            });
            // Refusing is compiled, too.
            await shops.SellAt(flood, WarmUp.Step, tenant: 1, ct);
            var (alone, beside, flooded) = (new List<Sold>(), new List<Sold>(), new List<Sold>());
            for (var round = 0; round < rounds; round++)
            {
                alone.Add(await shops.SellAt(pace, length, tenant: 0, ct));
                var flooding = shops.SellAt(flood, length, tenant: 1, ct);
                beside.Add(await shops.SellAt(pace, length, tenant: 0, ct));
                flooded.Add(await flooding);
                Console.WriteLine($"round {round + 1}: p99 {alone[^1].Percentile(0.99):0.0} ms alone, {beside[^1].Percentile(0.99):0.0} ms beside the flood");
            }

            return Print(Together(alone), Together(beside), Together(flooded));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Sold Together(List<Sold> rounds) => new(
        rounds.Sum(r => r.Accepted), rounds.Sum(r => r.Errors), rounds.Sum(r => r.Limited), TimeSpan.FromSeconds(rounds.Sum(r => r.Took.TotalSeconds)),
        [.. rounds.SelectMany(r => r.Latencies).Order()]);

    private static int Print(Sold alone, Sold beside, Sold flooded)
    {
        var table = new Table().AddColumns("shop", "accepted/s", "429", "errors", "p50 ms", "p95 ms", "p99 ms");
        foreach (var (name, sold) in ((string, Sold)[])[("at its pace, alone", alone), ("at its pace, beside the flood", beside), ("the flood", flooded)])
            table.AddRow(
                name, SaleBench.Text(sold.PerSecond), SaleBench.Text(sold.Limited), SaleBench.Text(sold.Errors),
                SaleBench.Ratio(sold.Percentile(0.5)), SaleBench.Ratio(sold.Percentile(0.95)), SaleBench.Ratio(sold.Percentile(0.99)));
        AnsiConsole.Write(table);
        Console.WriteLine($"p99 beside the flood : alone = {SaleBench.Ratio(beside.Percentile(0.99) / alone.Percentile(0.99))}");
        return beside.Limited + beside.Errors == 0 ? 0 : 1;
    }
}
