using Microsoft.Extensions.Time.Testing;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What counts as a crowd: in 18 of the last 20 tenths of a second more than half of those who came had to wait.</summary>
public sealed class CrowdTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Crowd _crowd;

    public CrowdTests() => _crowd = new Crowd(_clock);

    [Theory]
    [InlineData(18, 6, true)]
    [InlineData(20, 6, true)]
    [InlineData(17, 10, false)]
    [InlineData(20, 5, false)]
    public void Most_must_wait_for_nearly_two_seconds(int tenths, int waitingOfTen, bool there)
    {
        Tenths(tenths, waitingOfTen);
        Assert.Equal(there, _crowd.IsThere);
    }

    [Fact]
    public void It_is_gone_once_three_tenths_were_quiet()
    {
        Tenths(20, waiting: 10);
        Tenths(2, waiting: 0);
        Assert.True(_crowd.IsThere);
        Tenths(1, waiting: 0);
        Assert.False(_crowd.IsThere);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(1000, false)]
    public void Where_nobody_comes_is_no_crowd(int tenths, bool there)
    {
        Tenths(20, waiting: 10);
        _clock.Advance(tenths * TimeSpan.FromMilliseconds(100));
        Assert.Equal(there, _crowd.IsThere);
    }

    private void Tenths(int count, int waiting)
    {
        for (var tenth = 0; tenth < count; tenth++)
        {
            for (var n = 0; n < 10; n++)
                _crowd.Arrive(n < waiting);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
