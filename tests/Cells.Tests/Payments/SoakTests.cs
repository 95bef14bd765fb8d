using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Tool.Verify;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>
/// Random payments, each with a random fate, at a Paystack that misbehaves at random; in the end the ledger, Paystack's own books and the
/// sales agree to the kobo. <c>PAYMENTS_SOAK=5000</c> for the long one, <c>PAYMENTS_SEED=n</c> to see one again.
/// </summary>
[Collection(PaystackCollection.Name)]
public sealed class SoakTests
{
    private static readonly string[] Faults = ["error-before", "bad-gateway-after", "hang-after", "hang-before", "rate-limit", "webhook-first"];
    private const string Brought = "FROM payments.payment WHERE state = 'settled' AND not_applied IS NULL";
    private const string Taken = """
        FROM (SELECT s.id AS sale_id, (t->>'amount')::bigint AS amount FROM transaction.sale s, jsonb_array_elements(s.document::jsonb->'tenders') t
            WHERE t->>'method' = 'paystack' AND (s.state = 'completed'
                OR EXISTS (SELECT 1 FROM transaction.sale_void v WHERE v.tenant_id = s.tenant_id AND v.sale_id = s.id))) taken
        """;

    private static readonly string[] Paths = ["/transaction/initialize", "/charge", "/refund", "/transaction/verify"];

    [Fact]
    public async Task Ledger_sandbox_and_sales_agree_to_the_kobo_after_any_misbehaviour()
    {
        var count = Number("PAYMENTS_SOAK") ?? 60;
        var seed = Number("PAYMENTS_SEED") ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var say = $"PAYMENTS_SEED={seed} PAYMENTS_SOAK={count}";
        TestContext.Current.TestOutputHelper?.WriteLine(say);
        await using var cells = new CellsFixture { Change = Hasty };
        await cells.InitializeAsync();
        var (shops, accounts) = (new List<PayingShop>(), new List<(Guid, string)>());
        for (var i = 0; i < 4; i++)
        {
            shops.Add(await PayingShop.Open(cells));
            accounts.Add(await shops[i].OpenAccount());
        }

        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) =>
            await new Fate(shops[n % shops.Count], accounts[n % shops.Count], new Random(unchecked(seed * 7919 + n))).Happen());
        await new Quiet(cells, shops, new Random(seed)).Come();

        var books = await PaystacksBooks(shops[0]);
        var balances = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var shop in shops)
        {
            foreach (var (account, amount) in await shop.Balances())
                balances[account] = balances.GetValueOrDefault(account) + amount;
        }

        Agree("what Paystack holds", books, balances.GetValueOrDefault("paystack_balance"));
        var clearing = await Sum(cells, "-sum(amount) FROM payments.refund_request WHERE state <> 'processed' AND source_kind <> 'return'");
        Agree("what is still owed to customers", clearing, balances.GetValueOrDefault("paystack_clearing"));
        var unapplied = await Sum(cells, $"""
            coalesce((SELECT sum(amount) FROM payments.refund_request WHERE state = 'processed' AND source_kind = 'return'), 0)
                + coalesce((SELECT sum(amount) FROM {LedgerBooks.LostOfNoSale}), 0) - sum(received)
                FROM payments.payment WHERE state = 'needsReview' OR not_applied IS NOT NULL
            """);
        Agree("what no sale took", unapplied, balances.GetValueOrDefault("unapplied_receipts"));
        // What the sales say was paid by Paystack is what their payments brought: also those that were voided after they had taken it.
        var sold = await Sum(cells, $"sum(amount) {Taken}");
        var paid = await Sum(cells, $"sum(received) {Brought}");
        Agree("what sales say was paid", sold, paid);
        Assert.Equal(0, await Sum(cells, $"""
            count(*) FROM (SELECT sale_id, sum(amount) AS amount {Taken} GROUP BY 1) s
                FULL JOIN (SELECT sale_id, sum(received) AS amount {Brought} GROUP BY 1) p USING (sale_id) WHERE s.amount IS DISTINCT FROM p.amount
            """));
        Assert.True(sold > 0, say);
        Assert.Equal(0, await Sum(cells, """
            count(*) FROM (SELECT 1 FROM payments.ledger_entry GROUP BY tenant_id, source_kind, source_id, currency HAVING sum(amount) <> 0) t
            """));
        Assert.DoesNotContain("suspense", balances.Where(b => b.Value != 0).Select(b => b.Key));
        Assert.All(await Verification.Check(cells.ConnectionOf("webwaka_ops"), TestContext.Current.CancellationToken),
            finding => Assert.True(finding.Holds, $"{say}: {finding}"));

        void Agree(string what, long one, long other) => Assert.True(one == other, $"{say}: {what}: {one} and {other}");
    }

    private static void Hasty(Dictionary<string, string?> settings)
    {
        settings["Paystack:AttemptTimeout"] = "00:00:02";
        settings["Paystack:TotalTimeout"] = "00:00:05";
        settings["PaystackSandbox:ClockFactor"] = "300";
        settings["Payments:ReturnNotApplied"] = "true";
        settings["Payments:SweepEvery"] = "00:00:02";
        settings["Payments:SweepAfter"] = "00:00:03";
        settings["Payments:NeverArrivedAfter"] = "00:00:08";
    }

    /// <summary>What Paystack holds by its own books: what came, less its fees, refunds that are done and disputes that were lost.</summary>
    private static async Task<long> PaystacksBooks(PayingShop shop)
    {
        var paid = await All(shop, "/transaction?status=success", "/transaction?status=reversed", "/transaction?status=reversal-pending");
        var refunds = (await All(shop, "/refund")).Where(r => (string?)r["status"] == "processed").Sum(r => (long)r["amount"]!);
        var disputes = (await All(shop, "/dispute"))
            .Where(d => (string?)d["resolution"] is "auto-accepted" or "merchant-accepted").Sum(d => (long)d["refund_amount"]!);
        return paid.Sum(t => (long)t["amount"]! - (t["fees"] is { } fees ? (long)fees : 0)) - refunds - disputes;
    }

    internal static async Task<List<JsonNode>> All(PayingShop shop, params string[] paths)
    {
        var rows = new List<JsonNode>();
        foreach (var path in paths)
        {
            for (var (page, pages) = (1, 1L); page <= pages; page++)
            {
                var answer = await shop.Paystack.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}perPage=500&page={page}").Is(200);
                rows.AddRange(answer["data"]!.AsArray().Select(row => row!));
                pages = (long)answer["meta"]!["pageCount"]!;
            }
        }

        return rows;
    }

    internal static async Task<long> Sum(CellsFixture cells, string sql)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT {sql}");
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is { } sum and not DBNull
            ? Convert.ToInt64(sum, CultureInfo.InvariantCulture) : 0;
    }

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>One sale, and what its customer, its cashier, the bank and Paystack do to it.</summary>
    private sealed class Fate(PayingShop shop, (Guid Id, string Number) account, Random chance)
    {
        public async Task Happen()
        {
            if (chance.Next(3) == 0)
                await shop.Paystack.Post("/sandbox/faults", new { kind = Pick(Faults), path = Pick(Paths) });
            var (sale, ticket, amount) = await Sell();
            var payment = await Ask(ticket);
            switch (payment is null ? 9 : chance.Next(10))
            {
                case 0:
                    await Try("settle", new { reference = payment!["reference"], status = "failed", message = "Declined" });
                    await Pay(await Ask(ticket) ?? payment!);
                    break;
                case 1:
                    await Give(payment!, amount + (chance.Next(2) == 0 ? -100 : 100));
                    break;
                case 2:
                    await Void(sale);
                    await Pay(payment!);
                    break;
                case 3:
                    using (await shop.Office.Post($"/api/payments/{payment!["id"]}/abandon", new { reason = "no answer" }, Key()))
                    {
                        var second = await Ask(ticket);
                        await Pay(payment!);
                        if (second is not null)
                            await Pay(second);
                    }

                    break;
                case 9:
                    await Void(sale);
                    return;
                default:
                    await Pay(payment!);
                    break;
            }

            if (await Completes(sale))
                await Afterwards(sale, payment!);
        }

        private async Task<(Guid Sale, string Ticket, long Amount)> Sell()
        {
            if (chance.Next(3) > 0)
                return await shop.Sell();
            var part = chance.NextInt64(10_000, 1_300_000);
            var (sale, ticket) = await shop.SellMixed(part);
            return (sale, ticket, part);
        }

        private async Task<JsonNode?> Ask(string ticket)
        {
            var (key, channel) = (Key(), Pick("checkout", "bankTransfer", "ussd", "dedicatedAccount"));
            for (var tries = 0; tries < 40; tries++)
            {
                using var answer = await (channel == "dedicatedAccount" ? shop.AskAt(account.Id, ticket, key) : shop.Ask(ticket, key, channel));
                if ((int)answer.StatusCode is 200 or 201)
                    return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
                // Another customer of the shop is to pay to its number: this one gets a page.
                var busy = channel == "dedicatedAccount" && (int)answer.StatusCode == 409;
                Assert.Equal(busy ? 409 : 503, (int)answer.StatusCode);
                (key, channel) = busy ? (Key(), "checkout") : (key, channel);
                await Task.Delay(300);
            }

            return null;
        }

        private async Task Pay(JsonNode payment)
        {
            var mode = chance.Next(8);
            if (mode == 0)
                await shop.Webhooks("drop");
            await Give(payment, amount: null);
            if (mode == 0)
                await shop.Webhooks("deliver");
            if (mode is 1 or 2)
                await Try("webhooks/resend", new { reference = payment["reference"], times = mode == 1 ? 20 : 2 });
        }

        /// <summary>What was asked, or another amount: on the page, or from the customer's bank to the account number.</summary>
        private Task Give(JsonNode payment, long? amount) => (string?)payment["channel"] == "dedicatedAccount"
            ? Try("dedicated", new { accountNumber = account.Number, amount = amount ?? (long)payment["amount"]! })
            : Try("settle", new { reference = payment["reference"], amount });

        private async Task<bool> Completes(Guid sale)
        {
            for (var tries = 0; tries < 30; tries++)
            {
                if (await shop.SaleStatus(sale) is ("completed" or "voided") and var status)
                    return status == "completed";
                await Task.Delay(100);
            }

            return false;
        }

        private async Task Afterwards(Guid sale, JsonNode payment)
        {
            var what = chance.Next(6);
            if (what == 0)
                await Try("disputes", new { reference = payment["reference"], amount = chance.NextInt64(1_000, 10_000) });
            if (what is 1 or 2)
                (await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, Key())).Dispose();
            if (what == 3)
                await Void(sale);
            if (what == 4)
            {
                await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await shop.Selling.Cashier.Post("/api/refunds",
                    new { saleId = sale, reason = "part", lines = new[] { new { line = 1, quantity = "0.4", restock = true } } }, Key())).Dispose()));
            }
        }

        private async Task Void(Guid sale) => (await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "gone" }, Key())).Dispose();

        private async Task Try(string path, object body) => (await shop.Paystack.Post($"/sandbox/{path}", body)).Dispose();

        private string Pick(params string[] of) => of[chance.Next(of.Length)];

        private static string Key() => SellingShop.NewId().ToString();
    }
}
