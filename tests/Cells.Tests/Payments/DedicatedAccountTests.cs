using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>Transfers to an account number that is the shop's for good.</summary>
[Collection(PaystackCollection.Name)]
public sealed class DedicatedAccountTests(CellsFixture cells)
{
    private const string Path = "/api/payments/dedicated-accounts";

    [Fact]
    public async Task An_account_number_is_opened_once_renamed_listed_and_given_back()
    {
        var shop = await PayingShop.Open(cells);
        var id = SellingShop.NewId();
        await shop.Office.Send(HttpMethod.Put, $"{Path}/{id}", new { label = "Till 1" }).IsProblem(400, "invalid_request");
        var opened = await Put(shop, id, "Till 1").Is(201);
        Assert.Equal(("NGN", true, 10), ((string?)opened["currency"], (bool)opened["active"]!, ((string)opened["accountNumber"]!).Length));
        Assert.Equal((string?)opened["accountNumber"], (string?)(await Put(shop, id, "Till one").Is(200))["accountNumber"]);

        var listed = Assert.Single((await shop.Till.GetAsync($"{Path}?active=true").Is(200))["items"]!.AsArray())!;
        Assert.Equal("Till one", (string?)listed["label"]);

        for (var i = 0; i < 2; i++)
            Assert.False((bool)(await shop.Office.DeleteAsync($"{Path}/{id}").Is(200))["active"]!);
        await Put(shop, id, "Till 2").IsProblem(409, "dedicated_account_closed");
        var (_, ticket, _) = await shop.Sell();
        await shop.AskAt(id, ticket).IsProblem(404, "dedicated_account_unknown");
        await shop.Paystack.Post("/sandbox/dedicated", new { accountNumber = (string)opened["accountNumber"]!, amount = 100 }).Is(404);
    }

    /// <summary>Paystack had opened it, and nobody heard its answer: the same request finds it and opens no second one.</summary>
    [Fact]
    public async Task P01_An_account_number_whose_answer_was_lost_is_found_and_not_opened_twice()
    {
        var (shop, account) = await Open();
        var number = await Number(shop, account);
        await using (var forget = cells.Admin.CreateCommand("DELETE FROM payments.dedicated_account WHERE id = $1"))
        {
            forget.Parameters.Add(new() { Value = account });
            Assert.Equal(1, await forget.ExecuteNonQueryAsync());
        }

        Assert.Equal(number, (string?)(await Put(shop, account, "Till 1").Is(201))["accountNumber"]);
    }

    [Fact]
    public async Task A_transfer_to_the_number_settles_the_sale_that_waits_there_once()
    {
        var (shop, account) = await Open();
        var (sale, ticket, amount) = await shop.Sell();
        var payment = await shop.AskAt(account, ticket).Is(201);
        Assert.Equal(("initiated", await Number(shop, account)), ((string?)payment["status"], (string?)payment["accountNumber"]));

        var paid = await Transfer(shop, account, amount);

        await shop.SaleBecomes(sale, "completed");
        await shop.SweepNow(TimeSpan.FromMinutes(5));
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing", -1) == 0, "what came is cleared");
        Assert.Equal(1, await shop.Count(
            "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'payment' AND account = 'paystack_clearing' AND amount = $2", shop.Tenant, -amount));
        Assert.Equal(1, await shop.Count(
            "payments.payment WHERE tenant_id = $1 AND id = $2 AND paid_by = 'dedicated_nuban'", shop.Tenant, (Guid)payment["id"]!));
        // Under the reference that Paystack made, so that a refund finds it.
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(
            async () => (await shop.AtPaystack(new JsonObject { ["reference"] = (string)paid["data"]!["reference"]! })).Count == 1, "it goes back");
    }

    [Fact]
    public async Task P17_A_transfer_whose_event_never_came_is_found_by_the_sweep_and_by_the_walk()
    {
        foreach (var sweep in new[] { true, false })
        {
            var (shop, account) = await Open();
            var (sale, ticket, amount) = await shop.Sell();
            await shop.AskAt(account, ticket).Is(201);
            await shop.Webhooks("drop");
            await Transfer(shop, account, amount);
            await shop.Webhooks("deliver");
            await (sweep ? shop.SweepNow(TimeSpan.FromMinutes(5)) : shop.RoundsNow());
            await PayingShop.Eventually(async () => await shop.SaleStatus(sale) == "completed", sweep ? "the sweep finds it" : "the walk finds it");
        }
    }

    /// <summary>The number stands on a card beside the till: many pay before the cashier has asked.</summary>
    [Fact]
    public async Task A_customer_who_was_faster_than_the_cashier_has_paid()
    {
        var (shop, account) = await Open();
        var (sale, ticket, amount) = await shop.Sell();
        var paid = await Transfer(shop, account, amount);
        var reference = (string)paid["data"]!["reference"]!;
        await PayingShop.Eventually(() => Is("orphan"), "it is nobody's yet");

        var payment = await shop.AskAt(account, ticket).Is(201);

        Assert.Equal("settled", (string?)payment["status"]);
        await shop.SaleBecomes(sale, "completed");
        await PayingShop.Eventually(() => Is("done"), "the event is its own");

        async Task<bool> Is(string state) => await shop.Count("payments.webhook_event WHERE reference = $1 AND state = $2", reference, state) == 1;
    }

    [Fact]
    public async Task What_one_customer_paid_pays_for_nobody_else()
    {
        var (shop, account) = await Open();
        var (first, firstTicket, amount) = await shop.Sell();
        await shop.AskAt(account, firstTicket).Is(201);
        await Transfer(shop, account, amount);
        await shop.SaleBecomes(first, "completed");

        var (second, ticket, _) = await shop.Sell();
        var payment = await shop.AskAt(account, ticket).Is(201);
        await shop.SweepNow(TimeSpan.FromMinutes(5));
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);
        await Transfer(shop, account, amount);
        await shop.SaleBecomes(second, "completed");
    }

    [Fact]
    public async Task An_account_number_lives_with_the_key_that_opened_it()
    {
        var (shop, account) = await Open();
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = AccountTests.NewKey() }).Is(200);
        var (sale, ticket, amount) = await shop.Sell();
        await shop.AskAt(account, ticket).Is(201);
        await Transfer(shop, account, amount);
        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task Each_till_has_its_number_and_its_turns()
    {
        var (shop, one) = await Open();
        var two = SellingShop.NewId();
        await Put(shop, two, "Till 2").Is(201);
        var (first, firstTicket, amount) = await shop.Sell();
        var (second, secondTicket, _) = await shop.Sell();
        await shop.AskAt(one, firstTicket).Is(201);
        await shop.AskAt(two, secondTicket).Is(201);

        await Transfer(shop, one, amount);

        await shop.SaleBecomes(first, "completed");
        Assert.Equal("awaitingPayment", await shop.SaleStatus(second));
    }

    [Fact]
    public async Task One_payment_waits_at_a_number_and_cancelled_it_makes_room_for_the_next()
    {
        var (shop, account) = await Open();
        await shop.AskAt(account, shop.Ticket(SellingShop.NewId(), 100_00, "GHS")).IsProblem(409, "currency_not_supported");
        var (first, firstTicket, amount) = await shop.Sell();
        var (second, secondTicket, _) = await shop.Sell();
        var waits = await shop.AskAt(account, firstTicket).Is(201);
        await shop.AskAt(account, secondTicket).IsProblem(409, "dedicated_account_busy");
        await shop.Office.DeleteAsync($"{Path}/{account}").IsProblem(409, "dedicated_account_busy");
        Assert.Equal((string?)waits["id"], (string?)(await shop.AskAt(account, firstTicket).Is(200))["id"]);

        Assert.Equal("abandoned", (string?)(await shop.Till.Post($"/api/payments/{waits["id"]}/cancel", new { }).Is(200))["status"]);
        Assert.Equal("abandoned", (string?)(await shop.Till.Post($"/api/payments/{waits["id"]}/cancel", new { }).Is(200))["status"]);
        await shop.AskAt(account, secondTicket).Is(201);
        await Transfer(shop, account, amount);

        await shop.SaleBecomes(second, "completed");
        Assert.Equal("awaitingPayment", await shop.SaleStatus(first));
    }

    [Fact]
    public async Task Of_ten_tills_that_ask_for_one_number_at_once_one_has_it()
    {
        var (shop, account) = await Open();
        for (var round = 0; round < 5; round++)
        {
            var tickets = Enumerable.Range(0, 10).Select(_ => shop.Ticket(SellingShop.NewId(), 500_00)).ToArray();
            var answers = await Task.WhenAll(tickets.Select(ticket => shop.AskAt(account, ticket)));
            Assert.Equal(9, answers.Count(answer => (int)answer.StatusCode == 409));
            var waits = await Task.FromResult(Assert.Single(answers, answer => (int)answer.StatusCode == 201)).Is(201);
            await shop.Till.Post($"/api/payments/{waits["id"]}/cancel", new { }).Is(200);
        }
    }

    [Fact]
    public async Task P11_Another_amount_is_put_before_a_person_and_what_came_late_is_kept()
    {
        var (shop, account) = await Open();
        var (_, ticket, amount) = await shop.Sell();
        var payment = await shop.AskAt(account, ticket).Is(201);
        await Transfer(shop, account, amount - 100);
        await shop.Becomes(payment, "needsReview");

        var (sale, late, _) = await shop.Sell();
        var given = await shop.AskAt(account, late).Is(201);
        await shop.Till.Post($"/api/payments/{given["id"]}/cancel", new { }).Is(200);
        await Transfer(shop, account, amount);
        await shop.Becomes(given, "settled");
        await shop.SaleBecomes(sale, "completed");
    }

    [Fact]
    public async Task Another_tenants_account_numbers_are_not_there()
    {
        var (mine, account) = await Open();
        var theirs = await PayingShop.Open(cells);
        Assert.Empty((await theirs.Till.GetAsync(Path).Is(200))["items"]!.AsArray());
        var (sale, ticket, amount) = await theirs.Sell();
        await theirs.AskAt(account, ticket).IsProblem(404, "dedicated_account_unknown");
        await theirs.Office.DeleteAsync($"{Path}/{account}").IsProblem(404, "dedicated_account_unknown");
        await mine.Till.DeleteAsync($"{Path}/{account}").IsProblem(403, "forbidden");
        // The id is free in another shop, and what is paid there is theirs.
        var own = await Put(theirs, account, "Ours").Is(201);
        Assert.NotEqual(await Number(mine, account), (string?)own["accountNumber"]);
        await theirs.AskAt(account, ticket).Is(201);
        await Transfer(mine, account, amount);
        await theirs.SweepNow(TimeSpan.FromMinutes(5));
        Assert.Equal("awaitingPayment", await theirs.SaleStatus(sale));
    }

    [Theory]
    [InlineData("""{"label":""}""")]
    [InlineData("""{"label":"4111 1111 1111 1111","phone":"08030000000"}""")]
    [InlineData("""{"label":"Till 1","phone":"none"}""")]
    [InlineData("""{"label":"Till 1","phone":"08030000000","bank":"Wema Bank"}""")]
    public async Task Bad_input_is_refused(string body)
    {
        var shop = await PayingShop.Open(cells);
        await shop.Office.Send(HttpMethod.Put, $"{Path}/{SellingShop.NewId()}", JsonNode.Parse(body)!).IsProblem(400, "invalid_request");
        await shop.Till.Send(HttpMethod.Put, $"{Path}/{SellingShop.NewId()}", new { label = "Till 1", phone = "08030000000" }).IsProblem(403, "forbidden");
    }

    private async Task<(PayingShop Shop, Guid Account)> Open()
    {
        var shop = await PayingShop.Open(cells);
        return (shop, (await shop.OpenAccount()).Id);
    }

    private static Task<HttpResponseMessage> Put(PayingShop shop, Guid id, string label) =>
        shop.Office.Send(HttpMethod.Put, $"{Path}/{id}", new { label, phone = "08030000000" });

    private static async Task<string> Number(PayingShop shop, Guid account) => (string)(await shop.Till.GetAsync(Path).Is(200))["items"]!.AsArray()
        .Single(item => (Guid)item!["id"]! == account)!["accountNumber"]!;

    /// <summary>The customer's bank sends so much to the number, in minor units.</summary>
    private static async Task<JsonNode> Transfer(PayingShop shop, Guid account, long amount) =>
        await shop.Switch(HttpMethod.Post, "dedicated", new { accountNumber = await Number(shop, account), amount });
}
