using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class CreatePaymentTests(CellsFixture cells)
{
    [Fact]
    public async Task A_customer_pays_on_the_page_and_the_sale_completes()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();

        var payment = await shop.Ask(ticket).Is(201);
        Assert.Equal("initiated", (string?)payment["status"]);
        await PayingShop.PayOnPage(payment);

        await shop.SaleBecomes(sale, "completed");
        var settled = await shop.Payment(payment);
        Assert.Equal("settled", (string?)settled["status"]);
        Assert.Equal(amount, (long)settled["amount"]!);
        Assert.NotNull(settled["settledAt"]);
        // 13,437.50 by page: Paystack keeps 1.5 % and 100.00.
        Assert.Equal(1_343_750, amount);
        await PayingShop.Eventually(
            async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing", -1) == 0, "the sale is booked and what Paystack took is cleared");
        var accounts = await shop.Balances();
        Assert.Equal(1_343_750 - 30_157, accounts["paystack_balance"]);
        Assert.Equal(30_157, accounts["paystack_fees"]);
        Assert.Equal(-1_250_000, accounts["sales"]);
        Assert.Equal(-93_750, accounts["tax_payable"]);
    }

    [Fact]
    public async Task The_same_key_twice_is_one_payment_and_the_same_bytes()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        var first = await (await shop.Ask(ticket, "key")).Content.ReadAsStringAsync();
        await PayingShop.PayOnPage(JsonNode.Parse(first)!);

        using var second = await shop.Ask(ticket, "key");

        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal(first, await second.Content.ReadAsStringAsync());
        Assert.Equal(1, await shop.Count("payments.payment WHERE tenant_id = $1", shop.Tenant));
    }

    [Fact]
    public async Task Twenty_requests_at_once_make_one_payment_whatever_their_keys()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var answer = await shop.Ask(ticket, $"key-{i % 4}");
            Assert.True((int)answer.StatusCode is 200 or 201);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        }));

        Assert.Single(answers.Select(answer => (string?)answer["reference"]).Distinct());
        Assert.All(answers, answer => Assert.NotNull(answer["authorizationUrl"]));
        Assert.Equal(1, await shop.Count("payments.payment WHERE tenant_id = $1", shop.Tenant));
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        await shop.Ask(ticket, "key").Is(201);

        await shop.Ask(ticket, "key", "ussd").IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_second_attempt_gets_a_new_reference_and_only_after_the_first_is_final()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var first = await shop.Ask(ticket).Is(201);
        var again = await shop.Ask(ticket, channel: "ussd").Is(200);
        Assert.Equal((string?)first["id"], (string?)again["id"]);
        await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)first["reference"]!, status = "failed", message = "Declined" });
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        await shop.Becomes(first, "failed");

        var second = await shop.Ask(ticket).Is(201);

        Assert.NotEqual((string?)first["reference"], (string?)second["reference"]);
        await shop.Settle(second);
        await shop.SaleBecomes(sale, "completed");
        var settled = await shop.Ask(ticket).Is(200);
        Assert.Equal((string?)second["id"], (string?)settled["id"]);
        Assert.Equal("settled", (string?)settled["status"]);
    }

    [Fact]
    public async Task Another_tenants_ticket_a_changed_one_and_an_expired_one_collect_nothing()
    {
        var mine = await PayingShop.Open(cells);
        var theirs = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await theirs.Sell();

        await mine.Ask(ticket).IsProblem(404, "ticket_invalid");
        await theirs.Ask(ticket[..^2] + (ticket.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA")).IsProblem(404, "ticket_invalid");
        await theirs.Ask("not a ticket").IsProblem(404, "ticket_invalid");
        await theirs.Ask(theirs.Ticket(sale, amount, life: TimeSpan.FromSeconds(-1))).IsProblem(409, "ticket_expired");
        await theirs.Ask(theirs.Ticket(sale, amount, "UGX")).IsProblem(409, "currency_not_supported");
        Assert.Equal(0, await mine.Count("payments.payment WHERE tenant_id IN ($1, $2)", mine.Tenant, theirs.Tenant));
    }

    [Fact]
    public async Task Another_tenants_payments_refunds_and_ledger_are_not_there()
    {
        var mine = await PayingShop.Open(cells);
        var theirs = await PayingShop.Open(cells);
        var (sale, ticket, _) = await theirs.Sell();
        var payment = await theirs.Ask(ticket).Is(201);
        await theirs.Settle(payment);
        await theirs.SaleBecomes(sale, "completed");
        await theirs.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(
            async () => (await theirs.Office.GetAsync("/api/payments/refunds").Is(200))["items"]!.AsArray().Count == 1, "the refund is theirs");

        await mine.Office.GetAsync($"/api/payments/{payment["id"]}").IsProblem(404, "payment_unknown");
        foreach (var list in new[] { "", $"?saleId={sale}", "/refunds", $"/refunds?saleId={sale}", "/ledger/balance" })
            Assert.Empty((await mine.Office.GetAsync($"/api/payments{list}").Is(200))["items"]!.AsArray());
        Assert.Single((await theirs.Office.GetAsync($"/api/payments?saleId={sale}&state=settled").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Collecting_needs_a_key_a_token_and_the_permission()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        var body = new { ticket, channel = "checkout" };
        using var nobody = new HttpClient { BaseAddress = shop.Till.BaseAddress };
        using var auditor = shop.Selling.Shop.Client("payments", "auditor");

        await shop.Till.Post("/api/payments", body).IsProblem(400, "idempotency_key_missing");
        await nobody.Post("/api/payments", body, "key").IsProblem(401, "not_signed_in");
        await auditor.Post("/api/payments", body, "key").IsProblem(403, "forbidden");
        await shop.Till.Post("/api/payments", new { ticket, channel = "checkout", amount = 1 }, "key").IsProblem(400, "malformed_request");
        foreach (var path in new[] { "", $"/{Guid.Empty}", "/refunds", "/ledger/balance" })
            await nobody.GetAsync($"/api/payments{path}").IsProblem(401, "not_signed_in");
        await shop.Till.GetAsync("/api/payments").Is(200);
        await auditor.GetAsync("/api/payments").Is(200);
        await shop.Till.GetAsync("/api/payments/refunds").IsProblem(403, "forbidden");
        await shop.Till.GetAsync("/api/payments/ledger/balance").IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("card", null, null, null)]
    [InlineData("checkout", "nobody", null, null)]
    [InlineData("checkout", "a@b", null, null)]
    [InlineData("checkout", null, "0551234987", null)]
    [InlineData("checkout", null, null, "mtn")]
    [InlineData("mobileMoney", null, null, "mtn")]
    [InlineData("mobileMoney", null, "0551234987", null)]
    [InlineData("mobileMoney", null, "4084 0840 8408 4081", "mtn")]
    [InlineData("ussd", null, null, "mtn")]
    public async Task What_a_channel_does_not_take_is_refused(string channel, string? email, string? phone, string? provider)
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();

        await shop.Till.Post("/api/payments", new { ticket, channel, email, phone, provider }, "key").IsProblem(400, "invalid_request");
        Assert.Equal(0, await shop.Count("payments.payment WHERE tenant_id = $1", shop.Tenant));
    }

    [Fact]
    public async Task A_bank_transfer_gets_an_account_that_takes_the_exact_amount()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
        Assert.Matches("^[0-9]{10}$", (string?)payment["accountNumber"]);
        Assert.Equal("Test Bank", (string?)payment["bank"]);

        await shop.Switch(HttpMethod.Post, "transfer", new { reference = (string)payment["reference"]!, amount = amount - 100 });
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);
        await shop.Switch(HttpMethod.Post, "transfer", new { reference = (string)payment["reference"]!, amount });

        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task A_code_to_dial_is_shown_and_mobile_money_may_be_paid_at_once()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        var (other, _, _) = await shop.Sell();

        var ussd = await shop.Ask(ticket, channel: "ussd").Is(201);
        Assert.Equal("*737*000*4657#", (string?)ussd["ussdCode"]);
        var paid = await shop.Till.Post("/api/payments", new { ticket = shop.Ticket(other, 5_000, "GHS"), channel = "mobileMoney", phone = "0551234987", provider = "mtn" }, "momo").Is(201);
        Assert.Equal("settled", (string?)paid["status"]);
        // The sale wants naira: the money is kept for a person, and the sale still waits.
        await PayingShop.Eventually(async () => await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant) == 1, "the money is kept");
        Assert.Equal("awaitingPayment", await shop.SaleStatus(other));
    }

    [Fact]
    public async Task What_Paystack_refuses_has_failed_and_says_why()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();

        var refused = await shop.Ask(shop.Ticket(sale, 4_999)).Is(201);

        Assert.Equal("failed", (string?)refused["status"]);
        Assert.Contains("minimum", (string?)refused["reason"], StringComparison.Ordinal);
        await shop.Ask(ticket).Is(201);
    }

    [Fact]
    public async Task Paystack_out_of_reach_leaves_nothing_behind_and_the_same_key_may_try_again()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "rate-limit", path = "/transaction/initialize" });

        await shop.Ask(ticket, "key").IsProblem(503, "paystack_unavailable");

        var payment = await shop.Ask(ticket, "key").Is(201);
        await shop.Settle(payment);
        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task P12_An_answer_that_was_lost_is_unknown_and_not_paid_twice()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "bad-gateway-after", path = "/charge" });

        var payment = await shop.Ask(ticket, channel: "bankTransfer").Is(201);
        Assert.Equal("unknown", (string?)payment["status"]);
        Assert.Equal((string?)payment["id"], (string?)(await shop.Ask(ticket).Is(200))["id"]);
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Equal("unknown", (string?)(await shop.Payment(payment))["status"]);
        await shop.Settle(payment);

        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task A_page_whose_address_was_lost_has_failed_so_that_the_till_can_ask_again()
    {
        var shop = await PayingShop.Open(cells);
        var (_, ticket, _) = await shop.Sell();
        await shop.Switch(HttpMethod.Post, "faults", new { kind = "bad-gateway-after", path = "/transaction/initialize" });
        var payment = await shop.Ask(ticket).Is(201);
        Assert.Equal("unknown", (string?)payment["status"]);

        await shop.SweepNow(TimeSpan.FromMinutes(1));

        Assert.Equal("failed", (string?)(await shop.Payment(payment))["status"]);
        Assert.NotNull((await shop.Ask(ticket).Is(201))["authorizationUrl"]);
    }
}
