namespace WebWaka.Distributed.Tests;

/// <summary>One shop's flood is its own trouble, whichever gateway it comes by.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class FairnessTests(DistributedSystem system) : IAsyncLifetime
{
    private readonly Flood _flood = new(system);

    public async ValueTask InitializeAsync() => await _flood.SignUp();

    public ValueTask DisposeAsync()
    {
        _flood.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_flood_through_both_gateways_gets_one_shops_pace_and_another_shop_no_refusal()
    {
        await Task.Delay(2500);
        var flooding = _flood.Run(TimeSpan.FromSeconds(5), callers: 8);
        // Any answer below 500 but 201 fails here: 429 too.
        var failures = await system.Shops[0].Sell(60, callers: 2);
        var flooded = await flooding;

        // A second's worth at once, and then as it comes; counted by each gateway for itself it would be twice that.
        var most = DistributedSystem.FloodsAt * (1 + flooded.Took.TotalSeconds);
        Assert.InRange(flooded.Let, 0.7 * most, 1.2 * most);
        Assert.True(flooded.Limited > 0 && flooded.AllSayWhen && flooded.Others == 0, flooded.ToString());
        Assert.Equal(0, failures);
        await system.Settles();
    }

    [Fact]
    public async Task While_Redis_hangs_or_is_away_each_gateway_counts_alone_and_nobody_waits_long()
    {
        await Task.Delay(2500);
        await system.Redis.Signal("STOP");
        Flooded hanging;
        try
        {
            hanging = await _flood.Run(TimeSpan.FromSeconds(4), callers: 8);
        }
        finally
        {
            await system.Redis.Signal("CONT");
        }

        await system.Redis.Kill();
        var away = await _flood.Run(TimeSpan.FromSeconds(4), callers: 8);
        await system.StartRedis();

        foreach (var flooded in (Flooded[])[hanging, away])
        {
            Assert.True(flooded is { Limited: > 0, Others: 0 } && flooded.Slowest < TimeSpan.FromSeconds(3), flooded.ToString());
            Assert.InRange(flooded.Let, DistributedSystem.FloodsAt, 2 * 1.2 * DistributedSystem.FloodsAt * (1 + flooded.Took.TotalSeconds));
        }
    }
}
