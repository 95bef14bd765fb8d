using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class RefundTests(CellsFixture cells)
{
    [Fact]
    public async Task A_refund_goes_back_through_Paystack_once_and_is_booked_when_it_is_processed()
    {
        var (shop, sale, payment) = await Sold();
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await Becomes(shop, "pending");
        Assert.Equal(-1_343_750, (await shop.Balances())["paystack_clearing"]);

        var there = Assert.Single(await AtPaystack(shop, payment))!;
        await shop.Switch(HttpMethod.Post, $"refunds/{there["id"]}", new { status = "processed" });

        await Becomes(shop, "processed");
        var accounts = await shop.Balances();
        Assert.Equal(0, accounts["paystack_clearing"]);
        Assert.Equal(-30_157, accounts["paystack_balance"]);
        Assert.Equal(0, accounts["sales"]);
        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);
    }

    [Fact]
    public async Task P05_Two_equal_partial_refunds_are_two()
    {
        var (shop, _, payment) = await Sold();
        var (first, second) = (Refund(payment, 10_000), Refund(payment, 10_000));
        await shop.Selling.Shop.Hear(first);
        await shop.Selling.Shop.Hear(first);
        await shop.Selling.Shop.Hear(second);
        await PayingShop.Eventually(async () => (await AtPaystack(shop, payment)).Count == 2, "both are there");

        foreach (var refund in await AtPaystack(shop, payment))
            await shop.Switch(HttpMethod.Post, $"refunds/{refund!["id"]}", new { status = "processed" });

        await PayingShop.Eventually(async () => (await Requests(shop)).All(r => (string?)r!["status"] == "processed"), "both are processed");
        Assert.Equal(2, (await Requests(shop)).Count);
        Assert.Equal(2, await shop.Count("payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'paystackRefund' AND amount = 10000", shop.Tenant));
    }

    [Fact]
    public async Task P12_A_refund_whose_answer_was_lost_is_looked_for_and_not_asked_again()
    {
        var (shop, _, payment) = await Sold();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "bad-gateway-after", path = "/refund" });
        await shop.Webhooks("drop");
        await shop.Selling.Shop.Hear(Refund(payment, 10_000));
        await Becomes(shop, "calling");
        // The call is over, and nobody sends it again meanwhile.
        await PayingShop.Eventually(async () => (string?)(await Requests(shop))[0]!["reason"] == "Paystack did not answer", "its outcome is unknown");
        await shop.Webhooks("deliver");

        // The circuit to Paystack may be open for a moment after the fault: each sweep tries again, later.
        var minutes = 0;
        await PayingShop.Eventually(async () =>
        {
            await shop.SweepNow(TimeSpan.FromMinutes(minutes += 5));
            return (await Requests(shop)).All(request => (string?)request!["status"] == "pending");
        }, "the one refund is found");
        await shop.SweepNow(TimeSpan.FromHours(3));
        Assert.Single(await AtPaystack(shop, payment));
    }

    [Fact]
    public async Task A_refund_that_Paystack_put_off_is_asked_later_and_one_that_it_refuses_waits_for_a_person()
    {
        var (shop, _, payment) = await Sold();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "rate-limit", path = "/refund" });
        await shop.Selling.Shop.Hear(Refund(payment, 10_000));
        await PayingShop.Eventually(async () => (await Requests(shop)) is [{ } only] && (string?)only["reason"] is not null, "it was put off");
        Assert.Equal("queued", (string?)(await Requests(shop))[0]!["status"]);
        Assert.Empty(await AtPaystack(shop, payment));

        await PayingShop.Eventually(
            async () =>
            {
                await shop.SweepNow(TimeSpan.FromMinutes(2));
                return (await AtPaystack(shop, payment)).Count == 1;
            }, "it is asked again");
        await Becomes(shop, "pending");

        var there = (await AtPaystack(shop, payment))[0]!;
        await shop.Switch(HttpMethod.Post, $"refunds/{there["id"]}", new { status = "failed" });
        await Becomes(shop, "failed");
    }

    [Fact]
    public async Task More_than_Paystack_collected_is_not_asked_of_it()
    {
        var (shop, _, payment) = await Sold();
        var amount = (long)payment["amount"]!;

        await shop.Selling.Shop.Hear(Refund(payment, amount - 1));
        await shop.Selling.Shop.Hear(Refund(payment, 100));

        await PayingShop.Eventually(async () => (await AtPaystack(shop, payment)).Count == 2, "both parts are there");
        Assert.Equal(amount, (await AtPaystack(shop, payment)).Sum(refund => (long)refund!["amount"]!));
        var left = (await Requests(shop)).Single(r => (string?)r!["status"] == "needsReview")!;
        Assert.Equal(99, (long)left["amount"]!);
    }

    [Fact]
    public async Task A_voided_sale_gives_its_money_back_through_Paystack()
    {
        var (shop, sale, payment) = await Sold();

        await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "wrong goods" }, "void").Is(200);

        await Becomes(shop, "pending");
        Assert.Equal((long)payment["amount"]!, (long)Assert.Single(await AtPaystack(shop, payment))!["amount"]!);
        Assert.Equal("void", (string?)(await Requests(shop))[0]!["source"]);
    }

    [Fact]
    public async Task P19_A_refund_that_fails_is_asked_again_and_one_that_needs_an_account_gets_it()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(async () => (await AtPaystack(shop, payment)).Count == 1, "it is there");
        var first = (await AtPaystack(shop, payment))[0]!["id"];
        await Becomes(shop, "pending");
        var refund = (await Requests(shop))[0]!["id"];
        await shop.Office.Post($"/api/payments/refunds/{refund}/retry", new { }).IsProblem(409, "refund_not_retryable");

        await shop.Switch(HttpMethod.Post, $"refunds/{first}", new { status = "needs-attention" });
        await Becomes(shop, "needsAttention");
        var retry = $"/api/payments/refunds/{refund}/retry";
        await shop.Office.Post(retry, new { accountNumber = "4084084084084081", bankId = "9" }).IsProblem(400, "invalid_request");
        await shop.Office.Post(retry, new { accountNumber = "0123456789", bankId = "9" }).Is(200);
        await Becomes(shop, "pending");
        await shop.Switch(HttpMethod.Post, $"refunds/{first}", new { status = "failed" });
        await Becomes(shop, "failed");
        // While it was open and since it failed, the payment was never taken back from its sale.
        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);

        await shop.Office.Post($"/api/payments/refunds/{refund}/retry", new { }).Is(200);
        await PayingShop.Eventually(async () => (await AtPaystack(shop, payment)).Count == 2, "it is asked again");
        var second = (await AtPaystack(shop, payment)).Single(r => (string?)r!["status"] == "pending")!["id"];
        await Becomes(shop, "pending");
        await shop.Switch(HttpMethod.Post, $"refunds/{second}", new { status = "processed" });
        await Becomes(shop, "processed");
        Assert.Equal((0L, -30_157L), ((await shop.Balances())["paystack_clearing"], (await shop.Balances())["paystack_balance"]));
    }

    private async Task<(PayingShop Shop, Guid Sale, JsonNode Payment)> Sold()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment);
        await shop.SaleBecomes(sale, "completed");
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("sales") != 0, "the sale is booked");
        return (shop, sale, payment);
    }

    private static async Task<JsonArray> Requests(PayingShop shop) => (await shop.Office.GetAsync("/api/payments/refunds").Is(200))["items"]!.AsArray();

    private static Task Becomes(PayingShop shop, string status) =>
        PayingShop.Eventually(async () => await Requests(shop) is [{ } only] && (string?)only["status"] == status, $"the one refund is {status}");

    private static async Task<JsonArray> AtPaystack(PayingShop shop, JsonNode payment)
    {
        var transaction = await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200);
        return (await shop.Paystack.GetAsync($"/refund?transaction={transaction["data"]!["id"]}").Is(200))["data"]!.AsArray();
    }

    private static RefundCompleted Refund(JsonNode payment, long amount) => new(
        SellingShop.NewId(), (Guid)payment["saleId"]!, "R1", "T1", Guid.Empty, Guid.Empty,
        Guid.Empty, Guid.Empty, "2026-01-01", TimeProvider.System.GetUtcNow(), "back", "NGN",
        [new RefundLine(1, null, null, "Rice", "1", false, amount, 0, amount, [], amount)], [], [new SaleTender(1, "paystack", amount, amount, null)], [],
        amount, 0, amount, 0, amount, 0, amount);
}
