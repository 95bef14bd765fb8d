using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>A shop's ledger as its rows say, and what it has to agree with: Paystack's own books and the shop's payments.</summary>
internal static class LedgerBooks
{
    internal sealed record Entry(string Kind, Guid Source, string Account, long Amount, string Currency, DateTimeOffset At, DateTimeOffset BookedAt);

    public static async Task<List<Entry>> Entries(CellsFixture cells, Guid tenant)
    {
        await using var command = cells.Ops.CreateCommand(
            "SELECT source_kind, source_id, account, amount, currency, at, booked_at FROM payments.ledger_entry WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = tenant });
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<Entry>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(new Entry(
                reader.GetString(0), reader.GetGuid(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.GetFieldValue<DateTimeOffset>(6)));
        return rows;
    }

    public static Dictionary<string, long> Sums(IEnumerable<Entry> entries) => entries.GroupBy(e => $"{e.Currency} {e.Account}", StringComparer.Ordinal)
        .Select(group => (group.Key, Sum: group.Sum(e => e.Amount))).ToDictionary(sum => sum.Key, sum => sum.Sum, StringComparer.Ordinal);

    /// <summary>What the trial balance says, until a moment or of all.</summary>
    public static async Task<Dictionary<string, long>> TrialBalance(PayingShop shop, DateTimeOffset? at = null)
    {
        var until = at is { } moment ? $"?at={Uri.EscapeDataString(moment.ToString("o"))}" : "";
        var answer = await shop.Office.GetAsync($"/api/payments/ledger/balance{until}").Is(200);
        Assert.True((bool)answer["balanced"]!, answer.ToJsonString());
        return answer["items"]!.AsArray().ToDictionary(
            item => $"{item!["currency"]} {item["account"]}", item => (long)item!["balance"]!, StringComparer.Ordinal);
    }

    /// <summary>Each journal sums to zero in each currency, and the trial balance of any moment is the sum of what had happened until then.</summary>
    public static async Task HoldTogether(CellsFixture cells, PayingShop shop, Random chance)
    {
        var entries = await Entries(cells, shop.Tenant);
        Assert.All(
            entries.GroupBy(e => (e.Kind, e.Source, e.Currency)), journal => Assert.True(journal.Sum(e => e.Amount) == 0, $"{journal.Key} does not sum"));
        Assert.Equal(Sorted(Sums(entries)), Sorted(await TrialBalance(shop)));
        foreach (var at in entries.OrderBy(_ => chance.Next()).Take(5).SelectMany(e => new[] { e.At, e.At.AddTicks(-10), e.At.AddMinutes(1) }))
            Assert.Equal(Sorted(Sums(entries.Where(e => e.At <= at))), Sorted(await TrialBalance(shop, at)));
        Assert.DoesNotContain(entries, e => e.Account == "suspense");
    }

    /// <summary>What Paystack owes, what it kept, what disputes took and what came to the bank are what Paystack's own books say.</summary>
    public static async Task AgreeWithPaystack(CellsFixture cells, PayingShop shop, string say)
    {
        var books = await TrialBalance(shop);
        var paid = await SoakTests.All(shop, "/transaction?status=success", "/transaction?status=reversed", "/transaction?status=reversal-pending");
        var refunds = (await SoakTests.All(shop, "/refund")).Where(row => (string?)row["status"] == "processed").ToList();
        var lost = (await SoakTests.All(shop, "/dispute")).Where(row => (string?)row["resolution"] is "auto-accepted" or "merchant-accepted").ToList();
        var payouts = await SoakTests.All(shop, "/settlement");
        foreach (var currency in new[] { "NGN", "GHS" })
        {
            var (back, gone, out_) = (Of(refunds, "amount"), Of(lost, "refund_amount"), Of(payouts, "total_amount"));
            Agree("paystack_balance", Of(paid, "amount") - Of(paid, "fees") - back - gone - out_);
            var payers = await SoakTests.Sum(cells, $"sum(amount) FROM {LostOfNoSale} AND tenant_id = '{shop.Tenant}' AND currency = '{currency}'");
            Agree("disputes_lost", gone - payers);
            Agree("bank", out_);

            void Agree(string account, long there)
            {
                var here = books.GetValueOrDefault($"{currency} {account}");
                Assert.True(here == there, $"{say}: {account} in {currency}: {here} and {there}");
            }

            long Of(List<JsonNode> rows, string member) =>
                rows.Where(row => (string?)row["currency"] == currency).Sum(row => row[member] is { } value ? (long)value : 0);
        }
    }

    /// <summary>Disputes that took money that no sale took: its payer's own.</summary>
    internal const string LostOfNoSale = $"""
        payments.dispute d WHERE d.resolution IN ('auto-accepted', 'merchant-accepted')
            AND EXISTS (SELECT FROM payments.payment p WHERE p.tenant_id = d.tenant_id AND p.id = d.payment_id AND {NoSaleTookIt})
        """;

    private const string NoSaleTookIt = "(p.state = 'needsReview' OR p.not_applied IS NOT NULL)";
    private const string InDashboard = "r.state = 'processed' AND r.source_kind = 'dashboard'";
    private const string TakenByNoSale =
        $"EXISTS (SELECT FROM payments.payment p WHERE p.tenant_id = r.tenant_id AND p.id = r.payment_id AND {NoSaleTookIt})";

    /// <summary>What is owed to customers, and what the shop paid in fees, by its payments and refunds.</summary>
    public static async Task AgreeWithPayments(CellsFixture cells, PayingShop shop, string say)
    {
        var books = await TrialBalance(shop);
        foreach (var currency in new[] { "NGN", "GHS" })
        {
            await Agree("paystack_clearing", $"""
                coalesce((SELECT sum(amount) FROM payments.refund_request r
                        WHERE {InDashboard} AND source_id = id AND NOT {TakenByNoSale} AND {Mine("currency")}), 0)
                    - coalesce(sum(amount), 0) FROM payments.refund_request
                WHERE state <> 'processed' AND source_kind <> 'return' AND (source_kind <> 'dashboard' OR source_id <> id) AND {Mine("currency")}
                """);
            await Agree("unapplied_receipts", $"""
                coalesce((SELECT sum(amount) FROM payments.refund_request WHERE state = 'processed' AND source_kind = 'return' AND {Mine("currency")}), 0)
                    + coalesce((SELECT sum(amount) FROM payments.refund_request r WHERE {InDashboard} AND {TakenByNoSale} AND {Mine("currency")}), 0)
                    + coalesce((SELECT sum(amount) FROM {LostOfNoSale} AND {Mine("currency")}), 0)
                    - coalesce(sum(received), 0) FROM payments.payment WHERE (state = 'needsReview' OR not_applied IS NOT NULL) AND {Mine("received_currency")}
                """);
            await Agree("paystack_fees", $"""
                sum(fee) - coalesce(sum(received - amount) FILTER (WHERE state = 'settled' AND not_applied IS NULL), 0)
                    FROM payments.payment WHERE received IS NOT NULL AND {Mine("received_currency")}
                """);

            string Mine(string column) => $"tenant_id = '{shop.Tenant}' AND {column} = '{currency}'";

            async Task Agree(string account, string sql)
            {
                var (here, there) = (books.GetValueOrDefault($"{currency} {account}"), await SoakTests.Sum(cells, sql));
                Assert.True(here == there, $"{say}: {account} in {currency}: {here} and {there}");
            }
        }
    }

    public static IEnumerable<KeyValuePair<string, long>> Sorted(Dictionary<string, long> sums) =>
        sums.Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal);
}
