using WebWaka.Tool.Verify;

namespace WebWaka.Distributed.Tests;

/// <summary>What every test ends with.</summary>
public sealed partial class DistributedSystem
{
    private static readonly string[] Waiting = ["outbox", "outbox_delivery", "dead_letter"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    /// <summary>How long signs of rest are waited for before all is checked without them.</summary>
    private static readonly TimeSpan LooksWithin = TimeSpan.FromSeconds(15);

    /// <summary>Nothing waits in a table, and each Cell that hears of sales has heard of as many as there are.</summary>
    private static readonly string LooksAtRest = $"""
        SELECT NOT EXISTS (SELECT FROM payments.webhook_event WHERE state = 'received')
            AND {string.Join(" AND ", Wiring.Cells.SelectMany(cell => Waiting.Select(table => $"NOT EXISTS (SELECT FROM {cell}.{table})")))}
            AND (SELECT count(*) FROM transaction.sale WHERE number IS NOT NULL) = ALL (ARRAY[
                (SELECT count(*) FROM history.journal WHERE kind = 'sale'),
                (SELECT count(DISTINCT source_id) FROM inventory.stock_movement WHERE kind = 'sale'),
                (SELECT count(DISTINCT source_id) FROM payments.ledger_entry WHERE source_kind = 'sale'),
                (SELECT count(DISTINCT sale_id) FROM promotions.redemption WHERE NOT reversal)])
        """;

    /// <summary>Waits until nothing is under way any more, then every invariant of the design holds.</summary>
    /// <param name="cleanUp">Takes away, each time before it is looked, what a test has put there to be in the way.</param>
    public async Task Settles(Func<Task>? cleanUp = null)
    {
        IReadOnlyList<Verification.Finding> findings = [];
        string[] missing = [];
        var clock = TimeProvider.System;
        var until = clock.GetUtcNow() + Patience;
        var looked = clock.GetTimestamp();
        while (clock.GetUtcNow() < until)
        {
            if (cleanUp is not null)
                await cleanUp();
            missing = await Missing();
            // To check everything takes seconds of the processor, from those who still work: seldom before it looks like rest.
            if ((missing.Length > 0 || !await Scalar<bool>(LooksAtRest)) && clock.GetElapsedTime(looked) < LooksWithin)
            {
                await Task.Delay(250);
                continue;
            }

            findings = await Verification.Check(OpsConnection, CancellationToken.None);
            looked = clock.GetTimestamp();
            if (missing.Length == 0 && findings.All(finding => finding.Holds))
            {
                await EverySaleIsStored();
                return;
            }

            await Task.Delay(500);
        }

        var failing = findings.Where(f => !f.Holds).Select(f => $"{f.Name}: {f.Broken} of {f.Checked}, {f.Example}");
        Assert.Fail(string.Join('\n', failing.Append($"{missing.Length} not in the journal: {string.Join(", ", missing.Take(3))}")));
    }

    /// <summary>What was answered as done, or paid at Paystack, and is not in the journal.</summary>
    private async Task<string[]> Missing()
    {
        var missing = new List<string>();
        foreach (var shop in Shops)
        {
            var done = shop.Done.ToArray();
            missing.AddRange(await Scalar<string[]>(
                """
                SELECT coalesce(array_agg(done.kind || ' ' || done.id), '{}') FROM unnest($2::text[], $3::uuid[]) AS done(kind, id)
                WHERE NOT EXISTS (SELECT FROM history.journal j WHERE j.tenant_id = $1 AND j.kind = done.kind AND j.thing_id = done.id)
                """,
                shop.Tenant, Array.ConvertAll(done, one => one.Kind), Array.ConvertAll(done, one => one.Id)));
        }

        return [.. missing];
    }

    /// <summary>What a till was told is what is stored, by its id and with its number.</summary>
    private async Task EverySaleIsStored()
    {
        foreach (var shop in Shops)
        {
            var told = shop.Acknowledged.ToArray();
            Assert.Equal((long)told.Length, await Scalar<long>(
                """
                SELECT count(*) FROM unnest($2::uuid[], $3::text[]) AS told(id, number)
                JOIN transaction.sale s ON s.tenant_id = $1 AND s.id = told.id AND s.number = told.number
                """,
                shop.Tenant, Array.ConvertAll(told, sale => sale.Key), Array.ConvertAll(told, sale => sale.Value)));
        }
    }

    /// <summary>Of the shop's acknowledged sales, those that have reached the journal.</summary>
    internal Task<long> Journaled(Shop shop) => Scalar<long>(
        "SELECT count(*) FROM history.journal WHERE tenant_id = $1 AND kind = 'sale' AND thing_id = ANY ($2)",
        shop.Tenant, shop.Acknowledged.Keys.ToArray());
}
