using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>The hours after: refunds and disputes end one way or another, and what was missed is found.</summary>
internal sealed class Quiet(CellsFixture cells, List<PayingShop> shops, Random chance)
{
    public async Task Come()
    {
        await shops[0].Webhooks("deliver");
        for (var hours = 1; hours <= 60; hours++)
        {
            foreach (var refund in await SoakTests.All(shops[0], "/refund"))
            {
                if ((string?)refund["status"] == "pending")
                    await Post($"refunds/{refund["id"]}", new { status = chance.Next(8) == 0 ? "failed" : "processed" });
            }

            foreach (var dispute in await SoakTests.All(shops[0], "/dispute"))
            {
                if ((string?)dispute["status"] != "resolved")
                    await Post($"disputes/{dispute["id"]}", new { action = chance.Next(2) == 0 ? "declined" : "auto-accepted" });
            }

            await Wait();
            await shops[0].SweepNow(TimeSpan.FromHours(2 * hours), ofAll: true);
            await shops[0].RoundsNow();
            if (await IsQuiet())
                return;
            await Task.Delay(500);
        }

        Assert.Fail($"not quiet: {await SoakTests.Sum(cells, Open)} things are still open, {await Unseen()} unseen: {await StillOpen()}");
    }

    // A payment whose customer never came stays open until its end, known or unknown: no money is in it.
    private const string Open = """
        (SELECT count(*) FROM payments.refund_request WHERE state IN ('queued', 'calling', 'pending', 'needsAttention'))
            + (SELECT count(*) FROM payments.dispute WHERE resolution IS NULL)
            + (SELECT count(*) FROM payments.webhook_event WHERE state = 'received')
            + (SELECT count(*) FROM transaction.outbox) + (SELECT count(*) FROM transaction.outbox_delivery)
            + (SELECT count(*) FROM payments.outbox) + (SELECT count(*) FROM payments.outbox_delivery)
        """;

    /// <summary>What waits by the real clock, a minute or more after Paystack did not answer, has waited: these are hours.</summary>
    private async Task Wait()
    {
        foreach (var (table, waits) in new[]
            { ("refund_request", "state = 'queued'"), ("dispute", "resolution IS NULL"), ("webhook_event", "state = 'received' AND note IS NOT NULL") })
        {
            await using var command = cells.Ops.CreateCommand($"UPDATE payments.{table} SET next_at = now() - interval '1 second' WHERE {waits}");
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task<string?> StillOpen()
    {
        await using var command = cells.Ops.CreateCommand("""
            SELECT string_agg(what, chr(10)) FROM (
                SELECT 'refund ' || to_jsonb(r)::text FROM payments.refund_request r WHERE state IN ('queued', 'calling', 'pending', 'needsAttention')
                UNION ALL SELECT 'dispute ' || to_jsonb(d)::text FROM payments.dispute d WHERE resolution IS NULL
                UNION ALL SELECT 'webhook ' || (to_jsonb(w) - 'body')::text FROM payments.webhook_event w WHERE state = 'received'
                UNION ALL SELECT 'outbox ' || to_jsonb(o)::text FROM transaction.outbox o
                UNION ALL SELECT 'outbox ' || to_jsonb(o)::text FROM payments.outbox o
                UNION ALL SELECT 'delivery ' || to_jsonb(o)::text FROM transaction.outbox_delivery o
                UNION ALL SELECT 'delivery ' || to_jsonb(o)::text FROM payments.outbox_delivery o) open (what)
            """);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }

    /// <summary>Twice in a row: between two looks something may just have been on its way.</summary>
    private async Task<bool> IsQuiet()
    {
        if (await SoakTests.Sum(cells, Open) > 0 || await Unseen() > 0)
            return false;
        await Task.Delay(1_500);
        return await SoakTests.Sum(cells, Open) == 0;
    }

    /// <summary>Paid at Paystack, and not with us: of what is paid under Paystack's own references we know none until we have seen it.</summary>
    private async Task<long> Unseen()
    {
        var paid = (await SoakTests.All(shops[0], "/transaction?status=success")).Select(t => (string)t["reference"]!).ToArray();
        await using var command = cells.Ops.CreateCommand("""
            SELECT (SELECT count(*) FROM payments.payment WHERE reference = ANY ($1) AND state NOT IN ('settled', 'needsReview'))
                + (SELECT count(*) FROM unnest($1) AS paid WHERE NOT EXISTS (SELECT FROM payments.payment_reference WHERE reference = paid))
            """);
        command.Parameters.Add(new() { Value = paid });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task Post(string path, object body) => (await shops[0].Paystack.Post($"/sandbox/{path}", body)).Dispose();
}
