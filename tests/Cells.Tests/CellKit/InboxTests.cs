using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>At least once on the way, once in effect.</summary>
[Collection(nameof(Probe))]
public sealed class InboxTests(Probe probe)
{
    private readonly Guid _tenant = Probe.NewId();

    [Fact]
    public async Task The_same_event_twenty_times_at_once_is_applied_once()
    {
        var batch = Batch(Delivery(_tenant));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Take("one", batch)));
        Assert.Equal(1, await probe.Things(_tenant));
    }

    [Fact]
    public async Task The_same_event_twice_in_one_batch_is_applied_once()
    {
        var delivery = Delivery(_tenant);
        await Take("one", Batch(delivery, Delivery(_tenant), delivery));
        Assert.Equal(2, await probe.Things(_tenant));
    }

    [Fact]
    public async Task Each_consumer_and_each_tenant_takes_an_event_for_itself()
    {
        var other = Probe.NewId();
        var id = Probe.NewId();
        var batch = Batch(Delivery(_tenant, id), Delivery(other, id));
        await Take("one", batch);
        await Take("two", batch);
        await Take("two", batch);
        Assert.Equal((2L, 2L), (await probe.Things(_tenant), await probe.Things(other)));
    }

    [Fact]
    public async Task An_event_whose_effect_failed_is_not_remembered()
    {
        var batch = Batch(Delivery(_tenant));
        await Assert.ThrowsAsync<FormatException>(() => Take("one", batch, fail: true));
        Assert.Equal(0, await probe.Things(_tenant));
        await Take("one", batch);
        Assert.Equal(1, await probe.Things(_tenant));
    }

    [Fact]
    public async Task Batches_of_several_tenants_in_any_order_neither_mix_nor_deadlock()
    {
        Guid[] tenants = [.. Enumerable.Range(0, 10).Select(_ => Probe.NewId())];
        var all = tenants.SelectMany(tenant => Enumerable.Range(0, 10).Select(_ => Delivery(tenant))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed =>
        {
            var shuffled = all.ToArray();
            new Random(seed).Shuffle(shuffled);
            return Take("one", Batch(shuffled));
        }));
        foreach (var tenant in tenants)
            Assert.Equal(10, await probe.Things(tenant));
    }

    private static Delivery<Noted> Delivery(Guid tenant, Guid? id = null) =>
        new(new Envelope(
            tenant, id ?? Probe.NewId(), nameof(Noted), JsonSerializer.Serialize(new Noted(Probe.NewId(), "text"), Json.Options),
            TimeProvider.System.GetUtcNow(), Trace: null));

    private static Deliveries<Noted> Batch(params Delivery<Noted>[] items) => new(items);

    private async Task Take(string consumer, Deliveries<Noted> batch, bool fail = false)
    {
        await using var db = probe.Db();
        await db.ConsumeOnce(consumer, batch, async fresh =>
        {
            // What is seen here is the entered tenant's only.
            Assert.All(await db.Things.ToListAsync(), thing => Assert.Equal(fresh[0].TenantId, thing.TenantId));
            db.Things.AddRange(fresh.Select(delivery => new ThingRow { TenantId = delivery.TenantId, Id = Probe.NewId(), Name = "made" }));
            await db.SaveChangesAsync();
            if (fail)
                throw new FormatException();
        }, CancellationToken.None);
    }
}
