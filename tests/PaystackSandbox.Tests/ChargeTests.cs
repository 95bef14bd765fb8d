using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class ChargeTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start(("ClockFactor", "600"));

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Theory]
    [InlineData("mtn", "0551234987", "GHS")]
    [InlineData("vod", "0551234987", "GHS")]
    [InlineData("atl", "0551234987", "GHS")]
    public async Task A_mobile_money_test_number_is_paid_at_once(string provider, string phone, string currency)
    {
        var data = await Charge("momo", 5000, currency, ("mobile_money", new { provider, phone }));
        Assert.Equal(("success", "mobile_money", 98L), ((string?)data["status"], (string?)data["channel"], (long)data["fees"]!));
        Assert.Contains("charge.success", System.Text.Encoding.UTF8.GetString((await sandbox.Door.Expect(1))[0].Body));
    }

    [Fact]
    public async Task A_phone_that_is_too_short_is_a_200_that_failed()
    {
        var data = await Charge("short", 5000, "GHS", ("mobile_money", new { provider = "mtn", phone = "055" }));
        Assert.Equal("failed", (string?)data["status"]);
        Assert.Equal("failed", (string?)(await sandbox.Data("charge/short"))["status"]);
    }

    [Fact]
    public async Task A_prompt_nobody_answers_fails_after_180_seconds_of_its_clock_and_is_not_announced()
    {
        var data = await Charge("prompt", 5000, "KES", ("mobile_money", new { provider = "mpesa", phone = "+254700000001" }));
        Assert.Equal("pay_offline", (string?)data["status"]);
        Assert.Equal("ongoing", (string?)(await sandbox.Data("transaction/verify/prompt"))["status"]);
        var status = "";
        for (var i = 0; status is not "failed" && i < 100; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            status = (string)(await sandbox.Data("transaction/verify/prompt"))["status"]!;
        }
        Assert.Equal("failed", status);
        Assert.Empty((await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task A_transfer_of_the_wrong_amount_is_rejected_and_the_right_one_is_still_taken()
    {
        var data = await Charge("pwt", 249900, "NGN", ("bank_transfer", new { }));
        Assert.Equal("pending_bank_transfer", (string?)data["status"]);
        Assert.Equal(10, ((string)data["account_number"]!).Length);
        await sandbox.Data("sandbox/transfer", new { reference = "pwt", amount = 240000 });
        Assert.Equal("ongoing", (string?)(await sandbox.Data("transaction/verify/pwt"))["status"]);
        await sandbox.Data("sandbox/transfer", new { reference = "pwt", amount = 249900 });
        var events = (await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray();
        Assert.Equal(["bank.transfer.rejected", "charge.success"], events.Select(e => (string?)e!["event"]));
        var id = (long)(await sandbox.Data("transaction/verify/pwt"))["id"]!;
        var rejected = JsonNode.Parse((string)events[0]!["body"]!)!["data"]!["bank_transfer"]!;
        Assert.Equal(($"{id}", "240000", "INCORRECT_AMOUNT"),
            ((string?)rejected["transaction_id"], (string?)rejected["amount"], (string?)rejected["message_type"]));
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(60, 60)]
    [InlineData(6000, 480)]
    public async Task An_account_number_lives_between_15_minutes_and_8_hours(int askedMinutes, int givenMinutes)
    {
        var now = TimeProvider.System.GetUtcNow();
        var asked = now.AddMinutes(askedMinutes).ToString("o", CultureInfo.InvariantCulture);
        var data = await Charge("clamp", 249900, "NGN", ("bank_transfer", new { account_expires_at = asked }));
        var until = DateTimeOffset.Parse((string)data["account_expires_at"]!, CultureInfo.InvariantCulture);
        // The sandbox's clock runs 600 times as fast as this one, and began somewhere between the request and its answer.
        Assert.InRange(givenMinutes, (until - TimeProvider.System.GetUtcNow()).TotalMinutes * 600 - 1, (until - now).TotalMinutes * 600 + 1);
    }

    [Fact]
    public async Task Pesalink_names_what_the_payer_must_write()
    {
        var data = await Charge("pesalink", 100000, "KES", ("bank_transfer", new { }));
        Assert.Equal(100000, (long)data["amount"]!);
        Assert.NotNull((string?)data["transaction_reference"]);
    }

    [Fact]
    public async Task Ussd_gives_a_code_and_waits()
    {
        var data = await Charge("ussd", 30000, "NGN", ("ussd", new { type = "737" }));
        Assert.Equal(("pay_offline", "*737*000*4657#"), ((string?)data["status"], (string?)data["ussd_code"]));
        Assert.Equal(data.ToJsonString(), (await sandbox.Data("charge/ussd")).ToJsonString());
    }

    [Fact]
    public async Task A_channel_takes_its_own_currency_only()
    {
        var (status, answer) = await sandbox.Post("charge",
            new { email = "a@shop.test", amount = 30000, currency = "NGN", mobile_money = new { provider = "mtn", phone = "0551234987" } });
        Assert.Equal((400, "invalid_params"), (status, (string?)answer["code"]));
    }

    [Fact]
    public async Task A_bank_account_asks_for_a_birthday_and_an_otp()
    {
        var data = await Charge("bank", 30000, "NGN", ("bank", new { code = "057", account_number = "0000000000" }));
        Assert.Equal("send_birthday", (string?)data["status"]);
        data = await sandbox.Data("charge/submit_birthday", new { reference = "bank", birthday = "2007-04-15" });
        Assert.Equal("send_otp", (string?)data["status"]);
        Assert.Equal("ongoing", (string?)(await sandbox.Data("transaction/verify/bank"))["status"]);
        data = await sandbox.Data("charge/submit_otp", new { reference = "bank", otp = "123456" });
        Assert.Equal("success", (string?)data["status"]);
    }

    [Fact]
    public async Task A_wrong_pin_ends_the_charge_and_the_right_one_after_it_still_fails()
    {
        await Charge("pin", 30000, "NGN", ("card", new { number = "5060666666666666666", cvv = "123" }));
        Assert.Equal("abandoned", (string?)(await sandbox.Data("transaction/verify/pin"))["status"]);
        foreach (var pin in (string[])["9999", "1234"])
        {
            var (status, answer) = await sandbox.Post("charge/submit_pin", new { reference = "pin", pin });
            Assert.Equal(400, status);
            Assert.False((bool)answer["status"]!);
            Assert.Equal(("Charge attempted", "failed", "Incorrect PIN"),
                ((string?)answer["message"], (string?)answer["data"]!["status"], (string?)answer["data"]!["message"]));
        }
    }

    [Fact]
    public async Task A_pin_and_an_otp_lead_to_success()
    {
        var data = await Charge("steps", 30000, "NGN", ("card", new { number = "5060666666666666666", cvv = "123" }));
        Assert.Equal("send_pin", (string?)data["status"]);
        data = await sandbox.Data("charge/submit_pin", new { reference = "steps", pin = "1234" });
        Assert.Equal("send_otp", (string?)data["status"]);
        data = await sandbox.Data("charge/submit_otp", new { reference = "steps", otp = "123456" });
        Assert.Equal(("success", "506066"), ((string?)data["status"], (string?)data["authorization"]!["bin"]));
    }

    [Fact]
    public async Task A_saved_authorization_works_for_its_own_customer_only()
    {
        var data = await Charge("first", 30000, "NGN", ("card", new { number = "4084084084084081", cvv = "408" }));
        var code = (string)data["authorization"]!["authorization_code"]!;
        Assert.Equal("success", (string?)(await Charge("again", 30000, "NGN", ("authorization_code", code)))["status"]);
        var (status, _) = await sandbox.Post("charge",
            new { email = "thief@shop.test", amount = 30000, currency = "NGN", authorization_code = code });
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task An_unknown_charge_is_a_400()
    {
        var (status, answer) = await sandbox.Get("charge/nobody");
        Assert.Equal((400, "Transaction reference is invalid"), (status, (string?)answer["message"]));
        Assert.Equal(400, (await sandbox.Post("charge/submit_otp", new { reference = "nobody", otp = "1" })).Status);
    }

    Task<JsonObject> Charge(string reference, long amount, string currency, (string Name, object Value) instrument) =>
        sandbox.Data("charge", new Dictionary<string, object>
        {
            ["email"] = "a@shop.test", ["amount"] = amount, ["currency"] = currency, ["reference"] = reference,
            [instrument.Name] = instrument.Value,
        });
}
