using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WebWaka.Gateway;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>A gateway's own count while there is no Redis. With one it is tested over two gateways in tests/System.Tests.</summary>
public sealed class PaceTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConnectionMultiplexer _nowhere = ConnectionMultiplexer.Connect("127.0.0.1:1,abortConnect=false,connectTimeout=50");

    [Fact]
    public async Task A_seconds_worth_may_come_at_once_and_then_what_the_pace_allows()
    {
        var pace = new Pace(new SharedPace(_nowhere, _clock), "pace:shop", perSecond: 10, _clock);
        Assert.Equal(10, await Take(pace, 50));
        using var refused = await pace.AcquireAsync(1);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero && wait <= TimeSpan.FromSeconds(0.1));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(5, await Take(pace, 50));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, await Take(pace, 50));
    }

    private static async Task<int> Take(Pace pace, int requests)
    {
        var given = 0;
        for (var n = 0; n < requests; n++)
        {
            using var lease = await pace.AcquireAsync(1);
            given += lease.IsAcquired ? 1 : 0;
        }

        return given;
    }

    public void Dispose() => _nowhere.Dispose();
}
