using WebWaka.Tool;

namespace WebWaka.Distributed.Tests;

/// <summary>What goes wrong with messages themselves: twice, out of order, poisoned, of another tenant, not to be read.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class MessageTests(DistributedSystem system) : IAsyncLifetime
{
    private const string SaleCompleted = nameof(SaleCompleted);
    private static readonly string[] Listeners = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions];
    private Tap _tap = null!;

    private Shop Red => system.Shops[0];

    public async ValueTask InitializeAsync() => _tap = await Tap.On(system.Rabbit, SaleCompleted);

    public ValueTask DisposeAsync() => _tap.DisposeAsync();

    [Fact]
    public async Task Events_that_come_twice_and_out_of_order_have_their_effect_once()
    {
        await Red.Sell(40);
        await Wait.Until(() => _tap.Heard.Count >= 40);
        var heard = _tap.Heard.ToArray();
        Random.Shared.Shuffle(heard);
        foreach (var message in heard)
        {
            await _tap.Publish(message);
            // The same sale told once more, as `resend` would: another event, the same business.
            await _tap.Publish(message.Anew(Shop.NewId()));
        }

        await Wait.Until(async () => await Seen(heard.Length * 2) == Listeners.Length);
        await system.Settles();
    }

    [Fact]
    public async Task A_poisoned_event_is_set_aside_alone_and_works_when_it_is_replayed_after_its_cause_is_mended()
    {
        await Red.Sell(1);
        await Wait.Until(() => !_tap.Heard.IsEmpty);
        var id = Shop.NewId();
        var selling = Red.Sell(60);
        await _tap.Publish(_tap.Heard.First().Anew(id, sale => sale["saleId"] = "no id at all"));
        await selling;

        foreach (var cell in Listeners)
        {
            await Wait.Until(async () => await system.Scalar<long>($"SELECT count(*) FROM {cell}.dead_letter WHERE event_id = $1", id) == 1);
            Assert.Equal(1L, await system.Scalar<long>($"SELECT count(*) FROM {cell}.dead_letter"));
        }

        await Wait.Until(async () => await system.Journaled(Red) == Red.Acknowledged.Count);
        // Given up, as it would be after an hour; then its cause is mended: here the event itself.
        var whole = _tap.Heard.Last().Payload;
        foreach (var cell in Listeners)
            await system.Run($"UPDATE {cell}.dead_letter SET dead = true, attempts = 12, payload = $1", whole);
        await Task.Delay(2500);
        Assert.Equal(1L, await system.Scalar<long>("SELECT count(*) FROM history.dead_letter WHERE dead"));
        Assert.Equal(0, await DeadLetters.Replay(system.OpsConnection, cell: null, CancellationToken.None));
        await system.Settles();
    }

    [Fact]
    public async Task An_event_whose_header_names_another_tenant_is_kept_for_a_person_and_has_no_effect()
    {
        await Red.Sell(1);
        await Wait.Until(() => !_tap.Heard.IsEmpty);
        var (id, sale) = (Shop.NewId(), Shop.NewId());
        var forged = _tap.Heard.First().Anew(id, told => told["saleId"] = sale);
        await _tap.Publish(forged with { Tenant = system.Shops[1].Tenant.ToString() });
        await MustBeKept($"event_id = '{id}' AND dead AND error LIKE '%another tenant%'");
        Assert.Equal(0L, await system.Scalar<long>("SELECT count(*) FROM history.journal WHERE thing_id = $1", sale));
        await system.Settles();
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_for_a_person_and_holds_back_nothing()
    {
        var id = Shop.NewId();
        string[] unreadable =
        [
            "{ this is no JSON", """{"some":"other document"}""", "[1, 2]", """{"events":[]}""", """{"events":[{"some":"event"}]}""", """{"events":[1]}""",
        ];
        foreach (var text in unreadable)
            await _tap.PublishText(new Passing(SaleCompleted, id.ToString(), Red.Tenant.ToString(), text));
        await Red.Sell(20);
        await MustBeKept($"event_id = '{id}' AND dead", each: unreadable.Length);
        await system.Settles();
    }

    /// <summary>Each listener has so many, which are then looked at and thrown away.</summary>
    private async Task MustBeKept(string which, int each = 1)
    {
        foreach (var cell in Listeners)
        {
            await Wait.Until(async () => await system.Scalar<long>($"SELECT count(*) FROM {cell}.dead_letter WHERE {which}") == each);
            await system.Run($"DELETE FROM {cell}.dead_letter WHERE {which}");
        }
    }

    /// <summary>How many Cells have taken so many of these events.</summary>
    private async Task<long> Seen(int events)
    {
        var ids = _tap.Heard.Select(message => Guid.Parse(message.MessageId)).Distinct().ToArray();
        var seen = 0;
        foreach (var cell in Listeners)
        {
            if (await system.Scalar<long>($"SELECT count(*) FROM {cell}.inbox WHERE event_id = ANY ($1) AND consumer = 'OnSaleCompleted'", ids) >= events)
                seen++;
        }

        return seen;
    }
}
