using System.Collections.Concurrent;
using System.Diagnostics;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>Messages of one queue take turns: what waits goes along with whoever has the turn, and nothing is lost when that one fails.</summary>
public sealed class TurnsTests
{
    private readonly ConcurrentQueue<string[]> _tried = new();
    private readonly ConcurrentQueue<string> _taken = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task When_a_turn_fails_the_messages_it_took_along_have_turns_of_their_own()
    {
        var turns = Make(batch => batch.Length > 1 && batch[0] == "a" ? new FormatException("a") : null);
        var first = turns.Take(["first"], CancellationToken.None);
        Task[] waiting = [.. new[] { "a", "b", "c" }.Select(text => turns.Take([text], CancellationToken.None))];
        _first.SetResult();
        await first;
        await Assert.ThrowsAsync<FormatException>(() => waiting[0].WaitAsync(TimeSpan.FromSeconds(30)));
        await Task.WhenAll(waiting[1], waiting[2]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(["first", "abc", "b", "c"], _tried.Select(batch => string.Concat(batch)));
        Assert.Equal(["first", "b", "c"], _taken);
        await turns.Take(["a"], CancellationToken.None);
        Assert.Equal(["first", "b", "c", "a"], _taken);
    }

    [Fact]
    public async Task Who_gives_up_before_its_turn_may_be_taken_all_the_same_and_holds_nobody_up()
    {
        var turns = Make(_ => null);
        using var stop = new CancellationTokenSource();
        var first = turns.Take(["first"], CancellationToken.None);
        var (gone, next) = (turns.Take(["gone"], stop.Token), turns.Take(["next"], CancellationToken.None));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _first.SetResult();
        await Task.WhenAll(first, next).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("next", _taken);
    }

    [Fact]
    public async Task What_waits_is_taken_together_in_order_up_to_a_thousand_events()
    {
        var turns = Make(_ => null);
        var first = turns.Take(["first"], CancellationToken.None);
        string[][] messages = [.. Enumerable.Range(0, 13).Select(message => Enumerable.Range(0, 100).Select(n => $"{message:00}-{n:00}").ToArray())];
        Task[] waiting = [.. messages.Select(message => turns.Take(message, CancellationToken.None))];
        _first.SetResult();
        await Task.WhenAll([first, .. waiting]).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal([1, 1000, 300], _tried.Select(batch => batch.Length));
        Assert.Equal(["first", .. messages.SelectMany(message => message)], _taken);
    }

    [Fact]
    public async Task After_a_batch_there_is_a_rest_of_twice_as_long_so_that_more_gather()
    {
        var turns = Make(_ => null);
        var first = turns.Take(["first"], CancellationToken.None);
        await Task.Delay(100);
        _first.SetResult();
        await first;
        var done = Stopwatch.GetTimestamp();
        await turns.Take(["next"], CancellationToken.None);
        Assert.InRange(Stopwatch.GetElapsedTime(done).TotalMilliseconds, 180, double.MaxValue);
    }

    /// <summary>The first batch takes as long as the test wants, so that others wait meanwhile.</summary>
    private Turns<string[]> Make(Func<string[], Exception?> fault) => new(events => events.Length, async (batch, _) =>
    {
        string[] events = [.. batch.SelectMany(message => message)];
        _tried.Enqueue(events);
        await _first.Task;
        if (fault(events) is { } error)
            throw error;
        foreach (var text in events)
            _taken.Enqueue(text);
    });
}
