using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class SettlementTests(CellsFixture cells)
{
    [Fact]
    public async Task Payouts_are_booked_once_and_another_shop_sees_nothing_of_them()
    {
        var shop = await Own();
        await Sold(shop, 2);
        await shop.Switch(HttpMethod.Post, "settlements", new { });

        foreach (var _ in new[] { 1, 2 })
            await shop.Office.Post("/api/settlements/match", new { }).Is(200);
        await shop.RoundsNow();

        var payout = Assert.Single((await shop.Office.GetAsync("/api/settlements").Is(200))["items"]!.AsArray())!;
        const long net = 2 * (1_343_750 - 30_157);
        Assert.Equal((net, 2), ((long)payout["net"]!, (int)payout["transactions"]!));
        var accounts = await shop.Balances();
        Assert.Equal((net, 0L), (accounts["bank"], accounts["paystack_balance"]));
        var exceptions = await shop.Office.GetAsync("/api/settlements/exceptions").Is(200);
        Assert.Empty(exceptions["items"]!.AsArray());
        Assert.Empty(exceptions["notPaidOut"]!.AsArray());

        var stranger = await Own();
        await stranger.Office.Post("/api/settlements/match", new { }).Is(200);
        Assert.Empty((await stranger.Office.GetAsync("/api/settlements").Is(200))["items"]!.AsArray());
        Assert.Empty((await stranger.Office.GetAsync("/api/settlements/exceptions").Is(200))["items"]!.AsArray());
        await stranger.Office.Post($"/api/settlements/exceptions/{payout["id"]}/resolve", new { note = "mine" }).IsProblem(404, "settlement_exception_unknown");
    }

    [Fact]
    public async Task What_a_payout_and_the_books_do_not_agree_on_is_put_before_a_person()
    {
        var shop = await Own();
        await Sold(shop, 1);
        var reference = $"foreign-{shop.Tenant:N}";
        await shop.Paystack.Post("/transaction/initialize", new { email = "x@shop.test", amount = 50_000, currency = "NGN", reference }).Is(200);
        await shop.Switch(HttpMethod.Post, "settle", new { reference });
        await shop.Switch(HttpMethod.Post, "settlements", new { skew = -7 });

        await shop.Office.Post("/api/settlements/match", new { }).Is(200);

        var items = (await shop.Office.GetAsync("/api/settlements/exceptions").Is(200))["items"]!.AsArray();
        Assert.Equal(["sumDiffers", "unknownTransaction"], items.Select(i => (string)i!["kind"]!).Order());
        var sum = items.Single(i => (string?)i!["kind"] == "sumDiffers")!;
        Assert.Equal(7, (long)sum["expected"]! - (long)sum["found"]!);
        foreach (var item in items)
            await shop.Office.Post($"/api/settlements/exceptions/{item!["id"]}/resolve", new { note = "asked Paystack" }).Is(200);
        Assert.Empty((await shop.Office.GetAsync("/api/settlements/exceptions").Is(200))["items"]!.AsArray());
        Assert.Equal(2, (await shop.Office.GetAsync("/api/settlements/exceptions?open=false").Is(200))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_payout_that_is_lower_by_what_went_back_is_as_expected()
    {
        var shop = await Own();
        var (sale, payment) = (await Sold(shop, 2))[0];
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the refund is there");
        await shop.GivesBack(payment);
        // Again and again: while the refund is still being asked for, a sweep passes it over.
        await PayingShop.Eventually(async () =>
        {
            await shop.SweepNow(TimeSpan.FromHours(2));
            return (await shop.Refunds()).All(r => (string?)r!["status"] == "processed");
        }, "it is processed");
        await shop.Switch(HttpMethod.Post, "settlements", new { });

        await AllIsPaidOut(shop);
    }

    /// <summary>Paystack gave back and paid out before the shop heard of either.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_payout_that_is_lower_by_what_the_shop_has_not_heard_of_is_as_expected(bool dashboard)
    {
        var shop = await Own();
        var (sale, payment) = (await Sold(shop, 2))[0];
        if (dashboard)
            await shop.Paystack.Post("/refund", new { transaction = (string)payment["reference"]! }).Is(200);
        else
            await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the refund is there");
        await shop.GivesBack(payment);
        await shop.Switch(HttpMethod.Post, "settlements", new { });

        await AllIsPaidOut(shop);
    }

    /// <summary>What went back between two payouts is in the second, also where both are looked at later.</summary>
    [Fact]
    public async Task What_went_back_after_a_payout_is_in_the_next()
    {
        var shop = await Own();
        var sold = await Sold(shop, 3);
        foreach (var (sale, payment) in sold.Take(2))
        {
            await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, SellingShop.NewId().ToString()).Is(201);
            await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "the refund is there");
            await shop.GivesBack(payment);
            await shop.Switch(HttpMethod.Post, "settlements", new { });
        }

        await AllIsPaidOut(shop);
    }

    [Fact]
    public async Task The_trial_balance_of_a_moment_is_what_had_happened_until_then()
    {
        var shop = await PayingShop.Open(cells);
        var before = TimeProvider.System.GetUtcNow();
        await shop.Sold();

        var then = await shop.Office.GetAsync($"/api/payments/ledger/balance?at={Uri.EscapeDataString(before.ToString("o"))}").Is(200);
        Assert.Empty(then["items"]!.AsArray());
        Assert.True((bool)then["balanced"]!);
        Assert.NotEmpty(await shop.Balances());
    }

    private static async Task AllIsPaidOut(PayingShop shop)
    {
        await shop.Office.Post("/api/settlements/match", new { }).Is(200);

        Assert.Empty((await shop.Office.GetAsync("/api/settlements/exceptions").Is(200))["items"]!.AsArray());
        Assert.Equal(0, (await shop.Balances())["paystack_balance"]);
    }

    private async Task<PayingShop> Own()
    {
        var shop = await PayingShop.Open(cells);
        var key = "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = key }).Is(200);
        shop.Paystack = shop.Integration(key);
        await shop.Webhooks("drop");
        return shop;
    }

    /// <summary>Paid, without any event: the sweep finds out.</summary>
    private static async Task<List<(Guid Sale, JsonNode Payment)>> Sold(PayingShop shop, int count)
    {
        var sold = new List<(Guid, JsonNode)>();
        for (var i = 0; i < count; i++)
        {
            var (sale, ticket, _) = await shop.Sell();
            var payment = await shop.Ask(ticket).Is(201);
            await shop.Settle(payment);
            await shop.SweepNow(TimeSpan.FromMinutes(1));
            await shop.SaleBecomes(sale, "completed");
            sold.Add((sale, payment));
        }

        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing", -1) == 0, "all are booked");
        return sold;
    }
}
