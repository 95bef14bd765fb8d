using System.Diagnostics;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>The webhook's door of a replica that works through no inbox, and takes events from some addresses only.</summary>
[Collection(PaystackCollection.Name)]
public sealed class AloneDoorTests
{
    private const string Paystacks = "52.31.139.75";

    [Fact]
    public async Task P16_P25_The_door_answers_with_its_workers_stopped_and_asks_where_an_event_comes_from()
    {
        await using var cells = new CellsFixture
        {
            Change = settings =>
            {
                settings["Payments:WorkInbox"] = "false";
                settings["Payments:WebhookSources:0"] = Paystacks;
                settings["Payments:WebhookSources:1"] = "52.49.173.169";
                // An hour in 20 ms: what is refused comes again soon.
                settings["PaystackSandbox:ClockFactor"] = "180000";
            },
        };
        await cells.InitializeAsync();
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment);
        var (_, body, signature) = Assert.Single(await shop.Announced((string)payment["reference"]!));

        // P25: its own address is not among the allowed, and what a caller wrote before the gateway's own hop counts for nothing.
        await shop.Deliver(body, signature).IsProblem(403, "source_not_allowed");
        await shop.Deliver(body, signature, from: "41.58.1.1").IsProblem(403, "source_not_allowed");
        await shop.Deliver(body, signature, from: $"{Paystacks}, 41.58.1.1").IsProblem(403, "source_not_allowed");
        await shop.Deliver(body, signature: null, from: Paystacks).IsProblem(400, "signature_invalid");
        Assert.Equal(0, await shop.Count("payments.webhook_event"));

        // P16: without its table nothing is acknowledged; with it, in no time, though nobody works on it.
        await Run(cells, "ALTER TABLE payments.webhook_event RENAME TO away");
        using (var refused = await shop.Deliver(body, signature, from: Paystacks))
            Assert.True((int)refused.StatusCode >= 500, $"answered {(int)refused.StatusCode}");
        await Run(cells, "ALTER TABLE payments.away RENAME TO webhook_event");
        var since = Stopwatch.GetTimestamp();
        await shop.Deliver(body, signature, from: $"41.58.1.1, {Paystacks}").Is(200);
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1));
        Assert.Equal(1, await shop.Count("payments.webhook_event WHERE state = 'received'"));
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);

        // The same ten thousand times over changes nothing.
        using var paystack = new HttpClient { BaseAddress = cells.AddressOf("payments") };
        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, stop) =>
        {
            using var again = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/paystack") { Content = new ByteArrayContent(body) };
            again.Headers.Add("x-paystack-signature", signature);
            again.Headers.Add("X-Forwarded-For", Paystacks);
            using var answer = await paystack.SendAsync(again, stop);
            Assert.Equal(200, (int)answer.StatusCode);
        });
        Assert.Equal(1, await shop.Count("payments.webhook_event"));
        Assert.Equal("awaitingPayment", await shop.SaleStatus(sale));
    }

    [Fact]
    public async Task P12_A_circuit_opens_when_Paystack_hangs_so_that_no_till_waits_and_cash_goes_on()
    {
        await using var cells = new CellsFixture
        {
            Change = settings =>
            {
                settings["Paystack:AttemptTimeout"] = "00:00:01";
                settings["Paystack:TotalTimeout"] = "00:00:03";
            },
        };
        await cells.InitializeAsync();
        var shop = await PayingShop.Open(cells);
        var tickets = new List<string>();
        for (var i = 0; i < 24; i++)
            tickets.Add((await shop.Sell()).Ticket);
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "hang-before", path = "/transaction/initialize", times = 100 });

        // The first hang until their time is over, and each of them says that its outcome is not known.
        var first = await Task.WhenAll(tickets.Take(12).Select(async ticket => (string?)(await shop.Ask(ticket).Is(201))["status"]));
        Assert.All(first, status => Assert.Equal("unknown", status));

        var since = Stopwatch.GetTimestamp();
        foreach (var ticket in tickets.Skip(12))
            await shop.Ask(ticket).IsProblem(503, "paystack_unavailable");
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(1), "a till waited for Paystack");
        var (cart, id) = await shop.Selling.Cart();
        await shop.Selling.Cashier.Post("/api/sales", cart, id.ToString()).Is(201);
        Assert.Equal(12, await shop.Count("payments.payment_reference WHERE unknown_since IS NOT NULL"));
    }

    private static async Task Run(CellsFixture cells, string sql)
    {
        await using var command = cells.Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
