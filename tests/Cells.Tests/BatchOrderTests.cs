using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;
using WebWaka.Cells.Tests.History;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests;

/// <summary>
/// Several replicas may be handed the same events, in batches whose orders have nothing in common. They must wait for each other and
/// never across each other. Handed to the consumers themselves: the transport would try a batch that fails one by one.
/// </summary>
public sealed class BatchOrderTests(CellsFixture cells)
{
    public static TheoryData<string> Consumers => ["history", "inventory", "payments", "promotions"];

    [Theory]
    [MemberData(nameof(Consumers))]
    public async Task The_same_events_in_any_order_at_once_do_not_deadlock(string cell)
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var promotion = Told.NewId();
        for (var round = 0; round < 3; round++)
        {
            var sales = Enumerable.Range(0, 100)
                .Select(n => Told.Sale(store, till, $"T01{round}{n:D6}") with { Redemptions = [new Redemption(promotion, null, 100)] }).ToArray();
            await HearShuffled(cell, shop, sales);
            await HearShuffled(cell, shop, [.. sales.Take(50).Select(Told.Void)]);
            await HearShuffled(cell, shop, [.. sales.Skip(50).Select((sale, n) => Told.Refund(sale, $"T01R{round}{n:D6}"))]);
        }
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public async Task Events_of_several_kinds_at_once_do_not_deadlock(string cell)
    {
        var shop = new Shop(cells);
        var (store, _) = await shop.Open();
        Guid[] tills = [.. Enumerable.Range(0, 4).Select(_ => Told.NewId())];
        var promotion = Told.NewId();
        for (var round = 0; round < 3; round++)
        {
            var sales = Enumerable.Range(0, 100)
                .Select(n => Told.Sale(store, tills[n % 4], $"T01{round}{n:D6}") with { Redemptions = [new Redemption(promotion, null, 100)] }).ToArray();
            await Task.WhenAll(
                HearShuffled(cell, shop, sales),
                HearShuffled(cell, shop, [.. sales.Take(50).Select(Told.Void)]),
                HearShuffled(cell, shop, [.. sales.Skip(50).Select((sale, n) => Told.Refund(sale, $"T01R{round}{n:D6}"))]));
        }
    }

    private async Task HearShuffled<T>(string cell, Shop shop, T[] events) where T : class
    {
        var subscriptions = cells.ServicesOf(cell).GetServices<Subscription>().Where(s => s.Event == typeof(T)).ToList();
        Assert.NotEmpty(subscriptions);
        var envelopes = Array.ConvertAll(events, e => Told.Envelope(shop, e));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(async () =>
        {
            var shuffled = envelopes.ToArray();
            new Random(seed).Shuffle(shuffled);
            await using var scope = cells.ServicesOf(cell).CreateAsyncScope();
            foreach (var subscription in subscriptions)
                await subscription.Consume(scope.ServiceProvider, shuffled, CancellationToken.None);
        })));
    }
}
