using System.Text;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class DeviceTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("both", "charge.success,paymentrequest.success")]
    [InlineData("reversed", "paymentrequest.success,charge.success")]
    [InlineData("charge", "charge.success")]
    [InlineData("request", "paymentrequest.success")]
    public async Task What_is_paid_at_a_device_is_told_by_the_events_that_were_asked_for(string events, string expected)
    {
        var (terminal, request) = await Push();
        await sandbox.Data("sandbox/terminals", new { terminalId = terminal, events });
        var came = await sandbox.Get("sandbox/webhooks");
        var names = came.Body["data"]!.AsArray().Select(e => (string?)e!["event"]).Skip(1);
        Assert.Equal(expected.Split(','), names);
        var paid = await sandbox.Data($"paymentrequest/verify/{request["request_code"]}");
        Assert.True((bool)paid["paid"]!);
        var listed = (await sandbox.Get("transaction?channel=pos")).Body["data"]![0]!;
        Assert.StartsWith("pos_", (string)listed["reference"]!);
        Assert.Equal(("42000", terminal), ((string?)listed["amount"], (string?)listed["source"]!["identifier"]));
    }

    [Fact]
    public async Task A_device_that_is_off_shows_nothing_and_an_archived_request_is_not_paid()
    {
        var (terminal, request) = await Push();
        await sandbox.Data($"paymentrequest/archive/{request["id"]}", new { });
        Assert.Equal(404, (await sandbox.Post("sandbox/terminals", new { terminalId = terminal })).Status);

        await sandbox.Send(HttpMethod.Put, "sandbox/terminals", new { terminalId = terminal, online = false });
        Assert.False((bool)(await sandbox.Data($"terminal/{terminal}/presence"))["online"]!);
        var data = new { id = (long)request["id"]!, reference = (string)request["offline_reference"]! };
        var push = await sandbox.Data($"terminal/{terminal}/event", new { type = "invoice", action = "process", data });
        Assert.False((bool)(await sandbox.Data($"terminal/{terminal}/event/{push["id"]}"))["delivered"]!);
        var (status, unknown) = await sandbox.Get($"terminal/{terminal}/event/none");
        Assert.Equal((400, "INVALID_PUSH_ID"), (status, (string?)unknown["data"]!["code"]));
        Assert.Equal(404, (await sandbox.Post($"terminal/{terminal}/event",
            new { type = "invoice", action = "process", data = new { data.id, reference = "other" } })).Status);
    }

    [Fact]
    public async Task At_the_device_the_customer_pays_another_amount_or_declines()
    {
        var (terminal, request) = await Push();
        await sandbox.Data("sandbox/terminals", new { terminalId = terminal, decline = true });
        Assert.False((bool)(await sandbox.Data($"paymentrequest/verify/{request["request_code"]}"))["paid"]!);
        Assert.Equal(404, (await sandbox.Post("sandbox/terminals", new { terminalId = terminal })).Status);

        var data = new { id = (long)request["id"]!, reference = (string)request["offline_reference"]! };
        await sandbox.Data($"terminal/{terminal}/event", new { type = "invoice", action = "process", data });
        Assert.Equal("41000", (string?)(await sandbox.Data("sandbox/terminals", new { terminalId = terminal, amount = 41_000 }))["amount"]);
    }

    [Fact]
    public async Task What_is_set_at_one_device_leaves_the_rest_of_it_as_it_was()
    {
        var (terminal, _) = await Push();
        await sandbox.Send(HttpMethod.Put, "sandbox/terminals", new { terminalId = terminal, available = false });
        var presence = await sandbox.Data($"terminal/{terminal}/presence");
        Assert.Equal((true, false), ((bool)presence["online"]!, (bool)presence["available"]!));
    }

    [Fact]
    public async Task The_customers_page_shows_what_waits_and_takes_a_wrong_amount_a_wrong_pin_and_a_card_at_the_device()
    {
        var (terminal, _) = await Push();
        await sandbox.Data("charge", new { email = "a@shop.test", amount = 250000, currency = "NGN", reference = "t", bank_transfer = new { } });
        var opened = await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 250000, currency = "NGN", reference = "p" });
        var page = await sandbox.Api.GetStringAsync("customer", TestContext.Current.CancellationToken);
        Assert.Contains("<code>t</code>", page);
        Assert.Contains(terminal, page);
        var transfer = page.Split("href=\"").Single(part => part.Contains("<code>t</code>")).Split('"')[0];

        Assert.Contains("name=\"amount\"", await sandbox.Api.GetStringAsync(transfer, TestContext.Current.CancellationToken));
        await Press(transfer, "action=transfer&amount=2400");
        Assert.Equal("ongoing", (string?)(await sandbox.Data("transaction/verify/t"))["status"]);
        await Press(transfer, "action=transfer&amount=2%2C500.00");
        Assert.Equal("success", (string?)(await sandbox.Data("transaction/verify/t"))["status"]);
        await Press((string)opened["authorization_url"]!, "action=wrong-pin");
        Assert.Equal(("failed", "Incorrect PIN"), Status(await sandbox.Data("transaction/verify/p")));
        await Press(page.Split("action=\"").Single(part => part.StartsWith("/customer/terminal")).Split('"')[0], "action=pay");
        Assert.Equal("success", (string?)(await sandbox.Get("transaction?channel=pos")).Body["data"]![0]!["status"]);
    }

    [Fact]
    public async Task A_dedicated_account_is_paid_under_a_reference_of_paystacks_own()
    {
        var customer = (await sandbox.Data("customer", new { email = "shop@shop.test" }))["customer_code"];
        var others = (await sandbox.Data("customer", new { email = "other@shop.test" }))["customer_code"];
        await sandbox.Data("dedicated_account", new { customer = others });
        var dedicated = await sandbox.Data("dedicated_account", new { customer });
        var account = (string?)dedicated["account_number"];
        var paid = await sandbox.Data("sandbox/dedicated", new { accountNumber = account, amount = 100_000 });
        Assert.Equal(("dedicated_nuban", account, 1_000L), ((string?)paid["channel"],
            (string?)paid["authorization"]!["receiver_bank_account_number"], (long)paid["fees"]!));
        var e = JsonNode.Parse((await sandbox.Door.Expect(1))[0].Body)!;
        Assert.Equal((string?)paid["reference"], (string?)e["data"]!["reference"]);
        await sandbox.Send(HttpMethod.Delete, $"dedicated_account/{dedicated["id"]}");
        Assert.Equal(404, (await sandbox.Post("sandbox/dedicated", new { accountNumber = account, amount = 100_000 })).Status);
    }

    [Fact]
    public async Task A_dispute_and_refunds_together_never_take_more_than_was_paid_and_silence_loses_it()
    {
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 100_000, currency = "NGN", reference = "d" });
        await sandbox.Data("sandbox/settle", new { reference = "d" });
        var dispute = await sandbox.Data("sandbox/disputes", new { reference = "d", amount = 60_000, dueInSeconds = 1 });
        Assert.Equal(400, (await sandbox.Post("refund", new { transaction = "d", amount = 40_001 })).Status);
        await sandbox.Data("refund", new { transaction = "d", amount = 40_000 });
        var status = "";
        for (var i = 0; status is not "resolved" && i < 100; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            status = (string)(await sandbox.Data($"dispute/{dispute["id"]}"))["status"]!;
        }

        Assert.Equal("auto-accepted", (string?)(await sandbox.Data($"dispute/{dispute["id"]}"))["resolution"]);
        Assert.Equal(400, (await sandbox.Send(HttpMethod.Put, $"dispute/{dispute["id"]}/resolve", new { resolution = "declined", message = "no" })).Status);
    }

    [Fact]
    public async Task A_settlement_pays_each_transaction_once_and_can_be_made_wrong()
    {
        foreach (var reference in (string[])["s1", "s2", "s3"])
        {
            await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 100_000, currency = "NGN", reference });
            await sandbox.Data("sandbox/settle", new { reference });
        }

        await sandbox.Data("sandbox/settlements", new { omit = "s3", skew = -7 });
        await sandbox.Data("sandbox/settlements", new { });
        var rows = (await sandbox.Get("settlement")).Body["data"]!.AsArray();
        Assert.Equal([98_500, 196_993], rows.Select(r => (long)r!["total_amount"]!));
        var last = (await sandbox.Get($"settlement/{rows[0]!["id"]}/transactions")).Body["data"]!.AsArray();
        Assert.Equal(["s3"], last.Select(t => (string?)t!["reference"]));
        Assert.Null((long?)(await sandbox.Data("sandbox/settlements", new { }))["id"]);
    }

    async Task<(string Terminal, JsonObject Request)> Push()
    {
        await sandbox.Post("terminal/commission_device", new { serial_number = "PAX-1" });
        Assert.False((bool)(await sandbox.Post("terminal/commission_device", new { serial_number = "PAX-1" })).Body["status"]!);
        var terminal = (string)(await sandbox.Get("terminal")).Body["data"]![0]!["terminal_id"]!;
        var customer = (await sandbox.Data("customer", new { email = "till@shop.test" }))["customer_code"];
        var request = await sandbox.Data("paymentrequest", new { customer, amount = 42_000, currency = "NGN" });
        var data = new { id = (long)request["id"]!, reference = (string)request["offline_reference"]! };
        var push = await sandbox.Data($"terminal/{terminal}/event", new { type = "invoice", action = "process", data });
        Assert.True((bool)(await sandbox.Data($"terminal/{terminal}/event/{push["id"]}"))["delivered"]!);
        return (terminal, request);
    }

    async Task Press(string page, string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await sandbox.Api.PostAsync(page, content, TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode < 400);
    }

    static (string?, string?) Status(JsonObject data) => ((string?)data["status"], (string?)data["message"]);
}
