using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Promotions;
using WebWaka.Contracts.Tax;

namespace WebWaka.Cells.Tests;

/// <summary>
/// Hears what Cells publish, as one more subscriber of the transport: an event that a test sees here has been committed,
/// dispatched and delivered. Make it before what is to be heard.
/// </summary>
public sealed class Ear
{
    private static readonly ConditionalWeakTable<MediatorTransport, Ear> Ears = [];
    private readonly ConcurrentQueue<Envelope> _heard = new();

    private Ear(MediatorTransport transport)
    {
        Subscription[] all = [To<ProductChanged>(), To<PromotionChanged>(), To<CouponChanged>(), To<TaxRulesChanged>()];
        var services = new ServiceCollection().AddLogging();
        foreach (var subscription in all)
            services.AddSingleton(subscription);
        MediatorTransport.AddTo(services);
        transport.Join("ear", services.BuildServiceProvider(), all);
    }

    /// <summary>One for all tests: GetValue alone would make two when two classes begin at once, and the first would hear nothing.</summary>
    public static Ear On(CellsFixture cells)
    {
        lock (Ears)
            return Ears.GetValue(cells.Transport, transport => new Ear(transport));
    }

    /// <summary>The tenant's events of this type in order, once there are so many; fails when they do not come.</summary>
    public async Task<JsonNode[]> Heard<T>(Shop shop, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var events = _heard.Where(e => e.TenantId == shop.Tenant && e.Type == typeof(T).Name).Select(e => JsonNode.Parse(e.Payload)!).ToArray();
            if (events.Length >= count || tries == 200)
            {
                Assert.Equal(count, events.Length);
                return events;
            }

            await Task.Delay(50);
        }
    }

    private Subscription To<T>() => new(typeof(T).Name, typeof(T), typeof(Ear), (_, envelopes, _) =>
    {
        foreach (var envelope in envelopes)
            _heard.Enqueue(envelope);
        return Task.CompletedTask;
    });
}
