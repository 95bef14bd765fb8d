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

    private readonly CellsFixture _cells;

    private Ear(CellsFixture cells)
    {
<<<<<<< HEAD
        Subscription[] all = [To<ProductChanged>(), To<PromotionChanged>(), To<CouponChanged>(), To<TaxRulesChanged>()];
=======
        _cells = cells;
        Subscription[] all = [To<PromotionChanged>(), To<CouponChanged>(), To<TaxRulesChanged>()];
>>>>>>> rules
        var services = new ServiceCollection().AddLogging();
        foreach (var subscription in all)
            services.AddSingleton(subscription);
        MediatorTransport.AddTo(services);
        cells.Transport.Join("ear", services.BuildServiceProvider(), all);
    }

    public static Ear On(CellsFixture cells) => Ears.GetValue(cells.Transport, _ => new Ear(cells));

    /// <summary>The tenant's events of this type in order, once nothing more is on its way; fails when they are not so many.</summary>
    public async Task<JsonNode[]> Heard<T>(Shop shop, int count)
    {
        for (var tries = 0; ; tries++)
        {
            var waiting = await Waiting(shop);
            var events = _heard.Where(e => e.TenantId == shop.Tenant && e.Type == typeof(T).Name).Select(e => JsonNode.Parse(e.Payload)!).ToArray();
            if ((waiting == 0 && events.Length >= count) || tries == 200)
            {
                Assert.Equal(count, events.Length);
                return events;
            }

            await Task.Delay(50);
        }
    }

    private async Task<long> Waiting(Shop shop)
    {
        await using var outbox = _cells.Ops.CreateCommand(
            "SELECT (SELECT count(*) FROM promotions.outbox WHERE tenant_id = $1) + (SELECT count(*) FROM tax.outbox WHERE tenant_id = $1)");
        outbox.Parameters.Add(new Npgsql.NpgsqlParameter { Value = shop.Tenant });
        return (long)(await outbox.ExecuteScalarAsync())!;
    }

    private Subscription To<T>() => new(typeof(T).Name, typeof(T), typeof(Ear), (_, envelopes, _) =>
    {
        foreach (var envelope in envelopes)
            _heard.Enqueue(envelope);
        return Task.CompletedTask;
    });
}
