using System.Security.Cryptography;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Tool.Verify;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// The ledger over random histories of money: payments, their fees, refunds in their life cycle, disputes, payouts, money that comes late,
/// twice or otherwise than asked. Each history happens three times over, and the shop hears of it at once, out of order, or not at all.
/// </summary>
[Collection(PaystackCollection.Name)]
public sealed class LedgerHistoryTests(CellsFixture cells)
{
    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    [InlineData(13, false)]
    [InlineData(14, true)]
    public async Task Random_histories_sum_to_zero_agree_with_Paystacks_books_and_are_the_same_in_any_order(int seed, bool customerPaysFees)
    {
        var ends = new List<(Telling Telling, List<string> Journals)>();
        foreach (var telling in Enum.GetValues<Telling>())
        {
            var say = $"seed {seed}, {telling}";
            var shop = await Own(cells, customerPaysFees);
            await new RandomHistory(cells, shop, new Random(seed), new Random(seed * 31), telling).Happen(sales: 9);

            await LedgerBooks.HoldTogether(cells, shop, new Random(seed));
            await LedgerBooks.AgreeWithPaystack(cells, shop, say);
            await LedgerBooks.AgreeWithPayments(cells, shop, say);
            var entries = await LedgerBooks.Entries(cells, shop.Tenant);
            Assert.Contains(entries, e => e.Kind == "payment");
            ends.Add((telling, [.. entries.Select(e => $"{e.Kind} {e.Account} {e.Currency} {e.Amount}").Order(StringComparer.Ordinal)]));
        }

        Assert.All(ends, end => Assert.Equal(ends[0].Journals, end.Journals));
    }

    /// <summary>What a person has refunded, disputed and been paid of a subaccount's share is never reckoned: Paystack's figures are booked.</summary>
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public async Task By_the_platforms_key_the_subaccounts_shares_as_reported_are_what_Paystack_owes(int seed)
    {
        await using var own = new CellsFixture { Change = settings => settings["Payments:PlatformPercent"] = "3" };
        await own.InitializeAsync();
        var shop = await PayingShop.Open(own);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account",
            new { kind = "platform", businessName = "Ada's Shop", bankCode = "058", accountNumber = "0123456789" }).Is(200);
        var chance = new Random(seed);
        var paidOut = 0L;
        var references = new List<string>();
        for (var i = 0; i < 8; i++)
        {
            var (sale, ticket, amount) = await shop.Sell();
            var payment = await shop.Ask(ticket, channel: chance.Next(2) == 0 ? "checkout" : "bankTransfer").Is(201);
            references.Add((string)payment["reference"]!);
            var wrong = chance.Next(4) == 0;
            await shop.Settle(payment, wrong ? amount - 50 : null);
            await shop.Becomes(payment, wrong ? "needsReview" : "settled");
            if (!wrong)
                await shop.SaleBecomes(sale, "completed");
            if (!wrong && chance.Next(3) == 0)
                await GiveBack(shop, sale, payment);
            if (chance.Next(3) == 0)
            {
                var subaccount = (string)(await shop.Office.GetAsync("/api/payments/account").Is(200))["subaccount"]!;
                var payout = await shop.Switch(HttpMethod.Post, "settlements", new { subaccount });
                paidOut += payout["data"]!["total_amount"] is { } net ? (long)net : 0;
                await shop.Office.Post("/api/settlements/match", new { }).Is(200);
            }
        }

        await PayingShop.Eventually(
            async () => await shop.Count("payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'sale' AND account = 'paystack_clearing'", shop.Tenant)
                == await shop.Count("payments.payment WHERE tenant_id = $1 AND state = 'settled'", shop.Tenant), "the sales are booked");
        await LedgerBooks.HoldTogether(own, shop, chance);
        var (shares, fees, kept) = (0L, 0L, 0L);
        foreach (var reference in references)
        {
            var there = (await shop.Paystack.GetAsync($"/transaction/verify/{reference}").Is(200))["data"]!["split"]!["shares"]!;
            shares += there["subaccounts"]!.AsArray().Sum(share => (long)share!["amount"]!);
            (fees, kept) = (fees + (long)there["paystack"]!, kept + (long)there["integration"]!);
        }

        var back = await SoakTests.Sum(own, $"sum(amount) FROM payments.refund_request WHERE tenant_id = '{shop.Tenant}' AND state = 'processed'");
        var books = await LedgerBooks.TrialBalance(shop);
        Assert.Equal(
            (shares - back - paidOut, paidOut, fees, kept),
            (books.GetValueOrDefault("NGN paystack_balance"), books.GetValueOrDefault("NGN bank"), books["NGN paystack_fees"], books["NGN platform_fees"]));
        await LedgerBooks.AgreeWithPayments(own, shop, $"seed {seed}");
        Assert.Empty((await shop.Office.GetAsync("/api/settlements/exceptions").Is(200))["items"]!.AsArray());
    }

    /// <summary>The fee that the customer bore is the customer's too: all that came goes back, and Paystack keeps its fee of the shop's.</summary>
    [Fact]
    public async Task Money_with_a_fee_on_top_that_no_sale_took_goes_back_whole_and_leaves_nothing_owed()
    {
        var shop = await Own(cells, customerPaysFees: true);
        var payment = await PaidTooLate(shop);
        var there = (await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200))["data"]!;
        var (paid, fee) = ((long)there["amount"]!, (long)there["fees"]!);
        Assert.True(paid > (long)payment["amount"]!);
        Assert.Equal((0L, -paid, fee), await Stand());

        await Return(shop, payment);

        Assert.Equal((0L, 0L, fee), await Stand());
        Assert.Equal(-fee, (await shop.Balances())["paystack_balance"]);

        async Task<(long, long, long)> Stand()
        {
            var books = await shop.Balances();
            return (books.GetValueOrDefault("paystack_clearing"), books.GetValueOrDefault("unapplied_receipts"), books.GetValueOrDefault("paystack_fees"));
        }
    }

    /// <summary>Another amount and, with a fee on top, too late: it goes back, and <c>webwaka verify</c> has nothing to say.</summary>
    [Fact]
    public async Task Money_that_no_sale_took_and_that_went_back_is_no_fault_to_verify()
    {
        await using var own = new CellsFixture();
        await own.InitializeAsync();
        var shop = await PayingShop.Open(own);
        var (_, ticket, amount) = await shop.Sell();
        var other = await shop.Ask(ticket).Is(201);
        await shop.Settle(other, amount + 50);
        await shop.Becomes(other, "needsReview");
        await Return(shop, other);
        var second = await Own(own, customerPaysFees: true);
        var late = await PaidTooLate(second);
        await Return(second, late);

        Assert.Equal(
            ["processed", "processed"], (await shop.Refunds()).Concat(await second.Refunds()).Select(refund => (string)refund!["status"]!));
        await PayingShop.Eventually(
            async () => (await Verification.Check(own.ConnectionOf("webwaka_ops"), CancellationToken.None)).All(finding => finding.Holds),
            "the invariants hold");
    }

    private static async Task Return(PayingShop shop, System.Text.Json.Nodes.JsonNode payment)
    {
        await shop.Office.Post($"/api/payments/{payment["id"]}/return", new { reason = "not asked for" }, SellingShop.NewId().ToString()).Is(200);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "it goes back");
        await shop.GivesBack(payment);
        await PayingShop.Eventually(
            async () =>
            {
                await shop.SweepNow(TimeSpan.FromHours(2));
                return (await shop.Balances()).GetValueOrDefault("unapplied_receipts") == 0;
            }, "nothing is owed");
    }

    /// <summary>The sale was voided before its customer paid. No event comes: the sweep finds out.</summary>
    private static async Task<System.Text.Json.Nodes.JsonNode> PaidTooLate(PayingShop shop)
    {
        await shop.Webhooks("drop");
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "gone" }, "void").Is(200);
        await shop.Settle(payment);
        await shop.SweepNow(TimeSpan.FromHours(1));
        await PayingShop.Eventually(async () => (string?)(await shop.Payment(payment))["notApplied"] is not null, "no sale took it");
        return payment;
    }

    private static async Task<PayingShop> Own(CellsFixture cells, bool customerPaysFees)
    {
        var shop = await PayingShop.Open(cells);
        var key = "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = key, customerPaysFees }).Is(200);
        shop.Paystack = shop.Integration(key);
        await shop.Switch(HttpMethod.Put, "settings", new { webhooks = "hold", customerPaysFees });
        return shop;
    }

    private static async Task GiveBack(PayingShop shop, Guid sale, System.Text.Json.Nodes.JsonNode payment)
    {
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, SellingShop.NewId().ToString()).Is(201);
        await PayingShop.Eventually(async () => (await shop.AtPaystack(payment)).Count == 1, "it is asked of Paystack");
        await shop.GivesBack(payment);
        await PayingShop.Eventually(
            async () => await shop.Count(
                "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'paystackRefund' AND sale_id = $2", shop.Tenant, sale) > 0,
            "it is booked");
    }
}
