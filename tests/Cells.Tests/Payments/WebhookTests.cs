using System.Security.Cryptography;
using System.Text;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class WebhookTests(CellsFixture cells)
{
    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "webhooks");

    public static TheoryData<string, string> Good() => [.. Rows("signatures.tsv").Select(row => (row[0], row[3]))];

    public static TheoryData<string, string, string> Bad() => [.. Rows("signatures-negative.tsv").Select(row => (row[0], row[1], row[2]))];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task P01_P20_A_signed_sample_is_stored_once_however_often_it_comes(string file, string signature)
    {
        var shop = await PayingShop.Open(cells);
        var body = await File.ReadAllBytesAsync(Path.Combine(Samples, file));

        await shop.Deliver(body, signature).Is(200);
        await shop.Deliver(body, signature).Is(200);

        // Two equal partial refunds give the very same bytes, and both count; some events have no subject's id to know them by.
        var repeats = file.Contains("refund.", StringComparison.Ordinal) || file.StartsWith("15-", StringComparison.Ordinal);
        Assert.Equal(repeats ? 2 : 1, await shop.Count("payments.webhook_event WHERE body = $1", body));
        await PayingShop.Eventually(
            async () => await shop.Count("payments.webhook_event WHERE body = $1 AND state = 'received'", body) == 0, "the worker has looked at it");
        // None of their references is ours: those that name one are kept for a person.
        Assert.Equal(0, await shop.Count("payments.webhook_event WHERE body = $1 AND (state = 'error' OR (state = 'done' AND reference IS NOT NULL))", body));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task P01_A_badly_signed_sample_is_refused_and_not_kept(string file, string why, string signature)
    {
        var shop = await PayingShop.Open(cells);
        var body = await File.ReadAllBytesAsync(Path.Combine(Samples, file));
        var before = await shop.Count("payments.webhook_event WHERE body = $1", body);

        await shop.Deliver(body, signature).IsProblem(400, "signature_invalid");
        await shop.Deliver(body, signature: null).IsProblem(400, "signature_invalid");

        Assert.True(before == await shop.Count("payments.webhook_event WHERE body = $1", body), why);
    }

    [Fact]
    public async Task P02_A_live_event_here_and_one_that_is_too_long_are_refused()
    {
        var shop = await PayingShop.Open(cells);
        var live = """{"event":"charge.success","data":{"id":77,"domain":"live","reference":"x","status":"success","amount":1,"currency":"NGN"}}"""u8.ToArray();
        await shop.Deliver(live, Sign(live)).IsProblem(400, "signature_invalid");

        var endless = new byte[300 * 1024];
        await shop.Deliver(endless, Sign(endless)).IsProblem(413, "body_too_large");
    }

    [Fact]
    public async Task P04_An_event_twenty_times_at_once_settles_once()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Webhooks("hold");
        await shop.Settle(payment);
        var held = (await shop.Paystack.GetAsync("/sandbox/webhooks").Is(200))["data"]!.AsArray()
            .Single(e => (string?)e!["reference"] == (string?)payment["reference"])!;
        await shop.Webhooks("deliver");
        var body = Encoding.UTF8.GetBytes((string)held["body"]!);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Deliver(body, (string?)held["signature"]).Is(200)));

        await shop.SaleBecomes(sale, "completed");
        Assert.Equal(1, await shop.Count("payments.webhook_event WHERE body = $1", body));
        Assert.Equal(1, await shop.Count(
            "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'payment' AND account = 'paystack_clearing'", shop.Tenant));
        Assert.Equal(0, await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant));
    }

    [Theory]
    [InlineData(-100, null)]
    [InlineData(100, null)]
    [InlineData(0, "GHS")]
    public async Task P07_P08_Another_amount_or_currency_than_asked_waits_for_a_person(long more, string? currency)
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);

        await shop.Settle(payment, amount + more, currency);

        await shop.Becomes(payment, "needsReview");
        Assert.Contains("instead of", (string?)(await shop.Payment(payment))["reason"], StringComparison.Ordinal);
        Assert.Equal("awaitingPayment", await shop.SaleStatus(sale));
        Assert.Equal(-(amount + more), (await shop.Balances())["unapplied_receipts"]);
        await shop.SweepNow(TimeSpan.FromHours(1));
        Assert.Equal((string?)payment["id"], (string?)(await shop.Ask(ticket).Is(200))["id"]);
        Assert.Equal(0, await shop.Count("payments.outbox WHERE tenant_id = $1", shop.Tenant));
        Assert.Equal("awaitingPayment", await shop.SaleStatus(sale));
    }

    [Fact]
    public async Task P03_An_event_that_is_faster_than_Paystacks_answer_settles_too()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "webhook-first", path = "/transaction/initialize" });

        var payment = await shop.Ask(ticket).Is(201);

        await shop.Becomes(payment, "settled");
        await shop.SaleBecomes(sale, "completed");
        Assert.NotNull((await shop.Payment(payment))["authorizationUrl"]);
    }

    private static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(CellsFixture.PaystackKey), body));

    private static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(Samples, file)).Skip(1).Where(line => line.Length > 0).Select(line => line.Split('\t'));
}
