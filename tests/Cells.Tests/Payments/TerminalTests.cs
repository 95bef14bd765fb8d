using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class TerminalTests(CellsFixture cells)
{
    [Theory]
    [InlineData("both")]
    [InlineData("reversed")]
    [InlineData("charge")]
    [InlineData("request")]
    public async Task P21_One_sale_two_events_in_any_order_or_one_alone_complete_it_once(string events)
    {
        var (shop, terminal) = await Open();
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await Push(shop, ticket, terminal).Is(201);
        Assert.True((bool)payment["delivered"]!);

        var paid = await shop.Switch(HttpMethod.Post, "terminals", new { terminalId = terminal, events });

        await shop.SaleBecomes(sale, "completed");
        await PayingShop.Eventually(
            async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing", -1) == 0, "the sale is booked and what came is cleared");
        await shop.SweepNow(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await shop.Count(
            "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'payment' AND account = 'paystack_balance' AND amount = $2", shop.Tenant, amount));
        Assert.Equal(0, await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant));
        // Under the reference that Paystack made, so that a refund and a dispute find it.
        var made = (string)paid["data"]!["reference"]!;
        Assert.Equal(1, await shop.Count("payments.payment_reference WHERE tenant_id = $1 AND reference = $2", shop.Tenant, made));
    }

    [Fact]
    public async Task P21_A_device_that_is_off_or_busy_is_not_pushed_to_and_the_till_may_ask_again()
    {
        var (shop, terminal) = await Open();
        var (_, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Put, "terminals", new { terminalId = terminal, online = false });
        await Push(shop, ticket, terminal, "key").IsProblem(409, "terminal_not_ready");
        await shop.Switch(HttpMethod.Put, "terminals", new { terminalId = terminal, online = true, available = false });
        await Push(shop, ticket, terminal, "key").IsProblem(409, "terminal_not_ready");
        await Push(shop, ticket, "9999", "key2").IsProblem(409, "terminal_not_ready");
        await shop.Switch(HttpMethod.Put, "terminals", new { terminalId = terminal, available = true });

        await Push(shop, ticket, terminal, "key").Is(201);
    }

    [Fact]
    public async Task P21_What_a_device_does_not_show_is_cancelled_and_can_never_be_paid_there()
    {
        var (shop, terminal) = await Open();
        var (sale, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Put, "terminals", new { terminalId = terminal, delivers = false });
        var payment = await Push(shop, ticket, terminal).Is(201);
        Assert.False((bool)payment["delivered"]!);
        Assert.NotNull((string?)payment["notice"]);

        var cancelled = await shop.Till.Post($"/api/payments/{payment["id"]}/cancel", new { }).Is(200);
        Assert.Equal("failed", (string?)cancelled["status"]);
        Assert.Equal("failed", (string?)(await shop.Till.Post($"/api/payments/{payment["id"]}/cancel", new { }).Is(200))["status"]);
        await shop.Paystack.Post("/sandbox/terminals", new { terminalId = terminal }).Is(404);

        var other = await shop.Ask(ticket).Is(201);
        await shop.Till.Post($"/api/payments/{other["id"]}/cancel", new { }).IsProblem(409, "payment_not_cancellable");
        await shop.Settle(other);
        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task P21_Paid_in_the_moment_of_the_cancel_it_counts()
    {
        var (shop, terminal) = await Open();
        var (sale, ticket, _) = await shop.Sell();
        var payment = await Push(shop, ticket, terminal).Is(201);
        await shop.Webhooks("drop");
        await shop.Switch(HttpMethod.Post, "terminals", new { terminalId = terminal });
        await shop.Webhooks("deliver");

        Assert.Equal("settled", (string?)(await shop.Till.Post($"/api/payments/{payment["id"]}/cancel", new { }).Is(200))["status"]);
        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task Two_payments_after_each_other_at_one_device_are_two_and_a_refund_goes_to_the_right_one()
    {
        var (shop, terminal) = await Open();
        var sales = new List<(Guid Sale, string Reference)>();
        for (var i = 0; i < 2; i++)
        {
            var (sale, ticket, _) = await shop.Sell();
            await Push(shop, ticket, terminal).Is(201);
            var paid = await shop.Switch(HttpMethod.Post, "terminals", new { terminalId = terminal });
            await shop.SaleBecomes(sale, "completed");
            sales.Add((sale, (string)paid["data"]!["reference"]!));
        }

        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sales[1].Sale, reason = "returned" }, "refund").Is(201);

        await PayingShop.Eventually(
            async () => (await shop.AtPaystack(new JsonObject { ["reference"] = sales[1].Reference })).Count == 1, "it goes back from the second charge");
        Assert.Empty(await shop.AtPaystack(new JsonObject { ["reference"] = sales[0].Reference }));
    }

    private async Task<(PayingShop Shop, string Terminal)> Open()
    {
        var shop = await PayingShop.Open(cells);
        var serial = $"PAX-{shop.Tenant:N}";
        await shop.Paystack.Post("/terminal/commission_device", new { serial_number = serial }).Is(200);
        var terminal = (await shop.Paystack.GetAsync("/terminal").Is(200))["data"]!.AsArray().Single(t => (string?)t!["serial_number"] == serial)!;
        return (shop, (string)terminal["terminal_id"]!);
    }

    private static Task<HttpResponseMessage> Push(PayingShop shop, string ticket, string terminal, string? key = null) =>
        shop.Till.Post("/api/payments", new { ticket, channel = "terminal", terminal }, key ?? SellingShop.NewId().ToString());
}
