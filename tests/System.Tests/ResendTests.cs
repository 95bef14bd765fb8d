using WebWaka.CellKit;
using WebWaka.Tool;

namespace WebWaka.Distributed.Tests;

/// <summary>The broker's disk is lost with everything that was on its way.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class ResendTests(DistributedSystem system)
{
    private static readonly string[] Idle = [Wiring.History, Wiring.Promotions];

    private Shop Red => system.Shops[0];

    [Fact]
    public async Task What_a_broker_has_lost_with_its_disk_is_told_again_from_the_business_tables()
    {
        await system.StartWhatIsDown();
        await system.Settles();
        var before = TimeProvider.System.GetUtcNow();
        await Red.IssueCoupon();
        await Red.BeginLoyalty();
        await Red.AddCustomer();
        var late = await Red.PayTooLate();
        await Wait.Until(async () => await system.Scalar<long>("SELECT count(*) FROM transaction.late_payment WHERE sale_id = $1", late) == 1);
        await system.Settles();
        // Two Cells that hear nothing, so that there is something to lose.
        await KillAll(Idle);
        await Task.WhenAll(system.Shops.Select(shop => shop.Sell(20)));
        await Red.SellAndVoid();
        await Red.SellAndRefund();
        await Red.CloseShift();
        // Opened since, too.
        await Red.CloseShift();
        var (awaiting, page) = await Red.AskPaystack();
        // What is still in there when its Cell dies would stay in there.
        await Wait.Until(EveryOutboxIsEmpty);
        await KillAll([Wiring.Transaction]);
        // What Transaction does not hear.
        await Red.Pay(awaiting, page);
        await Red.ChangePrice("12345");
        await Wait.Until(async () => await system.Scalar<long>(
            "SELECT count(*) FROM payments.payment WHERE sale_id = $1 AND state = 'settled'", awaiting) == 1);
        await Wait.Until(EveryOutboxIsEmpty);

        // The Cells that run meet an empty broker; the others start with it.
        await system.Rabbit.Process.Kill();
        system.Rabbit.LoseDisk();
        await system.Rabbit.Start();
        await system.StartWhatIsDown();
        Assert.Equal(0L, await system.Scalar<long>("SELECT count(*) FROM transaction.product WHERE price = 12345"));
        Assert.True(await system.Journaled(Red) < Red.Acknowledged.Count, "nothing was lost");

        var told = await Resend.Tell(system.OpsConnection, cell: null, tenant: null, before, CancellationToken.None);
        Assert.Equal(
            EventRoutes.All.Select(route => route.Type).Distinct().Order(StringComparer.Ordinal), told.Select(one => one.Type).Order(StringComparer.Ordinal));
        await system.Settles();
        Assert.Equal(1L, await system.Scalar<long>("SELECT count(*) FROM transaction.product WHERE price = 12345"));
        // Everything once more, by the command itself and by name: nothing counts twice.
        var sums = await Sums();
        Assert.Equal(0, await Resend.Run(system.OpsConnection, Wiring.Transaction, "red", before.ToString("O"), CancellationToken.None));
        await system.Settles();
        Assert.Equal(sums, await Sums());
    }

    [Theory]
    [InlineData("nobody", "2026-01-01")]
    [InlineData("red", "yesterday")]
    public async Task A_tenant_that_there_is_not_and_a_time_that_is_none_are_refused(string tenant, string since) =>
        await Assert.ThrowsAnyAsync<StartException>(() => Resend.Run(system.OpsConnection, cell: null, tenant, since, CancellationToken.None));

    private async Task KillAll(IEnumerable<string> services)
    {
        foreach (var part in services.SelectMany(system.PartsOf).Where(part => part.Running))
            await part.Kill();
    }

    private async Task<bool> EveryOutboxIsEmpty() => 0 == await system.Scalar<long>(
        $"SELECT {string.Join(" + ", Wiring.Cells.Select(cell => $"(SELECT count(*) FROM {cell}.outbox)"))}");

    /// <summary>What would show an event that counted twice.</summary>
    private Task<string> Sums() => system.Scalar<string>("""
        SELECT concat_ws(' ',
            (SELECT sum(total) || ',' || sum(refund_total) || ',' || sum(voided) FROM history.daily_sales),
            (SELECT sum(count) FROM history.daily_tender), (SELECT sum(refunded) FROM history.sale),
            (SELECT count(*) FROM history.journal), (SELECT count(*) FROM history.audit),
            (SELECT sum(on_hand) FROM inventory.stock_level), (SELECT sum(redeemed) || ',' || sum(reversed) FROM promotions.promotion_usage),
            (SELECT sum(abs(amount)) FROM payments.ledger_entry), (SELECT count(*) FROM payments.refund_request),
            (SELECT count(*) FROM transaction.late_payment))
        """);
}
