using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

/// <summary>What the switches under /sandbox refuse, what they leave as it was, and what they move.</summary>
public sealed class AdminTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 5000, reference = "open" });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 5000, reference = "paid" });
        await sandbox.Data("sandbox/settle", new { reference = "paid" });
        await sandbox.Data("charge", new { email = "a@shop.test", amount = 5000, reference = "account", bank_transfer = new { } });
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("POST", "dedicated", """{"accountNumber":"0000000000","amount":5000}""", 404, "Dedicated account not found")]
    [InlineData("PUT", "terminals", """{"terminalId":"none"}""", 404, "Terminal not found")]
    [InlineData("POST", "terminals", """{"terminalId":"none"}""", 404, "Push not found")]
    [InlineData("POST", "disputes", """{"reference":"nobody"}""", 404, "Transaction not found")]
    [InlineData("POST", "disputes", """{"reference":"open"}""", 404, "Transaction not found")]
    [InlineData("POST", "disputes", """{"reference":"paid","amount":5001}""", 400, "Refund amount cannot be greater than initial amount")]
    [InlineData("POST", "disputes/1", """{"action":"declined"}""", 404, "Dispute not found")]
    [InlineData("POST", "settle", """{"reference":"nobody"}""", 404, "Transaction not found")]
    [InlineData("POST", "settle", """{"reference":"paid"}""", 400, "It is paid already")]
    [InlineData("POST", "settle", """{"reference":"open","amount":"much"}""", 400, "\"amount\" must be an integer")]
    [InlineData("POST", "settle", """{"reference":"open","status":"lost"}""", 400, "Unknown status")]
    [InlineData("POST", "transfer", """{"reference":"open","amount":5000}""", 404, "Transaction not found")]
    [InlineData("POST", "transfer", """{"reference":"account","amount":"much"}""", 400, "Invalid Amount Sent")]
    [InlineData("POST", "refunds/1", """{"status":"processed"}""", 404, "Refund not found")]
    [InlineData("POST", "faults", """{"kind":"sulk","path":"/charge"}""", 400, "Name a known kind and a path")]
    [InlineData("POST", "faults", """{"kind":"hang-after"}""", 400, "Name a known kind and a path")]
    [InlineData("POST", "answers", """{"status":"success"}""", 400, "Name whose answer it is: of")]
    [InlineData("POST", "webhooks/resend", """{"reference":"nobody"}""", 404, "Transaction not found")]
    [InlineData("POST", "webhooks/resend", """{"reference":"paid","event":"refund.processed"}""", 404, "Transaction not found")]
    [InlineData("POST", "webhooks/send", "{}", 400, "body is required")]
    public async Task What_cannot_be_done_is_refused_by_name(string method, string path, string body, int status, string message)
    {
        var (code, answer) = await sandbox.Send(new HttpMethod(method), "sandbox/" + path, JsonNode.Parse(body));
        Assert.Equal((status, message), (code, (string?)answer["message"]));
        Assert.Equal("abandoned", (string?)(await sandbox.Data("transaction/verify/open"))["status"]);
    }

    [Fact]
    public async Task A_setting_that_is_none_leaves_the_one_that_was()
    {
        await sandbox.Send(HttpMethod.Put, "sandbox/settings",
            new { webhookUrl = "nowhere", webhooks = "sometimes", defaultCurrency = "JPY", unknownReferenceStatus = "500" });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 5000, reference = "usual" });
        var settled = await sandbox.Data("sandbox/settle", new { reference = "usual" });
        Assert.Equal("NGN", (string?)settled["currency"]);
        await sandbox.Door.Expect(2);
        Assert.Equal(400, (await sandbox.Get("transaction/verify/nobody")).Status);
    }

    [Fact]
    public async Task A_setting_counts_from_then_on()
    {
        await sandbox.Door.Expect(1);
        await using var other = await WebhookDoor.Open();
        await sandbox.Send(HttpMethod.Put, "sandbox/settings",
            new { webhookUrl = other.Address, defaultCurrency = "GHS", currencies = new[] { "GHS", "JPY" }, unknownReferenceStatus = "404" });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 5000, reference = "cedis" });
        Assert.Equal("GHS", (string?)(await sandbox.Data("sandbox/settle", new { reference = "cedis" }))["currency"]);
        var (_, refused) = await sandbox.Post("transaction/initialize", new { email = "a@shop.test", amount = 5000, currency = "NGN" });
        Assert.Equal("unsupported_currency", (string?)refused["code"]);
        Assert.Equal(404, (await sandbox.Get("transaction/verify/nobody")).Status);
        await other.Expect(1);
        Assert.Single(sandbox.Door.All);
    }

    [Fact]
    public async Task A_payment_is_brought_to_any_state_that_is_open_or_ends_it()
    {
        Assert.Equal("ongoing", (string?)(await sandbox.Data("sandbox/settle", new { reference = "open", status = "ongoing" }))["status"]);
        var failed = await sandbox.Data("sandbox/settle", new { reference = "open", status = "failed", message = "No funds" });
        Assert.Equal(("failed", "No funds"), ((string?)failed["status"], (string?)failed["message"]));
    }

    [Fact]
    public async Task A_dispute_is_reminded_of_and_resolved_once()
    {
        var id = (long)(await sandbox.Data("sandbox/disputes", new { reference = "paid", amount = 2000 }))["id"]!;
        Assert.Equal(400, (await sandbox.Post($"sandbox/disputes/{id}", new { action = "sleep" })).Status);
        await sandbox.Data($"sandbox/disputes/{id}", new { action = "remind" });
        var moved = await sandbox.Data($"sandbox/disputes/{id}", new { action = "declined" });
        Assert.Equal(("resolved", "declined"), ((string?)moved["status"], (string?)moved["resolution"]));
        Assert.Equal(400, (await sandbox.Post($"sandbox/disputes/{id}", new { action = "merchant-accepted" })).Status);
        // What was declined took nothing: all of it can be disputed again.
        await sandbox.Data("sandbox/disputes", new { reference = "paid" });
        Assert.Equal(
            ["charge.success", "charge.dispute.create", "charge.dispute.remind", "charge.dispute.resolve", "charge.dispute.create"], await Told("paid"));
    }

    [Fact]
    public async Task A_refund_is_moved_to_a_state_that_there_is_until_it_is_final()
    {
        var id = (await sandbox.Data("refund", new { transaction = "paid", amount = 5000 }))["id"];
        Assert.Equal(400, (await sandbox.Post($"sandbox/refunds/{id}", new { status = "forgotten" })).Status);
        await sandbox.Data($"sandbox/refunds/{id}", new { status = "processed" });
        var (status, answer) = await sandbox.Post($"sandbox/refunds/{id}", new { status = "failed" });
        Assert.Equal((400, "Unknown status, or the refund is final"), (status, (string?)answer["message"]));
        Assert.Equal("reversed", (string?)(await sandbox.Data("transaction/verify/paid"))["status"]);
    }

    [Fact]
    public async Task Verify_says_what_it_is_told_to_say_and_the_books_say_what_was()
    {
        await sandbox.Data("sandbox/answers", new { of = "open", status = "success", amount = 7, currency = "GHS", reference = "other" });
        var said = await sandbox.Data("transaction/verify/open");
        Assert.Equal(("success", 7L, "GHS", "other"), ((string?)said["status"], (long)said["amount"]!, (string?)said["currency"], (string?)said["reference"]));
        Assert.DoesNotContain("open", (await sandbox.Get("transaction?status=success")).Body["data"]!.AsArray().Select(row => (string?)row!["reference"]));
    }

    [Fact]
    public async Task Held_events_come_in_the_order_that_is_asked_for()
    {
        await sandbox.Door.Expect(1);
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { webhooks = "hold" });
        foreach (var amount in (int[])[1000, 2000])
            await sandbox.Data("sandbox/disputes", new { reference = "paid", amount });
        Assert.Single(sandbox.Door.All);

        await sandbox.Data("sandbox/webhooks/release", new { order = "reversed" });
        var came = (await sandbox.Door.Expect(3)).Skip(1).Select(one => (long)JsonNode.Parse(one.Body)!["data"]!["refund_amount"]!);
        Assert.Equal([2000, 1000], came);
    }

    [Fact]
    public async Task An_error_before_the_work_leaves_nothing_behind_and_comes_as_often_as_it_was_armed()
    {
        await sandbox.Data("sandbox/faults", new { kind = "error-before", path = "/transaction/initialize" });
        var asked = new { email = "a@shop.test", amount = 5000, reference = "new" };
        Assert.Equal(500, (await sandbox.Post("transaction/initialize", asked)).Status);
        Assert.Equal(400, (await sandbox.Get("transaction/verify/new")).Status);
        Assert.Equal(200, (await sandbox.Post("transaction/initialize", asked)).Status);
    }

    [Fact]
    public async Task An_event_is_sent_again_by_its_name_as_often_as_is_asked_for()
    {
        await sandbox.Data("refund", new { transaction = "paid", amount = 1000 });
        await sandbox.Door.Expect(2);
        await sandbox.Data("sandbox/webhooks/resend", new { reference = "paid", @event = "refund.pending", times = 2 });
        Assert.Equal(["refund.pending", "refund.pending"], (await sandbox.Door.Expect(4)).Skip(2).Select(one => (string?)JsonNode.Parse(one.Body)!["event"]));
    }

    async Task<string[]> Told(string reference) => [.. (await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray()
        .Where(one => (string?)one!["reference"] == reference).Select(one => (string)one!["event"]!)];
}
