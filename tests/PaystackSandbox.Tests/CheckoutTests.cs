using System.Text;
using System.Text.Json.Nodes;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class CheckoutTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_person_pays_on_the_page_the_event_is_signed_and_verify_says_success()
    {
        var page = await Open("paid", "https://shop.test/done?x=1");
        var html = await sandbox.Api.GetStringAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("NGN 2,500.00", html);
        Assert.DoesNotContain("<script", html);

        using var pressed = await Press(page, "pay");
        Assert.Equal("https://shop.test/done?x=1&trxref=paid&reference=paid", pressed.Headers.Location!.AbsoluteUri);

        var sent = Assert.Single(await sandbox.Door.Expect(1));
        Assert.True(PaystackSignature.Verify(sent.Body, sent.Signature, "sk_test_webwaka"));
        Assert.False(PaystackSignature.Verify(sent.Body, sent.Signature, "sk_test_other"));
        Assert.Equal(sent.Signature!.ToLowerInvariant(), sent.Signature);
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal("charge.success", (string?)body["event"]);
        var data = await sandbox.Data("transaction/verify/paid");
        Assert.Equal(data.ToJsonString(), body["data"]!.ToJsonString());
        Assert.Equal(("success", 250000L, 13750L), ((string?)data["status"], (long)data["amount"]!, (long)data["fees"]!));
    }

    [Fact]
    public async Task Pressing_pay_twice_pays_once()
    {
        var page = await Open("twice", null);
        using var first = await Press(page, "pay");
        using var second = await Press(page, "pay");
        using var third = await Press(page, "decline");
        Assert.Equal("success", (string?)(await sandbox.Data("transaction/verify/twice"))["status"]);
        await sandbox.Door.Expect(1);
        Assert.Single((await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task A_declined_payment_fails_returns_nowhere_and_announces_nothing()
    {
        var page = await Open("declined", "https://shop.test/done");
        using var pressed = await Press(page, "decline");
        Assert.Equal(page, pressed.Headers.Location!.AbsoluteUri);
        Assert.Contains("Declined", await sandbox.Api.GetStringAsync(page, TestContext.Current.CancellationToken));
        Assert.Equal("failed", (string?)(await sandbox.Data("transaction/verify/declined"))["status"]);
        Assert.Empty((await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task What_the_merchant_sent_cannot_become_markup()
    {
        var answer = await sandbox.Data("transaction/initialize", new
        {
            email = "<b>@shop.test", amount = 250000, reference = "html", metadata = new { cancel_action = "javascript:alert(1)" },
        });
        var html = await sandbox.Api.GetStringAsync((string?)answer["authorization_url"], TestContext.Current.CancellationToken);
        Assert.Contains("&lt;b&gt;@shop.test", html);
        Assert.DoesNotContain("javascript:", html);
    }

    [Fact]
    public async Task An_unknown_access_code_is_not_found()
    {
        using var response = await sandbox.Api.GetAsync("checkout/nothing", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_customer_who_bears_the_fee_pays_it_on_top()
    {
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { customerPaysFees = true });
        using var pressed = await Press(await Open("gross", null), "pay");
        var data = await sandbox.Data("transaction/verify/gross");
        Assert.Equal(250000, (long)data["requested_amount"]!);
        Assert.Equal(250000, (long)data["amount"]! - (long)data["fees"]!);
    }

    async Task<string> Open(string reference, string? callback) => (string)(await sandbox.Data("transaction/initialize",
        new { email = "a@shop.test", amount = 250000, currency = "NGN", reference, callback_url = callback }))["authorization_url"]!;

    Task<HttpResponseMessage> Press(string page, string action) => sandbox.Api.PostAsync(page,
        new StringContent("action=" + action, Encoding.UTF8, "application/x-www-form-urlencoded"), TestContext.Current.CancellationToken);
}
