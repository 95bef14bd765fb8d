namespace WebWaka.Distributed.Tests;

/// <summary>Whatever is killed under load, and whenever: what was acknowledged is there once, everywhere.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class KilledTests(DistributedSystem system)
{
    public static TheoryData<string> Services => [.. Wiring.Cells, Wiring.Gateway];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_killed_under_load_loses_and_doubles_nothing(string service)
    {
        await system.UnderLoad(async () =>
        {
            await system.PartsOf(service)[0].Kill();
            await Task.Delay(500);
            // Both at once: what is left of the first's work is the second's to lose.
            await system.PartsOf(service)[1].Kill();
            await Task.WhenAll(system.Start(service, 0), system.Start(service, 1));
        });
        await system.Settles();
    }

    [Fact]
    public async Task RabbitMQ_killed_and_started_again_under_load_loses_and_doubles_nothing()
    {
        var failures = await system.UnderLoad(async () =>
        {
            await system.Rabbit.Process.Kill();
            var before = system.Acknowledged;
            await Task.Delay(3000);
            Assert.True(system.Acknowledged > before, "sales stopped with the broker");
            await system.Rabbit.Start();
        });
        Assert.Equal(0, failures);
        await system.Settles();
    }

    [Fact]
    public async Task Without_Redis_the_system_is_slower_and_not_wrong()
    {
        var failures = await system.UnderLoad(async () =>
        {
            await system.Redis.Kill();
            await Task.Delay(2000);
            // Signing in counts attempts in Redis: each gateway counts alone now.
            await system.Shops[0].SignIn();
            await system.StartRedis();
        });
        Assert.Equal(0, failures);
        await system.Settles();
    }

    [Fact]
    public async Task A_replica_that_is_not_there_is_passed_over_before_anybody_has_noticed_it()
    {
        await Task.WhenAll(system.Shops.Select(shop => shop.Refresh()));
        await system.PartsOf(Wiring.Transaction)[0].Kill();
        var failures = await Task.WhenAll(system.Shops.Select(shop => shop.Sell(20)));
        Assert.Equal([0, 0], failures);
        await system.Start(Wiring.Transaction, 0);
        await system.Settles();
    }

    [Fact]
    public async Task A_replica_that_is_asked_to_stop_finishes_what_it_holds_and_nobody_notices()
    {
        var codes = new List<int>();
        var failures = await system.UnderLoad(async () =>
        {
            foreach (var service in (string[])[Wiring.Transaction, Wiring.History, Wiring.Identity])
            {
                codes.Add(await system.PartsOf(service)[0].Stop());
                await system.Start(service, 0);
            }
        });
        Assert.Equal([0, 0, 0], codes);
        Assert.Equal(0, failures);
        await system.Settles();
    }
}
