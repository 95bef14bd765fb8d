using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// The known ways in which money is lost or given twice at Paystack, by their numbers. Those that are not here bear their number in the
/// tests of their subject: P01 to P05, P08, P12, P17, P19, P20 with the webhooks, refunds and the sweep; P06, P07 and P10 in
/// <see cref="ConfirmationTests"/>, P18 in <see cref="CapTests"/> and <see cref="DashboardTests"/>; P02 and P23 with the accounts, P21 with
/// terminals, P24 with disputes, P26 with secrets, P16 and P25 with the door; P09, P11, P20 and P23 also with the client and the sandbox.
/// </summary>
[Collection(PaystackCollection.Name)]
public sealed class PitfallTests(CellsFixture cells)
{
    [Fact]
    public async Task P08_A_currency_that_the_account_does_not_take_is_said_to_be_a_matter_of_its_settings()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, _, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Put, "settings", new { currencies = (string[])["NGN"] });

        var payment = await shop.Till.Post(
            "/api/payments", new { ticket = shop.Ticket(sale, 5_000, "GHS"), channel = "checkout" }, "ghs").Is(201);
        await shop.Switch(HttpMethod.Put, "settings", new { currencies = (string[])["NGN", "USD", "GHS", "ZAR", "KES", "XOF"] });

        Assert.Equal("failed", (string?)payment["status"]);
        Assert.Contains("enable it in Paystack's dashboard", (string?)payment["reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NGN", 1)]
    [InlineData("GHS", 1)]
    [InlineData("KES", 1)]
    [InlineData("ZAR", 1)]
    [InlineData("XOF", 100)]
    public async Task P09_What_is_sent_is_the_price_in_whole_subunits(string currency, int times)
    {
        var shop = await PayingShop.Open(cells);
        var chance = new Random(9);
        long[] amounts = [199_999, 110_10, 290_029, 821_821, .. Enumerable.Range(0, 12).Select(_ => chance.NextInt64(10_000, 99_999_999))];
        foreach (var amount in amounts)
        {
            var (sale, _, _) = await shop.Sell();
            var payment = await shop.Till.Post(
                "/api/payments", new { ticket = shop.Ticket(sale, amount, currency), channel = "checkout" }, SellingShop.NewId().ToString()).Is(201);
            var there = (await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200))["data"]!;
            Assert.Equal((amount * times, currency), ((long)there["amount"]!, (string?)there["currency"]));
        }
    }

    [Fact]
    public async Task P11_Each_attempt_has_a_reference_of_its_own_in_letters_that_Paystack_takes()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 5; i++)
        {
            var payment = await shop.Ask(ticket).Is(201);
            Assert.Matches("^[A-Za-z0-9.=-]{1,50}$", (string?)payment["reference"]);
            Assert.True(seen.Add((string)payment["reference"]!));
            await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]!, status = "failed", message = "Declined" });
            await shop.SweepNow(TimeSpan.FromMinutes(1));
        }

        // Ours is random: that it is there already means that our own call arrived. It is looked at, and no new charge is made blindly.
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "error-before", path = "/transaction/initialize" });
        Assert.Equal("unknown", (string?)(await shop.Ask(ticket).Is(201))["status"]);
        await shop.Ask(ticket).Is(200);
    }

    [Fact]
    public async Task P13_Money_that_comes_after_the_cancel_revives_nothing_and_goes_back_once()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
        await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "the customer has gone" }, "void").Is(200);
        await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "nothing came" }, "early").IsProblem(409, "payment_applied");

        await shop.Settle(payment);
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(payment))["notApplied"] is not null, "no sale took it");
        Assert.Equal("voided", await shop.SaleStatus(sale));
        Assert.Equal((0L, -amount), ((await shop.Balances())["paystack_clearing"], (await shop.Balances())["unapplied_receipts"]));

        await shop.Till.Post($"/api/payments/{payment["id"]}/return", new { reason = "late" }, "r").IsProblem(403, "forbidden");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "late" }, $"r{i}")));
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count > 0, "it goes back");
        var back = Assert.Single(await shop.AtPaystack(payment))!;
        Assert.Equal(amount, (long)back["amount"]!);
        await shop.Switch(HttpMethod.Post, $"refunds/{back["id"]}", new { status = "processed" });
        await PayingShop.Eventually(async () => (await shop.Balances())["unapplied_receipts"] == 0, "it is booked");
        Assert.Equal(0, await shop.Count("inventory.stock_movement WHERE tenant_id = $1", shop.Tenant));
    }

    [Fact]
    public async Task P14_While_one_is_open_there_is_no_second_without_a_supervisor_and_two_successes_are_both_kept()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var first = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
        foreach (var status in new[] { "pending", "ongoing", "queued", "processing" })
        {
            await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)first["reference"]!, status });
            await shop.SweepNow(TimeSpan.FromMinutes(1));
            Assert.Equal("initiated", (string?)(await shop.Payment(first))["status"]);
            Assert.Equal((string?)first["id"], (string?)(await shop.Ask(ticket).Is(200))["id"]);
        }

        await shop.Till.Post($"/api/payments/{first["id"]}/abandon", new { reason = "no answer" }, "a").IsProblem(403, "forbidden");
        var supervisor = shop.Selling.Shop.Client("payments", "supervisor");
        await supervisor.Post($"/api/payments/{first["id"]}/abandon", new { reason = "pin 4084084084084081" }, "a").IsProblem(400, "invalid_request");
        await supervisor.Post($"/api/payments/{first["id"]}/abandon", new { reason = "no answer" }, "a").Is(200);
        await supervisor.Post($"/api/payments/{first["id"]}/abandon", new { reason = "no answer" }, "b").IsProblem(409, "payment_not_open");
        var second = await shop.Ask(ticket).Is(201);
        Assert.NotEqual((string?)first["id"], (string?)second["id"]);

        await shop.Settle(second);
        await shop.SaleBecomes(sale, "completed");
        await shop.Settle(first);

        await PayingShop.Eventually(async () => (string?)(await shop.Payment(first))["notApplied"] is not null, "the surplus is flagged");
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("unapplied_receipts") == -amount, "both are in the books");
        Assert.Equal(0, (await shop.Balances())["paystack_clearing"]);
        Assert.Null((string?)(await shop.Payment(second))["notApplied"]);
    }

    [Fact]
    public async Task P15_Events_in_the_wrong_order_end_where_the_right_order_ends()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Webhooks("hold");
        await shop.Settle(payment);
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        await shop.SaleBecomes(sale, "completed");
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the refund is there");
        await shop.GivesBack(payment);

        // refund.processed, refund.pending and then the charge's success.
        await shop.Switch(HttpMethod.Post, "webhooks/release", new { order = "reversed" });

        await PayingShop.Eventually(async () => (await shop.Refunds()).All(r => (string?)r!["status"] == "processed"), "the refund is processed");
        await PayingShop.Eventually(
            async () => await shop.Count("payments.webhook_event WHERE reference = $1 AND state = 'received'", (string)payment["reference"]!) == 0,
            "all are worked");
        var accounts = await shop.Balances();
        Assert.Equal((0L, 0L, -30_157L), (accounts["paystack_clearing"], accounts["sales"], accounts["paystack_balance"]));
        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);
        Assert.Equal(1_343_750, amount);
    }

    [Fact]
    public async Task P17_The_walk_finds_money_that_we_had_given_up_and_money_that_nobody_asked_for()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Webhooks("drop");
        await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]! });
        await using (var command = cells.Ops.CreateCommand("UPDATE payments.payment_reference SET check_at = NULL WHERE reference = $1"))
        {
            command.Parameters.Add(new() { Value = (string)payment["reference"]! });
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var foreign = $"foreign-{SellingShop.NewId():N}";
        await shop.Paystack.Post("/transaction/initialize", new { email = "x@shop.test", amount = 50_000, currency = "NGN", reference = foreign }).Is(200);
        await shop.Switch(HttpMethod.Post, "settle", new { reference = foreign });
        await shop.Webhooks("deliver");
        await shop.SweepNow(TimeSpan.FromHours(1));
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);

        await shop.RoundsNow();
        await shop.RoundsNow();

        await shop.SaleBecomes(sale, "completed");
        Assert.Equal(1, await shop.Count("payments.webhook_event WHERE reference = $1 AND state = 'orphan' AND event = 'walk.unclaimed'", foreign));
    }

    [Fact]
    public async Task P22_A_transfer_of_another_amount_is_told_to_the_cashier_and_the_right_one_is_still_taken()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);

        await shop.Switch(HttpMethod.Post, "transfer", new { reference = (string)payment["reference"]!, amount = amount - 100 });
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(payment))["notice"] is not null, "the cashier is told");
        var told = await shop.Payment(payment);
        Assert.Equal("initiated", (string?)told["status"]);
        Assert.Contains($"{amount - 100}", (string?)told["notice"], StringComparison.Ordinal);
        Assert.Equal("awaitingPayment", await shop.SaleStatus(sale));

        await shop.Switch(HttpMethod.Post, "transfer", new { reference = (string)payment["reference"]!, amount });
        await shop.SaleBecomes(sale, "completed");
        Assert.Null((string?)(await shop.Payment(payment))["notice"]);
    }

    [Fact]
    public async Task Part_by_transfer_and_the_rest_in_cash_goes_back_to_where_it_came_from()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket) = await shop.SellMixed(843_750);
        var payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
        await shop.Switch(HttpMethod.Post, "transfer", new { reference = (string)payment["reference"]!, amount = 843_750 });
        await shop.SaleBecomes(sale, "completed");
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("cash") == 500_000, "the sale is booked");

        var refund = await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);

        Assert.Equal(1_343_750, (long)refund["total"]!);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "Paystack's part goes back there");
        Assert.Equal(843_750, (long)(await shop.AtPaystack(payment))[0]!["amount"]!);
        await PayingShop.Eventually(async () => (await shop.Balances())["cash"] == 0, "the cash goes back as cash");
    }
}
