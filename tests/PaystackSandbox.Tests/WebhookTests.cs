using System.Text;
using System.Text.Json.Nodes;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class WebhookTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    // An hour in 50 ms.
    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start(("ClockFactor", "72000"));

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData(500)]
    [InlineData(201)]
    [InlineData(204)]
    [InlineData(302)]
    public async Task Only_200_acknowledges(int refused)
    {
        sandbox.Door.Answers.Enqueue(refused);
        sandbox.Door.Answers.Enqueue(refused);
        sandbox.Door.Answers.Enqueue(200);
        await Pay("retry");
        var sent = await sandbox.Door.Expect(3);
        Assert.Equal(("delivered", 3, 200), await Settled());
        Assert.Equal(3, sandbox.Door.All.Count);
        Assert.All(sent, s => Assert.Equal(sent[0].Body, s.Body));
    }

    [Fact]
    public async Task A_test_integration_gives_up_after_ten_hours()
    {
        sandbox.Door.Answers.Enqueue(500);
        await Pay("never");
        await sandbox.Door.Expect(11);
        Assert.Equal(("failed", 11, 500), await Settled());
    }

    [Fact]
    public void A_live_integration_is_tried_every_3_minutes_4_times_and_then_hourly_for_72_hours()
    {
        var waits = WebhookSender.Schedule("live").ToList();
        Assert.Equal(TimeSpan.Zero, waits[0]);
        Assert.All(waits.Skip(1).Take(4), w => Assert.Equal(TimeSpan.FromMinutes(3), w));
        Assert.Equal(72, waits.Skip(5).Count(w => w == TimeSpan.FromHours(1)));
        Assert.Equal(77, waits.Count);
    }

    [Fact]
    public async Task Dropped_events_never_come_and_verify_knows_all_the_same()
    {
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { webhooks = "drop" });
        await Pay("dropped");
        Assert.Equal("success", (string?)(await sandbox.Data("transaction/verify/dropped"))["status"]);
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { webhooks = "deliver" });
        await Pay("next");
        var only = Assert.Single(await sandbox.Door.Expect(1));
        Assert.Contains("\"reference\":\"next\"", Encoding.UTF8.GetString(only.Body));
    }

    [Fact]
    public async Task Held_events_come_in_the_order_asked_for()
    {
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { webhooks = "hold" });
        await Pay("held");
        var refund = await sandbox.Data("refund", new { transaction = "held", amount = 1000 });
        await sandbox.Data($"sandbox/refunds/{refund["id"]}", new { status = "processed" });
        Assert.Empty(sandbox.Door.All);
        await sandbox.Data("sandbox/webhooks/release", new { order = "reversed" });
        Assert.Equal(["refund.processed", "refund.pending", "charge.success"],
            sandbox.Door.All.Select(r => (string?)JsonNode.Parse(r.Body)!["event"]));
    }

    [Fact]
    public async Task An_event_is_sent_again_as_often_as_asked_with_the_same_bytes()
    {
        await Pay("again");
        await sandbox.Door.Expect(1);
        await sandbox.Data("sandbox/webhooks/resend", new { reference = "again", times = 20 });
        var all = await sandbox.Door.Expect(21);
        Assert.Equal(21, all.Count);
        Assert.All(all, r => Assert.Equal(all[0].Body, r.Body));
    }

    [Fact]
    public async Task Any_body_can_be_sent_with_any_signature()
    {
        var body = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "webhooks", "01-charge.success.card.ngn.json"),
            TestContext.Current.CancellationToken);
        await sandbox.Data("sandbox/webhooks/send", new { body });
        var right = (await sandbox.Door.Expect(1))[0];
        Assert.Equal(Encoding.UTF8.GetBytes(body), right.Body);
        Assert.True(PaystackSignature.Verify(right.Body, right.Signature, "sk_test_webwaka"));
        await sandbox.Data("sandbox/webhooks/send", new { body, signature = "" });
        Assert.Null((await sandbox.Door.Expect(2))[1].Signature);
    }

    [Fact]
    public async Task A_settlement_may_be_of_another_amount_and_currency_than_asked()
    {
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "KES", reference = "less" });
        await sandbox.Data("sandbox/settle", new { reference = "less", status = "success", amount = 25000, currency = "USD" });
        var data = await sandbox.Data("transaction/verify/less");
        Assert.Equal((25000L, "USD", 30000L), ((long)data["amount"]!, (string?)data["currency"], (long)data["requested_amount"]!));
    }

    async Task Pay(string reference)
    {
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, currency = "NGN", reference });
        await sandbox.Data("sandbox/settle", new { reference, status = "success" });
    }

    async Task<(string?, int, int)> Settled()
    {
        JsonNode only = new JsonObject();
        for (var i = 0; (string?)only["state"] is null or "pending" && i < 200; i++)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
            only = Assert.Single((await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray())!;
        }
        return ((string?)only["state"], (int)only["attempts"]!, (int)only["last_status"]!);
    }
}
