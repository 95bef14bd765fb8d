using Microsoft.EntityFrameworkCore;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>A pooled connection remembers nothing of the tenant before, however that one left (security.md Q-03).</summary>
[Collection(nameof(Probe))]
public sealed class PoolTests(Probe probe)
{
    private const int Tasks = 64;
    private const int Turns = 20_000;

    [Fact]
    public async Task Of_20000_turns_on_two_connections_none_sees_another_tenants_rows()
    {
        Guid[] tenants = [.. Enumerable.Range(0, 8).Select(_ => Probe.NewId())];
        foreach (var tenant in tenants)
            await probe.Add(tenant, tenant.ToString());
        await using var pool = probe.AppWithPoolOf(2);
        var (foreign, seen, left) = (0, 0, Turns);

        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(async worker =>
        {
            var random = new Random(worker);
            await using var db = probe.Db(source: pool);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var tenant = tenants[random.Next(tenants.Length)];
                using var stop = new CancellationTokenSource();
                var way = random.Next(10);
                try
                {
                    var names = await db.InTenant(tenant, async () =>
                    {
                        if (way == 0)
                            stop.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                        var found = await db.Things.Select(thing => thing.Name).ToListAsync(stop.Token);
                        return way == 1 ? throw new FormatException() : found;
                    }, way == 0 ? stop.Token : CancellationToken.None);
                    Interlocked.Increment(ref seen);
                    if (names is not [var only] || only != tenant.ToString())
                        Interlocked.Increment(ref foreign);
                }
                catch (Exception error) when (error is FormatException || (error is OperationCanceledException && way == 0))
                {
                    // As meant: the connection goes back to the pool in the middle of its work.
                }
            }
        }));

        Assert.Equal(0, foreign);
        Assert.InRange(seen, Turns * 7 / 10, Turns * 95 / 100);
    }
}
