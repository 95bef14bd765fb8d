using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>Never more back than came, and never twice for one, whoever asks at the same moment.</summary>
[Collection(PaystackCollection.Name)]
public sealed class CapTests(CellsFixture cells)
{
    /// <summary>Of two refunds of 60 % one gets all of its money, the other what is left of the payment; by the tills' door only one is taken at all.</summary>
    [Fact]
    public async Task P18_Two_refunds_of_more_than_half_at_once_never_give_back_more_than_was_paid()
    {
        for (var round = 0; round < 5; round++)
        {
            var shop = await PayingShop.Open(cells);
            var (_, payment) = await shop.Sold();
            var amount = (long)payment["amount"]!;

            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => shop.Selling.Shop.Hear(Refund(payment, amount * 6 / 10))));

            await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 2, "both are asked, as far as the money goes");
            Assert.Equal(amount, (await shop.AtPaystack(payment)).Sum(refund => (long)refund!["amount"]!));
            Assert.Equal(2 * (amount * 6 / 10) - amount, (long)(await shop.Refunds()).Single(r => (string?)r!["status"] == "needsReview")!["amount"]!);
        }
    }

    [Fact]
    public async Task P18_By_the_tills_door_one_of_six_refunds_of_more_than_half_wins()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            using var answer = await shop.Selling.Cashier.Post(
                "/api/refunds",
                new { saleId = sale, reason = "returned", lines = new[] { new { line = 1, quantity = "0.6", restock = true } } }, $"refund-{i}");
            return (int)answer.StatusCode;
        }));

        Assert.Single(answers, status => status == 201);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count > 0, "one is there");
        await shop.SweepNow(TimeSpan.FromMinutes(5));
        Assert.Single(await shop.AtPaystack(payment));
    }

    /// <summary>Without an amount Paystack would be asked for all of it, and refuse after the first part.</summary>
    [Fact]
    public async Task P18_Each_part_is_asked_with_its_own_amount_in_the_currency_of_the_charge()
    {
        var shop = await PayingShop.Open(cells);
        var (_, payment) = await shop.Sold();
        var amount = (long)payment["amount"]!;
        await shop.Selling.Shop.Hear(Refund(payment, 300_000));
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the first part is there");
        await shop.Selling.Shop.Hear(Refund(payment, 200_000));
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 2, "and the second");
        await shop.Selling.Shop.Hear(Refund(payment, amount - 500_000));

        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 3, "and the rest");
        Assert.Equal(
            [200_000L, 300_000L, amount - 500_000], (await shop.AtPaystack(payment)).Select(refund => (long)refund!["amount"]!).Order());
        Assert.All(await shop.AtPaystack(payment), refund => Assert.Equal("NGN", (string?)refund!["currency"]));
        // The other refusals of Paystack's own are those that are kept from happening here.
        await Refused(shop, payment, new { transaction = (string)payment["reference"]!, amount = 100, currency = "GHS" }, "has been fully reversed");
    }

    [Fact]
    public async Task P18_What_Paystack_says_of_too_small_a_refund_and_of_another_currency_is_shown()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, _, _) = await shop.Sell();
        var payment = await shop.Till.Post("/api/payments", new { ticket = shop.Ticket(sale, 50_000, "GHS"), channel = "checkout" }, "ghs").Is(201);
        await shop.Settle(payment);
        await shop.Becomes(payment, "settled");
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(payment))["notApplied"] is not null, "no sale took cedis");
        await Refused(shop, payment, new { transaction = (string)payment["reference"]!, amount = 100, currency = "NGN" }, "currency must match");
        await shop.Webhooks("drop");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]!, amount = 40_000 }).Is(200);
        await shop.Webhooks("deliver");
        await Refused(shop, payment, new { transaction = (string)payment["reference"]! }, "cannot exceed original transaction amount");
        await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)payment["reference"]!, amount = 9_950 });
        await PayingShop.Eventually(async () => await shop.Count("payments.dispute WHERE tenant_id = $1", shop.Tenant) == 1, "the dispute is known");

        // All that the shop knows to be left, of which Paystack has 50 pesewas.
        await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "not asked for" }, "return").Is(200);
        await Becomes(shop, "failed");
        Assert.Contains("cannot exceed original", (string?)(await shop.Refunds())[0]!["reason"], StringComparison.Ordinal);

        var (small, _, _) = await shop.Sell();
        var tiny = await shop.Till.Post("/api/payments", new { ticket = shop.Ticket(small, 90, "GHS"), channel = "checkout" }, "tiny").Is(201);
        await shop.Settle(tiny);
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(tiny))["notApplied"] is not null, "no sale took it");
        await shop.Office.Post($"/api/payments/{tiny["id"]}/return", new { reason = "not asked for" }, "tiny").Is(200);
        await PayingShop.Eventually(
            async () => (await shop.Refunds()).Any(r => ((string?)r!["reason"])?.Contains("minimum amount", StringComparison.Ordinal) is true),
            "its words are shown");
    }

    [Fact]
    public async Task Two_successes_for_one_tender_at_once_complete_the_sale_once_and_the_surplus_is_the_customers()
    {
        for (var round = 0; round < 5; round++)
        {
            var shop = await PayingShop.Open(cells);
            var (sale, ticket, amount) = await shop.Sell();
            var first = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
            await shop.Office.Post($"/api/payments/{first["id"]}/abandon", new { reason = "no answer" }, "a").Is(200);
            var second = await shop.Ask(ticket).Is(201);

            await Task.WhenAll(shop.Settle(first), shop.Settle(second), shop.SweepNow(TimeSpan.FromHours(2)), shop.SweepNow(TimeSpan.FromHours(2)));

            await shop.SaleBecomes(sale, "completed");
            await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("unapplied_receipts") == -amount, "one is kept for its payer");
            await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing") == 0, "the sale is booked once");
            Assert.Equal(1, await shop.Count("payments.payment WHERE tenant_id = $1 AND not_applied IS NOT NULL", shop.Tenant));
            Assert.Equal(1, await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant));
            Assert.Equal(-1_250_000, (await shop.Balances())["sales"]);
        }
    }

    /// <summary>Two parts by Paystack, paid at the same moment, and the rest in cash: each is taken once, and goes back to where it came from.</summary>
    [Fact]
    public async Task Parts_that_are_paid_at_once_complete_the_sale_once_and_go_back_each_to_its_own()
    {
        for (var round = 0; round < 3; round++)
        {
            var shop = await PayingShop.Open(cells);
            var (sale, tickets) = await shop.SellParts(443_750, 400_000);
            var parts = await Task.WhenAll(tickets.Select(ticket => shop.Ask(ticket).Is(201)));

            await Task.WhenAll(parts.Select(part => shop.Settle(part)).Concat([shop.SweepNow(TimeSpan.FromHours(1)), shop.SweepNow(TimeSpan.FromHours(1))]));

            await shop.SaleBecomes(sale, "completed");
            await PayingShop.Eventually(
                async () => (await shop.Balances()) is var b && b.GetValueOrDefault("cash") == 500_000 && b["paystack_clearing"] == 0, "it is booked");
            Assert.Equal(0, await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant));

            await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
                (await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, $"refund-{i}")).Dispose()));
            foreach (var part in parts)
            {
                await PayingShop.Eventually(async () => (await shop.AtPaystack(part)).Count == 1, "each goes back");
                Assert.Equal((long)part["amount"]!, (long)(await shop.AtPaystack(part))[0]!["amount"]!);
            }

            await PayingShop.Eventually(async () => (await shop.Balances())["cash"] == 0, "the cash as cash");
        }
    }

    private static Task Becomes(PayingShop shop, string status) =>
        PayingShop.Eventually(async () => await shop.Refunds() is [{ } only] && (string?)only["status"] == status, $"the one refund is {status}");

    private static async Task Refused(PayingShop shop, JsonNode payment, object body, string why)
    {
        Assert.NotNull(payment);
        var answer = await shop.Paystack.Post("/refund", body).Is(400);
        Assert.Contains(why, (string?)answer["message"], StringComparison.Ordinal);
    }

    private static RefundCompleted Refund(JsonNode payment, long amount) => new(
        SellingShop.NewId(), (Guid)payment["saleId"]!, "R1", "T1", Guid.Empty, Guid.Empty,
        Guid.Empty, Guid.Empty, "2026-01-01", TimeProvider.System.GetUtcNow(), "back", "NGN",
        [new RefundLine(1, null, null, "Rice", "1", false, amount, 0, amount, [], amount)], [], [new SaleTender(1, "paystack", amount, amount, null)], [],
        amount, 0, amount, 0, amount, 0, amount);
}
