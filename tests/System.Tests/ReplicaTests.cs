using System.Net;

namespace WebWaka.Distributed.Tests;

/// <summary>What must be one though there are two of everything.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class ReplicaTests(DistributedSystem system)
{
    [Fact]
    public async Task A_limit_is_one_for_both_gateways()
    {
        int allowed, sent;
        long begun;
        do
        {
            // The window is a minute of the clock: all of it in one.
            begun = Minute();
            (allowed, sent) = (0, 2 * DistributedSystem.SignUpsPerMinute);
            for (var n = 0; n < sent; n++)
            {
                var key = Shop.NewId().ToString();
                var (status, _) = await system.Shops[0].Send(HttpMethod.Post, "/api/tenants", new { }, key, root: true, CancellationToken.None);
                Assert.True(status is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests, $"{status}");
                allowed += status == HttpStatusCode.BadRequest ? 1 : 0;
            }
        }
        while (Minute() != begun);
        Assert.InRange(allowed, 0, DistributedSystem.SignUpsPerMinute);
    }

    private static long Minute() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60;
}
