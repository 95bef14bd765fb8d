using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class ClientTests : IAsyncLifetime
{
    static readonly PaystackKey Key = new("sk_test_webwaka");
    SandboxHost sandbox = null!;
    PaystackClient client = null!;

    // Gives up soon, for calls that are made to hang; long enough for a busy machine to commit them first.
    PaystackClient impatient = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxHost.Start();
        client = sandbox.Client();
        impatient = sandbox.Client(attemptTimeout: "00:00:03");
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_payment_is_opened_paid_verified_listed_refunded_and_found_again()
    {
        var opened = Done(await client.Initialize(Key, Payment("full") with { Metadata = new JsonObject { ["till"] = 3 } },
            ["card"], new Uri("https://shop.test/back"), Ct));
        Assert.Equal("full", opened.Reference);
        Assert.Equal("abandoned", Done(await client.Verify(Key, "full", Ct)).Status);
        await sandbox.Data("sandbox/settle", new { reference = "full" });
        var paid = Done(await client.Verify(Key, "full", Ct));
        Assert.Equal(("success", PaystackAmount.FromMinor(30000, "NGN"), 450L), (paid.Status, paid.Amount, paid.FeeSubunits));
        Assert.Equal(paid, Done(await client.GetTransaction(Key, paid.Id, Ct)));
        var now = TimeProvider.System.GetUtcNow();
        var page = Done(await client.ListTransactions(Key, now.AddMinutes(-5), now.AddMinutes(5), "success", 1, Ct));
        Assert.Equal(paid, Assert.Single(page.Items));
        var refund = Done(await client.Refund(Key, paid.Id, PaystackAmount.FromMinor(1000, "NGN"), "sale 1", Ct));
        Assert.Equal(("pending", paid.Id), (refund.Status, refund.TransactionId));
        var found = Assert.Single(Done(await client.ListRefunds(Key, paid.Id, 1, Ct)).Items);
        Assert.Equal((refund.Id, paid.Id, "sale 1"), (found.Id, found.TransactionId, found.MerchantNote));
        Assert.Equal(found, Done(await client.GetRefund(Key, refund.Id, Ct)));
    }

    [Fact]
    public async Task Every_channel_answers_what_the_till_must_show()
    {
        var transfer = Done(await client.Charge(Key, Payment("t"), new PaystackInstrument.BankTransfer(), Ct));
        Assert.Equal(("pending_bank_transfer", "Test Bank"), (transfer.Status, transfer.BankName));
        Assert.NotNull(transfer.AccountNumber);
        Assert.NotNull(transfer.AccountExpiresAt);
        Assert.StartsWith("*737*", Done(await client.Charge(Key, Payment("u"), new PaystackInstrument.Ussd("737"), Ct)).UssdCode);
        var prompt = Done(await client.Charge(Key, Payment("m", "KES"), new PaystackInstrument.MobileMoney("mpesa", "+254700000001"), Ct));
        Assert.Equal("pay_offline", prompt.Status);
        Assert.NotNull(prompt.DisplayText);
        var paid = Done(await client.Charge(Key, Payment("p", "GHS"), new PaystackInstrument.MobileMoney("mtn", "0551234987"), Ct));
        Assert.Equal(("success", "success"), (paid.Status, paid.Transaction!.Status));
        Assert.Equal("open_url", Done(await client.Charge(Key, Payment("e", "ZAR"), new PaystackInstrument.Eft("ozow"), Ct)).Status);
        Assert.NotNull(Done(await client.Charge(Key, Payment("q", "ZAR"), new PaystackInstrument.Qr("scan-to-pay"), Ct)).QrCode);
        Assert.Equal("pay_offline", Done(await client.CheckCharge(Key, "u", Ct)).Status);
    }

    [Fact]
    public async Task An_otp_that_is_wrong_is_a_failed_charge_and_not_a_refused_call()
    {
        var payment = Payment("otp", "XOF");
        Assert.Equal(3_000_000, payment.Amount.Subunits);
        Assert.Equal("send_otp",
            Done(await client.Charge(Key, payment, new PaystackInstrument.MobileMoney("orange", "0700000000"), Ct)).Status);
        Assert.Equal("failed", Done(await client.Submit(Key, "otp", "otp", "9999", Ct)).Status);
        var unknown = Assert.IsType<PaystackOutcome<PaystackCharge>.Refused>(await client.Submit(Key, "nobody", "otp", "1234", Ct));
        Assert.Equal(400, unknown.Error.HttpStatus);
    }

    [Fact]
    public async Task A_refusal_is_a_value_with_its_code()
    {
        await client.Initialize(Key, Payment("dup"), null, null, Ct);
        var duplicate = Assert.IsType<PaystackOutcome<PaystackCheckout>.Refused>(await client.Initialize(Key, Payment("dup"), null,
            null, Ct));
        Assert.True(duplicate.Error.IsDuplicateReference);
        foreach (var status in (int[])[400, 404])
        {
            await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { unknownReferenceStatus = status });
            var unknown = Assert.IsType<PaystackOutcome<PaystackTransaction>.Refused>(await client.Verify(Key, "nobody", Ct));
            Assert.True(unknown.Error.IsUnknownTransaction);
        }
    }

    [Theory]
    [InlineData("hang-before", 0)]
    [InlineData("hang-after", 1)]
    [InlineData("bad-gateway-after", 1)]
    public async Task A_write_whose_answer_is_lost_is_unknown_and_is_not_sent_again(string fault, int committed)
    {
        await Arm(fault, "/charge", times: 1);
        // A second attempt would meet no fault and come back as a duplicate or a success.
        var outcome = await impatient.Charge(Key, Payment("lost"), new PaystackInstrument.Ussd("737"), Ct);
        Assert.IsType<PaystackOutcome<PaystackCharge>.Unknown>(outcome);
        await Task.Delay(1500, Ct);
        Assert.Equal(committed, (int)(await sandbox.Get("transaction")).Body["meta"]!["total"]!);
    }

    [Theory]
    [InlineData("hang-after")]
    [InlineData("bad-gateway-after")]
    public async Task A_refund_whose_answer_is_lost_is_unknown_and_made_once(string fault)
    {
        await client.Initialize(Key, Payment("back"), null, null, Ct);
        await sandbox.Data("sandbox/settle", new { reference = "back" });
        var paid = Done(await client.Verify(Key, "back", Ct));
        await Arm(fault, "/refund", times: 1);
        Assert.IsType<PaystackOutcome<PaystackRefund>.Unknown>(
            await impatient.Refund(Key, paid.Id, PaystackAmount.FromMinor(1000, "NGN"), "sale", Ct));
        await Task.Delay(1500, Ct);
        Assert.Single(Done(await client.ListRefunds(Key, paid.Id, 1, Ct)).Items);
    }

    [Theory]
    [InlineData("hang-after")]
    [InlineData("bad-gateway-after")]
    public async Task A_read_is_tried_again(string fault)
    {
        await client.Initialize(Key, Payment("read"), null, null, Ct);
        await Arm(fault, "/transaction/verify", times: 2);
        Assert.Equal("read", Done(await impatient.Verify(Key, "read", Ct)).Reference);
    }

    [Fact]
    public async Task A_write_that_was_told_to_slow_down_was_not_done()
    {
        await Arm("rate-limit", "/transaction/initialize", times: 1);
        var outcome = Assert.IsType<PaystackOutcome<PaystackCheckout>.NotDone>(await client.Initialize(Key, Payment("slow"), null,
            null, Ct));
        Assert.Equal(TimeSpan.FromSeconds(1), outcome.RetryAfter);
        Done(await client.Initialize(Key, Payment("slow"), null, null, Ct));
    }

    [Fact]
    public async Task A_write_that_reached_nobody_was_not_done()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var outcome = await sandbox.Client(baseUrl: new Uri($"http://127.0.0.1:{port}")).Initialize(Key, Payment("nowhere"), null,
            null, Ct);
        Assert.IsType<PaystackOutcome<PaystackCheckout>.NotDone>(outcome);
    }

    [Fact]
    public async Task After_many_failures_nothing_is_sent_for_a_while_and_that_is_known()
    {
        await Arm("bad-gateway-after", "/transaction/initialize", times: 10);
        for (var i = 0; i < 10; i++)
            Assert.IsType<PaystackOutcome<PaystackCheckout>.Unknown>(await client.Initialize(Key, Payment($"f{i}"), null, null, Ct));
        Assert.IsType<PaystackOutcome<PaystackCheckout>.NotDone>(await client.Initialize(Key, Payment("spared"), null, null, Ct));
        Assert.Equal(400, (await sandbox.Get("transaction/verify/spared")).Status);
    }

    [Fact]
    public async Task One_tenants_rate_limit_stops_nobody_else()
    {
        await Arm("rate-limit", "/transaction/initialize", times: 25);
        for (var i = 0; i < 25; i++)
            Assert.IsType<PaystackOutcome<PaystackCheckout>.NotDone>(await client.Initialize(Key, Payment($"l{i}"), null, null, Ct));
        Done(await client.Initialize(new PaystackKey("sk_test_other"), Payment("other"), null, null, Ct));
    }

    [Fact]
    public async Task A_write_once_begun_outlives_its_caller()
    {
        await Arm("hang-after", "/charge", times: 1);
        using var caller = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var outcome = await impatient.Charge(Key, Payment("gone"), new PaystackInstrument.Ussd("737"), caller.Token);
        Assert.IsType<PaystackOutcome<PaystackCharge>.Unknown>(outcome);
    }

    [Theory]
    [InlineData("/charge")]
    [InlineData("/transaction/initialize")]
    public async Task An_event_may_come_before_the_answer(string path)
    {
        await Arm("webhook-first", path, times: 1);
        if (path is "/charge")
            Done(await client.Charge(Key, Payment("early"), new PaystackInstrument.Ussd("737"), Ct));
        else
            Done(await client.Initialize(Key, Payment("early"), null, null, Ct));
        var came = PaystackEvent.Read(Assert.Single(sandbox.Door.All).Body)!;
        Assert.Equal("early", came.Transaction!.Reference);
    }

    [Theory]
    [InlineData("Development", null)]
    [InlineData("Production", null)]
    [InlineData("Development", "https://api.paystack.co")]
    public async Task A_live_key_goes_to_paystack_in_production_and_nowhere_else(string environment, string? baseUrl)
    {
        var elsewhere = sandbox.Client(environment, baseUrl is null ? null : new Uri(baseUrl));
        await Assert.ThrowsAsync<InvalidOperationException>(() => elsewhere.Verify(new PaystackKey("sk_live_x"), "r", Ct));
    }

    [Theory]
    [InlineData("under_score")]
    [InlineData("with space")]
    [InlineData("")]
    public async Task A_reference_outside_the_documented_letters_is_not_sent(string reference) =>
        await Assert.ThrowsAsync<ArgumentException>(() => client.Initialize(Key, Payment(reference), null, null, Ct));

    static PaystackPayment Payment(string reference, string currency = "NGN") =>
        new(reference, PaystackAmount.FromMinor(30000, currency), "till@shop.test");

    async Task Arm(string kind, string path, int times) => await sandbox.Data("sandbox/faults", new { kind, path, times });

    static T Done<T>(PaystackOutcome<T> outcome)
    {
        Assert.True(outcome is PaystackOutcome<T>.Done, $"{outcome}");
        return ((PaystackOutcome<T>.Done)outcome).Data;
    }
}
