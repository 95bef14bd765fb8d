using WebWaka.Tool.Verify;

namespace WebWaka.Distributed.Tests;

/// <summary>What every test ends with.</summary>
public sealed partial class DistributedSystem
{
    /// <summary>Waits until nothing is under way any more, then every invariant of the design holds.</summary>
    /// <param name="cleanUp">Takes away, each time before it is looked, what a test has put there to be in the way.</param>
    public async Task Settles(Func<Task>? cleanUp = null)
    {
        IReadOnlyList<Verification.Finding> findings = [];
        string[] missing = [];
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(180);
        while (TimeProvider.System.GetUtcNow() < until)
        {
            if (cleanUp is not null)
                await cleanUp();
            findings = await Verification.Check(OpsConnection, CancellationToken.None);
            missing = await Missing();
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
