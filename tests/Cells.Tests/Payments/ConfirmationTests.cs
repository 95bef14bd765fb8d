using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Payments;
using WebWaka.Payments.Collecting;
using WebWaka.Tool;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>Nothing is given for anybody's word but Paystack's own, asked by us, of our reference, amount and currency.</summary>
[Collection(PaystackCollection.Name)]
public sealed class ConfirmationTests(CellsFixture cells)
{
    [Theory]
    [InlineData("abandoned")]
    [InlineData("failed")]
    [InlineData("ongoing")]
    [InlineData("pending")]
    [InlineData("processing")]
    [InlineData("queued")]
    [InlineData("something new")]
    public async Task P06_A_signed_event_gives_nothing_while_verify_says_anything_but_success(string status)
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Switch(HttpMethod.Post, "answers", new { of = (string)payment["reference"]!, status });
        Assert.True((bool)(await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200))["status"]!);

        await Announce(shop, (string)payment["reference"]!, amount);

        Assert.Equal(status == "failed" ? "failed" : "initiated", (string?)(await shop.Payment(payment))["status"]);
        await NothingWasGiven(shop, sale);
    }

    /// <summary>The event and the transaction are as they should be; only what verify says differs, in one member.</summary>
    [Theory]
    [InlineData("amount", "1343749", "paid 1343749 instead of 1343750")]
    [InlineData("amount", "1343751", "paid 1343751 instead of 1343750")]
    [InlineData("currency", "GHS", "paid in GHS instead of NGN")]
    [InlineData("reference", "ww-anothers", "another reference than ours")]
    public async Task P06_What_verify_says_must_be_our_own_reference_amount_and_currency(string member, string value, string reason)
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        var said = new JsonObject { ["of"] = (string)payment["reference"]!, [member] = value };
        if (member == "amount")
            said["amount"] = long.Parse(value, CultureInfo.InvariantCulture);
        await shop.Switch(HttpMethod.Post, "answers", said);

        await shop.Settle(payment);

        await shop.Becomes(payment, "needsReview");
        Assert.StartsWith(reason, (string?)(await shop.Payment(payment))["reason"], StringComparison.Ordinal);
        await NothingWasGiven(shop, sale);
    }

    [Fact]
    public async Task P06_Coming_back_from_the_page_says_nothing_with_whatever_reference()
    {
        var (shop, other) = (await PayingShop.Open(cells), await PayingShop.Open(cells));
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        var (_, others) = await other.Sold();
        var before = await shop.Count("payments.ledger_entry WHERE tenant_id = $1", shop.Tenant);

        foreach (var reference in new[] { (string)payment["reference"]!, (string)others["reference"]!, "ww-invented" })
        {
            foreach (var path in new[] { "/api/payments", "/api/webhooks/paystack", "/api/payments/callback" })
            {
                using var visited = await shop.Till.GetAsync($"{path}?trxref={reference}&reference={reference}");
                Assert.True((int)visited.StatusCode is 200 or 404 or 405, $"{path} answered {(int)visited.StatusCode}");
            }
        }

        await shop.Till.GetAsync($"/api/payments/{others["id"]}").IsProblem(404, "payment_unknown");
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);
        Assert.Equal(before, await shop.Count("payments.ledger_entry WHERE tenant_id = $1", shop.Tenant));
        await NothingWasGiven(shop, sale);
    }

    [Theory]
    [InlineData(-5_000)]
    [InlineData(5_000)]
    public async Task P07_Another_amount_gives_nothing_is_shown_and_is_never_tried_again_by_itself(long more)
    {
        var shop = await PayingShop.Open(cells);
        using var numbers = await Numbers.Listen(shop);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);

        await shop.Settle(payment, amount + more);

        await shop.Becomes(payment, "needsReview");
        await NothingWasGiven(shop, sale);
        // To be seen by the shop, and by who watches the numbers.
        var listed = Assert.Single((await shop.Office.GetAsync("/api/payments?state=needsReview").Is(200))["items"]!.AsArray())!;
        Assert.Contains("instead of", (string?)listed["reason"], StringComparison.Ordinal);
        await PayingShop.Eventually(() => Task.FromResult(numbers.Of("webwaka.payment.ended", ("outcome", "needsReview")).Count == 1), "it is counted");
        // Neither asked again, nor a second time asked of the customer.
        await PayingShop.Eventually(
            async () => await shop.Count("payments.payment_reference WHERE tenant_id = $1 AND check_at IS NOT NULL", shop.Tenant) == 0, "nobody looks again");
        await shop.SweepNow(TimeSpan.FromDays(4));
        await shop.RoundsNow();
        Assert.Equal((string?)payment["id"], (string?)(await shop.Ask(ticket).Is(200))["id"]);
        Assert.Equal(1, await shop.Count("payments.payment WHERE tenant_id = $1", shop.Tenant));
        await NothingWasGiven(shop, sale);
    }

    /// <summary>40,333 = 30,050 + 10,283: the price is compared with what was asked, and not with what the customer paid.</summary>
    [Fact]
    public async Task P07_Where_the_customer_bears_the_fee_the_price_is_compared_and_less_than_it_is_not_enough()
    {
        var shop = await PayingShop.Open(cells);
        var key = "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = key, customerPaysFees = true }).Is(200);
        shop.Paystack = shop.Integration(key);
        await shop.Switch(HttpMethod.Put, "settings", new { customerPaysFees = true, webhooks = "drop" });
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment);
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        await shop.SaleBecomes(sale, "completed");
        var there = (await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200))["data"]!;
        Assert.Equal(amount, (long)there["requested_amount"]!);
        Assert.True((long)there["amount"]! > amount);

        var (unpaid, next, _) = await shop.Sell();
        var less = await shop.Ask(next).Is(201);
        await shop.Settle(less, amount - 5_000);
        await shop.SweepNow(TimeSpan.FromMinutes(1));

        Assert.Equal("needsReview", (string?)(await shop.Payment(less))["status"]);
        await NothingWasGiven(shop, unpaid, before: 1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task P10_A_reference_that_nobody_knows_is_kept_gives_nothing_and_may_be_claimed(int unknown)
    {
        var shop = await PayingShop.Open(cells);
        await shop.Switch(HttpMethod.Put, "settings", new { unknownReferenceStatus = unknown });
        var reference = $"foreign-{SellingShop.NewId():N}";
        await shop.Paystack.Post("/transaction/initialize", new { email = "x@shop.test", amount = 50_000, currency = "NGN", reference }).Is(200);
        await shop.Switch(HttpMethod.Post, "settle", new { reference });
        var there = (await shop.Paystack.GetAsync("/sandbox/webhooks").Is(200))["data"]!.AsArray().Single(e => (string?)e!["reference"] == reference)!;
        await PayingShop.Eventually(
            async () => await shop.Count("payments.webhook_event WHERE reference = $1 AND state = 'orphan'", reference) == 1, "it is kept for a person");
        // It was answered 200, is in the operator's list, and nobody has anything of it.
        await PayingShop.Eventually(async () => (int?)(await Delivery(shop, there))["last_status"] == 200, "it was acknowledged");
        Assert.Contains(reference, await OperatorsList(), StringComparison.Ordinal);
        Assert.Equal(0, await shop.Count("payments.payment WHERE reference = $1", reference));
        Assert.Equal(0, await shop.Count("payments.ledger_entry WHERE tenant_id = $1", shop.Tenant));

        await Enter(shop, reference);

        await PayingShop.Eventually(
            async () => await shop.Count("payments.payment WHERE reference = $1 AND state = 'settled'", reference) == 1, "the payment has claimed it");
        await shop.Switch(HttpMethod.Put, "settings", new { unknownReferenceStatus = 400 });
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task P10_That_verify_knows_no_such_reference_is_neither_failed_nor_paid(int unknown)
    {
        var shop = await PayingShop.Open(cells);
        await shop.Switch(HttpMethod.Put, "settings", new { unknownReferenceStatus = unknown });
        var (sale, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "error-before", path = "/transaction/initialize" });
        var payment = await shop.Ask(ticket).Is(201);
        Assert.Equal(unknown, (int)(await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}")).StatusCode);

        await shop.SweepNow(TimeSpan.FromMinutes(1));
        await shop.SweepNow(TimeSpan.FromHours(1));
        await shop.Switch(HttpMethod.Put, "settings", new { unknownReferenceStatus = 400 });

        Assert.Equal("unknown", (string?)(await shop.Payment(payment))["status"]);
        await NothingWasGiven(shop, sale);
    }

    /// <summary>An event of success, signed as Paystack signs, and worked on.</summary>
    private static async Task Announce(PayingShop shop, string reference, long amount)
    {
        var body = Encoding.UTF8.GetBytes($$$"""
            {"event":"charge.success","data":{"id":{{{RandomNumberGenerator.GetInt32(int.MaxValue)}}},"domain":"test","reference":"{{{reference}}}",
            "status":"success","amount":{{{amount}}},"currency":"NGN"}}
            """);
        await shop.Deliver(body, Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(CellsFixture.PaystackKey), body))).Is(200);
        await PayingShop.Eventually(
            async () => await shop.Count("payments.webhook_event WHERE body = $1 AND state = 'done'", body) == 1, "the worker has asked Paystack");
    }

    /// <param name="before">Goods that went out with sales before this one.</param>
    private static async Task NothingWasGiven(PayingShop shop, Guid sale, long before = 0)
    {
        Assert.Equal("awaitingPayment", await shop.SaleStatus(sale));
        Assert.Equal(0, await shop.Count("payments.ledger_entry WHERE tenant_id = $1 AND sale_id = $2 AND account = 'paystack_clearing'", shop.Tenant, sale));
        Assert.Equal(before, await shop.Count("inventory.stock_movement WHERE tenant_id = $1", shop.Tenant));
    }

    private static async Task<JsonNode> Delivery(PayingShop shop, JsonNode there) =>
        (await shop.Paystack.GetAsync("/sandbox/webhooks").Is(200))["data"]!.AsArray().Single(e => (long)e!["id"]! == (long)there["id"]!)!;

    /// <summary>What <c>webwaka webhooks --state orphan</c> prints.</summary>
    private async Task<string> OperatorsList()
    {
        var (before, output) = (AnsiConsole.Console, new StringWriter());
        AnsiConsole.Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        AnsiConsole.Console.Profile.Width = 400;
        try
        {
            await Webhooks.List(cells.ConnectionOf("webwaka_ops"), new Webhooks.Filter(null, null, "orphan", null), TestContext.Current.CancellationToken);
        }
        finally
        {
            AnsiConsole.Console = before;
        }

        return output.ToString();
    }

    /// <summary>A payment under this reference, made as the Cell makes one.</summary>
    private async Task Enter(PayingShop shop, string reference)
    {
        await using var scope = cells.ServicesOf("payments").CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PaymentsDb>();
        await db.InTenant(shop.Tenant, async () =>
        {
            var row = new PaymentRow
            {
                Id = db.NewId(), SaleId = db.NewId(), Tender = 1, Amount = 50_000, Currency = "NGN", Reference = reference, State = PaymentStates.Initiated,
                Channel = Channels.Checkout, AuthorizationUrl = "https://checkout.test", CreatedAt = db.Now, ExpiresAt = db.Now.AddHours(1),
            };
            db.Add(row);
            await db.Enter(shop.Tenant, row, db.Now.AddHours(1), TestContext.Current.CancellationToken);
            return row.Id;
        }, TestContext.Current.CancellationToken);
    }
}
