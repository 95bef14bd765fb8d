namespace WebWaka.Cells.Tests.Payments;

/// <summary>Refunds that somebody makes at Paystack, past the till (docs/decisions/0054).</summary>
[Collection(PaystackCollection.Name)]
public sealed class DashboardTests(CellsFixture cells)
{
    /// <summary>No event came of it, and it was over when the round found it.</summary>
    [Fact]
    public async Task P18_Money_that_no_sale_took_is_owed_no_more_where_a_round_finds_it_given_back()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment, amount - 50);
        await shop.Becomes(payment, "needsReview");
        await shop.Webhooks("drop");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]! }).Is(200);
        await shop.GivesBack(payment);
        await shop.RoundsNow();
        await shop.Webhooks("deliver");

        var books = await shop.Balances();
        Assert.Equal((0L, 0L), (books.GetValueOrDefault("unapplied_receipts"), books.GetValueOrDefault("paystack_clearing")));
        Assert.Equal("processed", (string?)Assert.Single(await shop.Refunds())!["status"]);
    }

    /// <summary>Refunded in Paystack's dashboard, then once more by the shop: it is the same refund, and is booked as it ends there.</summary>
    [Fact]
    public async Task P18_What_was_given_back_at_Paystack_already_counts_as_given_back()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();
        await shop.Webhooks("drop");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]! }).Is(200);
        var there = (await shop.AtPaystack(payment))[0]!["id"];
        await shop.Switch(HttpMethod.Post, $"refunds/{there}", new { status = "processed" });
        await shop.Webhooks("deliver");

        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);

        await Becomes(shop, "processed");
        Assert.Single(await shop.AtPaystack(payment));
        Assert.Equal((0L, -30_157L), ((await shop.Balances())["paystack_clearing"], (await shop.Balances())["paystack_balance"]));
    }

    /// <summary>Somebody gives back in Paystack's dashboard what the shop knows nothing of: it is in the books, once, and only the rest is left.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task P18_A_refund_made_in_the_dashboard_is_booked_and_counts_for_the_sales_own(bool byEvent)
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();
        if (!byEvent)
            await shop.Webhooks("drop");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]!, amount = 300_000 }).Is(200);
        await shop.GivesBack(payment);
        if (!byEvent)
            await shop.RoundsNow();

        await Becomes(shop, "processed");
        await shop.RoundsNow();
        await shop.Webhooks("deliver");
        var made = Assert.Single(await shop.Refunds())!;
        Assert.Equal(("dashboard", 300_000L), ((string?)made["source"], (long)made["amount"]!));
        Assert.Equal((300_000L, 1_343_750 - 30_157 - 300_000), ((await shop.Balances())["paystack_clearing"], (await shop.Balances())["paystack_balance"]));

        var refund = await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);

        await PayingShop.Eventually(async () => (await shop.Refunds()).Count == 2, "the rest is asked for");
        Assert.All(await shop.Refunds(), row => Assert.Equal((Guid)refund["id"]!, (Guid)row!["sourceId"]!));
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 2, "it goes back");
        Assert.Equal([300_000, 1_043_750], (await shop.AtPaystack(payment)).Select(row => (long)row!["amount"]!).Order());
        foreach (var row in (await shop.AtPaystack(payment)).Where(row => (string?)row!["status"] != "processed"))
            await shop.Switch(HttpMethod.Post, $"refunds/{row!["id"]}", new { status = "processed" });
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing") == 0, "all is given back");
        Assert.Equal(-30_157, (await shop.Balances())["paystack_balance"]);
    }

    /// <summary>The customer paid twice and got the second back in the dashboard: that is not what a refund of the sale asks for.</summary>
    [Fact]
    public async Task P18_What_the_dashboard_gave_back_of_money_that_no_sale_took_does_not_count_for_the_sale()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var late = await shop.Ask(ticket).Is(201);
        await shop.Office.Post($"/api/payments/{late["id"]}/abandon", new { reason = "no answer" }, "a").Is(200);
        var first = await shop.Ask(ticket).Is(201);
        await shop.Settle(first);
        await shop.SaleBecomes(sale, "completed");
        await shop.Settle(late);
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(late))["notApplied"] is not null, "no sale took it");
        await shop.Paystack.Post("/refund", new { transaction = (string)late["reference"]! }).Is(200);
        await shop.Paystack.Post("/refund", new { transaction = (string)first["reference"]!, amount = 500_000 }).Is(200);
        await PayingShop.Eventually(async () => (await shop.Refunds()).Count == 2, "both are known");
        await shop.Switch(HttpMethod.Post, "disputes", new { reference = (string)first["reference"]!, amount = 843_750 });
        await PayingShop.Eventually(async () => await shop.Count("payments.dispute WHERE tenant_id = $1", shop.Tenant) == 1, "the rest is disputed");

        var refund = await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);

        await PayingShop.Eventually(async () => (await shop.Refunds()).Count == 3, "it is asked for");
        var mine = (await shop.Refunds()).Where(row => (Guid)row!["sourceId"]! == (Guid)refund["id"]!)
            .Select(row => ((string)row!["source"]!, (long)row["amount"]!));
        Assert.Equal([("dashboard", 500_000), ("refund", 843_750)], mine.Order());
    }

    /// <summary>Paystack was busy when the till gave it back, and somebody was quicker in the dashboard.</summary>
    [Fact]
    public async Task P18_A_refund_that_waits_and_is_made_in_the_dashboard_meanwhile_is_that_one()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, payment) = await shop.Sold();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "rate-limit", path = "/refund" });
        var refund = await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(
            async () => (await shop.Refunds()).Any(row => ((string?)row!["reason"])?.Contains("slow down", StringComparison.Ordinal) is true), "it waits");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]! }).Is(200);
        await shop.GivesBack(payment);
        await PayingShop.Eventually(async () => (await shop.Refunds()).Count == 2, "the dashboard's is seen");

        await PayingShop.Eventually(async () =>
        {
            await shop.SweepNow(TimeSpan.FromHours(2));
            return (await shop.Refunds()).Count == 1;
        }, "they are one");

        var one = (await shop.Refunds())[0]!;
        Assert.Equal(("dashboard", (Guid)refund["id"]!, "processed"), ((string?)one["source"], (Guid)one["sourceId"]!, (string?)one["status"]));
        Assert.Single(await shop.AtPaystack(payment));
        Assert.Equal((0L, -30_157L), ((await shop.Balances())["paystack_clearing"], (await shop.Balances())["paystack_balance"]));
    }

    /// <summary>Money that no sale took, given back in the dashboard: nothing is owed to its payer any more, and nobody gives it back again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task P18_Money_that_no_sale_took_and_the_dashboard_gave_back_is_owed_no_more(bool endByEvent)
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Settle(payment, amount - 50);
        await shop.Becomes(payment, "needsReview");
        await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]! }).Is(200);
        await PayingShop.Eventually(async () => (await shop.Refunds()).Count == 1, "it is known");
        Assert.Equal(50 - amount, (await shop.Balances())["unapplied_receipts"]);
        await shop.Webhooks(endByEvent ? "deliver" : "drop");
        await shop.GivesBack(payment);

        await PayingShop.Eventually(async () =>
        {
            if (!endByEvent)
                await shop.SweepNow(TimeSpan.FromHours(2));
            return (await shop.Balances()).GetValueOrDefault("unapplied_receipts") == 0;
        }, "nothing is owed");
        await shop.Webhooks("deliver");
        Assert.Equal(0, (await shop.Balances()).GetValueOrDefault("paystack_clearing"));
        await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "late" }, "return").IsProblem(409, "payment_nothing_left");
    }

    private static Task Becomes(PayingShop shop, string status) => PayingShop.Eventually(
        async () => (await shop.Refunds()) is [{ } only] && (string?)only["status"] == status, $"the one refund is {status}");
}
