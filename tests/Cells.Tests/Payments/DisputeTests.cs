using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class DisputeTests(CellsFixture cells)
{
    [Theory]
    [InlineData("auto-accepted", 1_343_750)]
    [InlineData("merchant-accepted", 1_343_750)]
    [InlineData("declined", 0)]
    public async Task P24_A_dispute_is_one_however_often_it_is_told_and_is_lost_once(string resolution, long lost)
    {
        var shop = await PayingShop.Open(cells);
        var (_, payment) = await shop.Sold();
        var opened = await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]! });
        for (var i = 0; i < 3; i++)
            await shop.Switch(HttpMethod.Post, $"disputes/{opened["data"]!["id"]}", new { action = "remind" });
        await PayingShop.Eventually(async () => (await Disputes(shop)).Count == 1, "the dispute is there");
        var open = Assert.Single(await Disputes(shop))!;
        Assert.Equal((string?)opened["data"]!["dueAt"], ((DateTimeOffset)open["dueAt"]!).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));

        await shop.Switch(HttpMethod.Post, $"disputes/{opened["data"]!["id"]}", new { action = resolution });
        await PayingShop.Eventually(async () => (string?)(await Disputes(shop))[0]!["resolution"] == resolution, "it is resolved");
        foreach (var name in new[] { "charge.dispute.remind", "charge.dispute.resolve", "charge.dispute.create" })
            await shop.Switch(HttpMethod.Post, "webhooks/resend", new { reference = (string)payment["reference"]!, @event = name });
        await shop.SweepNow(TimeSpan.FromHours(3));

        var accounts = await shop.Balances();
        Assert.Equal(lost, accounts.GetValueOrDefault("disputes_lost"));
        Assert.Equal(1_343_750 - 30_157 - lost, accounts["paystack_balance"]);
        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);
    }

    /// <summary>The end is told before the beginning: the beginning finds it ended, and is done with at once.</summary>
    [Fact]
    public async Task P24_A_dispute_whose_end_is_told_first_stays_ended()
    {
        var shop = await PayingShop.Open(cells);
        var (_, payment) = await shop.Sold();
        await shop.Webhooks("hold");
        var opened = await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]! });
        await shop.Switch(HttpMethod.Post, $"disputes/{opened["data"]!["id"]}", new { action = "merchant-accepted" });
        await shop.Webhooks("deliver");
        var events = (await shop.Announced((string)payment["reference"]!)).Where(e => e.Event.StartsWith("charge.dispute", StringComparison.Ordinal)).ToList();

        foreach (var (name, body, signature) in Enumerable.Reverse(events))
        {
            await shop.Deliver(body, signature).Is(200);
            await PayingShop.Eventually(
                async () => await shop.Count("payments.webhook_event WHERE body = $1 AND state = 'done' AND attempts = 1", body) == 1, $"{name} is done with");
        }

        Assert.Equal(2, events.Count);
        Assert.Equal("merchant-accepted", (string?)Assert.Single(await Disputes(shop))!["resolution"]);
        Assert.Equal(1_343_750, (await shop.Balances())["disputes_lost"]);
    }

    [Fact]
    public async Task P24_A_dispute_and_a_refund_together_never_take_more_than_was_paid()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();
        await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]!, amount = 1_000_000 });
        await PayingShop.Eventually(async () => (await Disputes(shop)).Count == 1, "the dispute is there");

        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);

        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the rest goes back");
        Assert.Equal(343_750, (long)(await shop.AtPaystack(payment))[0]!["amount"]!);
        Assert.Equal(1_000_000, (long)(await shop.Refunds()).Single(r => (string?)r!["status"] == "needsReview")!["amount"]!);
    }

    /// <summary>Its payer's money went back to its payer. Whether the bank's word or the sale's "not mine" is known first is all one.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task P24_A_lost_dispute_of_money_that_no_sale_took_is_no_loss_and_leaves_nothing_owed(bool disputeFirst)
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment, disputeFirst ? null : amount - 50);
        await shop.Becomes(payment, disputeFirst ? "settled" : "needsReview");
        await Lose(shop, payment);
        if (disputeFirst)
            await NotApplied(shop, sale, payment, amount);

        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("disputes_lost") == 0, "it is no loss");
        Assert.Equal(0, (await shop.Balances()).GetValueOrDefault("unapplied_receipts"));
        await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "late" }, "return").IsProblem(409, "payment_nothing_left");
    }

    [Fact]
    public async Task P24_What_was_given_back_already_and_is_lost_to_the_bank_too_is_a_loss()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment);
        await shop.Becomes(payment, "settled");
        await Lose(shop, payment);
        // Paystack opens no dispute over what it has given back. A bank may all the same.
        await using var command = cells.Admin.CreateCommand("""
            INSERT INTO payments.refund_request
                (tenant_id, id, source_kind, source_id, sale_id, tender, payment_id, amount, currency, state, created_at, next_at)
            VALUES ($1, gen_random_uuid(), 'return', $2, $3, 1, $2, 700000, 'NGN', 'processed', now(), now())
            """);
        foreach (object value in new object[] { shop.Tenant, (Guid)payment["id"]!, sale })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();

        await NotApplied(shop, sale, payment, amount);

        await PayingShop.Eventually(async () => (await shop.Balances())["disputes_lost"] == 700_000, "the part that was given back twice is lost");
    }

    private static async Task Lose(PayingShop shop, JsonNode payment)
    {
        var opened = await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]! });
        await PayingShop.Eventually(async () => (await Disputes(shop)).Count == 1, "the dispute is there");
        await shop.Switch(HttpMethod.Post, $"disputes/{opened["data"]!["id"]}", new { action = "merchant-accepted" });
        await PayingShop.Eventually(async () => (string?)(await Disputes(shop))[0]!["resolution"] == "merchant-accepted", "it is lost");
    }

    /// <summary>Transaction says, later than it ever would, that no sale took the money.</summary>
    private static async Task NotApplied(PayingShop shop, Guid sale, JsonNode payment, long amount)
    {
        await shop.Selling.Shop.Hear(new PaymentNotApplied((Guid)payment["id"]!, sale, 1, amount, "NGN", "late", TimeProvider.System.GetUtcNow()));
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(payment))["notApplied"] is not null, "no sale took it");
    }

    [Fact]
    public async Task The_shop_answers_a_dispute_once()
    {
        var shop = await PayingShop.Open(cells);
        var (_, payment) = await shop.Sold();
        await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]! });
        await PayingShop.Eventually(async () => (await Disputes(shop)).Count == 1, "the dispute is there");
        var dispute = (await Disputes(shop))[0]!;
        var path = $"/api/payments/disputes/{dispute["id"]}/answer";

        await shop.Office.Post(path, new { resolution = "perhaps", message = "?" }).IsProblem(400, "invalid_request");
        await shop.Office.Post(path, new { resolution = "declined", message = "card 4084084084084081" }).IsProblem(400, "invalid_request");
        await shop.Till.Post(path, new { resolution = "declined", message = "the goods were given" }).IsProblem(403, "forbidden");
        var answered = await shop.Office.Post(path, new { resolution = "declined", message = "the goods were given" }).Is(200);
        Assert.Equal("declined", (string?)answered["resolution"]);
        await shop.Office.Post(path, new { resolution = "accepted", message = "well then" }).IsProblem(409, "dispute_resolved");
        Assert.Empty((await shop.Office.GetAsync("/api/payments/disputes?open=true").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Another_tenants_payments_disputes_and_refunds_cannot_be_touched()
    {
        var (mine, theirs) = (await PayingShop.Open(cells), await PayingShop.Open(cells));
        var (sale, payment) = await theirs.Sold();
        await theirs.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]!, amount = 1_000 });
        await PayingShop.Eventually(async () => (await Disputes(theirs)).Count == 1, "the dispute is theirs");
        await theirs.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(async () => (await theirs.Refunds()).Count > 0, "the refund is theirs");
        var dispute = (await Disputes(theirs))[0]!["id"];
        var refund = (await theirs.Refunds())[0]!["id"];
        var office = mine.Office;

        Assert.Empty(await Disputes(mine));
        await office.Post($"/api/payments/{payment["id"]}/abandon", new { reason = "no" }, "a").IsProblem(404, "payment_unknown");
        await office.Post($"/api/payments/{payment["id"]}/return", new { reason = "no" }, "r").IsProblem(404, "payment_unknown");
        await office.Post($"/api/payments/{payment["id"]}/cancel", new { }).IsProblem(404, "payment_unknown");
        await office.Post($"/api/payments/refunds/{refund}/retry", new { }).IsProblem(404, "refund_request_unknown");
        await office.Post($"/api/payments/disputes/{dispute}/answer", new { resolution = "accepted", message = "mine" }).IsProblem(404, "dispute_unknown");
        Assert.Equal("settled", (string?)(await theirs.Payment(payment))["status"]);
    }

    private static async Task<JsonArray> Disputes(PayingShop shop) => (await shop.Office.GetAsync("/api/payments/disputes").Is(200))["items"]!.AsArray();
}
