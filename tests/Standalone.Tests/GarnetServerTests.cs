using StackExchange.Redis;

namespace WebWaka.Standalone.Tests;

public sealed class GarnetServerTests
{
    [Fact]
    public async Task It_sets_counts_expires_and_runs_scripts()
    {
        await using var server = GarnetServer.Start(StandaloneOptions.ThrowAway());
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var db = redis.GetDatabase();

        Assert.True(await db.StringSetAsync("lock", "a", TimeSpan.FromMinutes(1), When.NotExists));
        Assert.False(await db.StringSetAsync("lock", "b", TimeSpan.FromMinutes(1), When.NotExists));
        Assert.Equal("a", await db.StringGetAsync("lock"));
        Assert.Equal((1, 2), (await db.StringIncrementAsync("n"), await db.StringIncrementAsync("n")));

        Assert.True(await db.KeyExpireAsync("n", TimeSpan.FromMilliseconds(50)));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.False(await db.KeyExistsAsync("n"));

        const string limit = "local n = redis.call('INCR', KEYS[1]) if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return n";
        Assert.Equal(1, (long)await db.ScriptEvaluateAsync(limit, ["rate"], [60]));
        Assert.Equal(2, (long)await db.ScriptEvaluateAsync(limit, ["rate"], [60]));
        Assert.NotNull(await db.KeyTimeToLiveAsync("rate"));
    }

    [Fact]
    public async Task More_than_its_memory_drops_the_oldest_and_keeps_serving()
    {
        await using var server = GarnetServer.Start(StandaloneOptions.ThrowAway());
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var db = redis.GetDatabase();
        var kilobytes64 = new byte[65_536];
        for (var i = 0; i < 2_000; i++) await db.StringSetAsync($"k{i}", kilobytes64);

        Assert.False(await db.KeyExistsAsync("k0"));
        Assert.True(await db.KeyExistsAsync("k1999"));
    }

    [Fact]
    public async Task A_given_redis_is_used_and_its_password_not_shown()
    {
        await using var server = GarnetServer.Start(StandaloneOptions.ThrowAway() with { Redis = "cache.example:6379,password=hunter2" });
        Assert.Equal("cache.example:6379,password=hunter2", server.ConnectionString);
        Assert.DoesNotContain("hunter2", server.Address, StringComparison.Ordinal);
    }
}
