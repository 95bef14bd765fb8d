namespace WebWaka.Distributed.Tests;

/// <summary>A cash sale needs the gateway, transaction and its database, and nothing else (design section 3).</summary>
[Collection(nameof(DistributedSystem))]
public sealed class AloneTests(DistributedSystem system)
{
    private static readonly string[] Others = [.. Wiring.Cells.Where(cell => cell != Wiring.Transaction), Wiring.PaystackSandbox];

    [Fact]
    public async Task With_everything_but_transaction_stopped_cash_sales_go_on_and_all_settles_after_they_return()
    {
        foreach (var shop in system.Shops)
            await shop.Refresh();
        await system.Rabbit.Process.Kill();
        await system.Redis.Kill();
        var others = Others.SelectMany(service => system.PartsOf(service).Select((part, replica) => (service, part, replica))).ToList();
        foreach (var (_, part, _) in others)
            await part.Kill();
        // One that starts now has identity's keys from the file that its predecessor kept.
        await system.PartsOf(Wiring.Transaction)[0].Kill();
        await system.Start(Wiring.Transaction, 0);

        await Task.WhenAll(system.Shops.Select(shop => shop.Sell(50)));
        Assert.True(await system.Scalar<long>("SELECT count(*) FROM transaction.outbox") >= 100, "somebody took the events");

        await system.Rabbit.Start();
        await system.StartRedis();
        await Parallel.ForEachAsync(
            others, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (other, _) => await system.Start(other.service, other.replica));
        await system.Settles();
    }
}
