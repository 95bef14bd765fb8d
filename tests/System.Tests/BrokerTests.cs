using System.Text.Json.Nodes;

namespace WebWaka.Distributed.Tests;

/// <summary>What the broker does to messages: another order, no queue, delivered again and again.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class BrokerTests(DistributedSystem system)
{
    private const string SaleCompleted = nameof(SaleCompleted);
    private static readonly string[] Listeners = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions];

    private Shop Red => system.Shops[0];

    [Fact]
    public async Task A_void_or_a_refund_that_comes_before_its_sale_ends_as_if_it_had_come_after()
    {
        // They are taken from under the Cells and kept, until everything that is told of these sales has been taken.
        await using var tap = await Tap.On(system.Rabbit, SaleCompleted);
        await tap.Hold(Listeners.Select(cell => $"{cell}.{SaleCompleted}"));
        var (voided, refunded) = (await Red.SellAndVoid(), await Red.SellAndRefund());
        Guid[] both = [voided, refunded];
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM history.journal WHERE kind IN ('void', 'refund') AND sale_id = ANY ($1)", both) == 2);
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM inventory.stock_movement WHERE kind = 'void' AND source_id = $1", voided) == 3);
        await Wait.Until(async () => await system.Scalar<long>("SELECT count(*) FROM payments.ledger_void WHERE sale_id = $1", voided) == 1);
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM promotions.redemption WHERE reversal AND sale_id = ANY ($1)", both) == 2);
        Assert.Equal(0L, await system.Scalar<long>("SELECT count(*) FROM history.journal WHERE kind = 'sale' AND thing_id = ANY ($1)", both));
        Assert.True(tap.Held >= 2 * Listeners.Length, "the sales came by too early");

        await tap.LetGo();
        await system.Settles();
        Assert.Equal("voided", await system.Scalar<string>("SELECT state FROM history.sale WHERE id = $1", voided));
        Assert.True(await system.Scalar<bool>("SELECT number IS NOT NULL AND refunded = total FROM history.sale WHERE id = $1", refunded));
        foreach (var sale in both)
            Assert.Equal(0L, await system.Scalar<long>(
                "SELECT count(*) FROM (SELECT FROM payments.ledger_entry WHERE sale_id = $1 GROUP BY account HAVING sum(amount) <> 0) a", sale));
        Assert.True(await system.Scalar<bool>("""
            SELECT bool_and(d.total = s.total AND d.sales = s.sales) FROM (
                SELECT tenant_id, sum(total) AS total, sum(sales) AS sales FROM history.daily_sales GROUP BY 1) d
            JOIN (SELECT tenant_id, sum(total) AS total, count(*) AS sales FROM transaction.sale WHERE state = 'completed' GROUP BY 1) s USING (tenant_id)
            """));
    }

    [Fact]
    public async Task An_event_that_the_broker_has_no_queue_for_is_kept_and_reaches_it_once_it_is_there()
    {
        await using var tap = await Tap.On(system.Rabbit, SaleCompleted);
        await tap.Unbind("history.ShiftClosed", "ShiftClosed");
        var shift = await Red.CloseShift();
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM history.journal WHERE kind = 'shiftClosed' AND thing_id = $1", shift) == 1);
        await system.Settles();
    }

    [Fact]
    public async Task An_event_that_is_never_answered_is_set_aside_after_fifty_deliveries_and_then_taken()
    {
        await using var tap = await Tap.On(system.Rabbit, SaleCompleted);
        // As one that kills its process each time: taken, and given back by the broker when the connection is gone.
        var giving = tap.GiveBack("history.SaleCompleted", atMost: 200);
        await Red.Sell(1);
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM history.dead_letter WHERE queue = 'history.dead' AND error LIKE '%gave up%'") == 1 || giving.IsCompleted);
        await tap.DisposeAsync();
        Assert.InRange(await giving, 50, 52);
        await system.Settles();
    }
}
