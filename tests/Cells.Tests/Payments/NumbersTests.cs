using System.Diagnostics;
using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>The numbers of payments are those that were measured: by channel, how they ended, how long it took, what nobody knows.</summary>
[Collection(PaystackCollection.Name)]
public sealed class NumbersTests(CellsFixture cells)
{
    [Fact]
    public async Task The_success_rate_by_channel_is_of_what_was_settled_failed_and_given_up()
    {
        var shop = await PayingShop.Open(cells);
        var other = await PayingShop.Open(cells);
        var (_, othersTicket, _) = await other.Sell();
        await Decline(other, await other.Ask(othersTicket).Is(201));
        using var numbers = await Numbers.Listen(shop);
        for (var i = 0; i < 3; i++)
        {
            var (_, ticket, _) = await shop.Sell();
            var paid = await shop.Ask(ticket).Is(201);
            await shop.Settle(paid);
            await shop.Becomes(paid, "settled");
        }

        var (_, declinedTicket, _) = await shop.Sell();
        var declined = await shop.Ask(declinedTicket, channel: "bankTransfer").Is(201);
        await Decline(shop, declined);
        await shop.SweepNow(TimeSpan.FromMinutes(1), ofAll: true);
        var (_, openTicket, _) = await shop.Sell();
        var open = await shop.Ask(openTicket, channel: "ussd").Is(201);
        await shop.Office.Post($"/api/payments/{open["id"]}/abandon", new { reason = "no answer" }, "a").Is(200);

        await PayingShop.Eventually(() => Task.FromResult(Ended("checkout", "settled") == 3), "three were settled");
        Assert.Equal((0, 1, 1), (Ended("checkout", "failed"), Ended("bankTransfer", "failed"), Ended("ussd", "abandoned")));
        // Each once, however often it was looked at afterwards.
        await shop.SweepNow(TimeSpan.FromHours(2));
        Assert.Equal(5, numbers.Of("webwaka.payment.ended").Count);
        Assert.Equal(3, numbers.Of("webwaka.payment.latency", ("channel", "checkout"), ("outcome", "initiated")).Count);
        Assert.All(numbers.Of("webwaka.payment.latency"), seconds => Assert.InRange(seconds, 0.000_1, 20));

        Task Decline(PayingShop at, JsonNode payment) =>
            at.Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]!, status = "failed", message = "Declined" });

        int Ended(string channel, string outcome) => numbers.Of("webwaka.payment.ended", ("channel", channel), ("outcome", outcome)).Count;
    }

    [Fact]
    public async Task The_time_to_confirm_and_the_lag_of_an_event_are_the_time_that_passed()
    {
        var shop = await PayingShop.Open(cells);
        using var numbers = await Numbers.Listen(shop);
        var (_, ticket, _) = await shop.Sell();
        var since = Stopwatch.GetTimestamp();
        var payment = await shop.Ask(ticket).Is(201);
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        await shop.Settle(payment);
        await shop.Becomes(payment, "settled");
        await PayingShop.Eventually(() => Task.FromResult(numbers.Of("webwaka.payment.webhook_lag").Count == 1), "its event has been worked on");
        var passed = Stopwatch.GetElapsedTime(since).TotalSeconds;

        Assert.InRange(Assert.Single(numbers.Of("webwaka.payment.settle_time", ("channel", "checkout"))), 1.1, passed);
        Assert.InRange(numbers.Of("webwaka.payment.webhook_lag")[0], 0, passed - 1.1);

        // An event that waited before it was worked on has a lag of as long.
        var (_, next, _) = await shop.Sell();
        var late = await shop.Ask(next).Is(201);
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "error-before", path = "/transaction/verify", times = 8 });
        await shop.Settle(late);
        await shop.Becomes(late, "settled");
        await PayingShop.Eventually(() => Task.FromResult(numbers.Of("webwaka.payment.webhook_lag").Count == 2), "and so has its own");
        Assert.True(numbers.Of("webwaka.payment.webhook_lag")[1] > numbers.Of("webwaka.payment.webhook_lag")[0] + 0.5);
    }

    [Fact]
    public async Task What_nobody_knows_the_outcome_of_is_told_until_it_is_known()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "bad-gateway-after", path = "/charge" });
        JsonNode payment;
        using (var numbers = await Numbers.Listen(shop))
        {
            payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
            Assert.Equal("unknown", (string?)payment["status"]);
            await shop.SweepNow(TimeSpan.Zero);
            await PayingShop.Eventually(() => Task.FromResult(numbers.Of("webwaka.payment.unknown") is [.., var told] && told == 1), "one more");
        }

        using (var numbers = await Numbers.Listen(shop))
        {
            await shop.Settle(payment);
            await shop.Becomes(payment, "settled");
            await shop.SweepNow(TimeSpan.Zero);
            await PayingShop.Eventually(() => Task.FromResult(numbers.Of("webwaka.payment.unknown") is [.., var told] && told == 0), "it is known");
        }
    }

    /// <summary>Paystack cannot be reached: that is said, the tills go on with cash, and nobody is told that the Cell is unwell.</summary>
    [Fact]
    public async Task While_Paystack_is_away_health_says_so_and_cash_goes_on()
    {
        await using var alone = new CellsFixture
        {
            Change = settings =>
            {
                settings[Wiring.Variables.PaystackBaseUrl] = "http://127.0.0.1:1";
                settings["Paystack:AttemptTimeout"] = "00:00:01";
                settings["Paystack:TotalTimeout"] = "00:00:02";
            },
        };
        await alone.InitializeAsync();
        var shop = await PayingShop.Open(alone);
        using var anybody = new HttpClient { BaseAddress = alone.AddressOf("payments") };

        Assert.Equal(503, (int)(await anybody.GetAsync("/health")).StatusCode);
        Assert.Equal(200, (int)(await anybody.GetAsync("/ready")).StatusCode);
        Assert.Equal(200, (int)(await anybody.GetAsync("/alive")).StatusCode);
        var (body, id) = await shop.Selling.Cart();
        await shop.Selling.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var (_, ticket, _) = await shop.Sell();
        await shop.Ask(ticket, "key").IsProblem(503, "paystack_unavailable");
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("cash") > 0, "the cash sale is booked");
    }
}
