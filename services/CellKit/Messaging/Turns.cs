using System.Diagnostics;

namespace WebWaka.CellKit;

/// <summary>
/// Batches that grow with the load: whoever has the turn takes along all that waits for it. After a batch there is a rest of twice as
/// long as that took, so that sales have the machine and more gather, which costs less for each. There is none when it falls behind.
/// </summary>
/// <param name="eventsOf">How many events are in what comes.</param>
/// <param name="take">Takes a batch, the one whose turn it is first. When it throws, that one is told; the others have turns of their own.</param>
internal sealed class Turns<T>(Func<T, int> eventsOf, Func<IReadOnlyList<T>, CancellationToken, Task> take)
{
    /// <summary>Of these no more are taken along. The last may bring some beyond it.</summary>
    private const int MostEvents = 1000;

    private const int Rest = 2;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LinkedList<Arrived> _waiting = [];
    private TimeSpan _rest;

    private sealed record Arrived(T Item, int Events)
    {
        public bool Done { get; set; }
    }

    /// <summary>Returns when it has been taken, in its own turn or another's.</summary>
    public async Task Take(T item, CancellationToken ct)
    {
        var mine = new Arrived(item, eventsOf(item));
        lock (_waiting)
            _waiting.AddLast(mine);
        await _turn.WaitAsync(ct);
        try
        {
            if (mine.Done)
                return;
            await Task.Delay(_rest, ct);
            var started = Stopwatch.GetTimestamp();
            var batch = TakeAlong(mine);
            await take(batch.ConvertAll(arrived => arrived.Item), ct);
            foreach (var arrived in batch)
                arrived.Done = true;
            _rest = batch.Sum(arrived => arrived.Events) >= MostEvents ? TimeSpan.Zero : RestAfter(Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            _turn.Release();
        }
    }

    private static TimeSpan RestAfter(TimeSpan work) => work * Rest < LongestRest ? work * Rest : LongestRest;

    /// <summary>The oldest that wait, and this one in any case: when its turn fails, the others still have theirs.</summary>
    private List<Arrived> TakeAlong(Arrived mine)
    {
        lock (_waiting)
        {
            _waiting.Remove(mine);
            List<Arrived> batch = [mine];
            for (var events = mine.Events; _waiting.First is { Value: var next } && events < MostEvents; events += next.Events)
            {
                _waiting.RemoveFirst();
                batch.Add(next);
            }

            return batch;
        }
    }
}
