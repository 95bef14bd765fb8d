using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using WebWaka.Tool.Verify;

namespace WebWaka.Standalone.Tests;

/// <summary>The promise itself: what was acknowledged is there once, everywhere, whatever happens to the process.</summary>
public sealed class KilledWhileSellingTests
{
    const int Sales = 200;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Till(Guid Store, Guid Id, Guid Shift);

    [Fact]
    public async Task Killed_in_the_middle_of_200_sales_every_acknowledged_one_is_there_once_everywhere()
    {
        using Scratch scratch = new();
        var port = FreePort.Choose();
        var bodies = new Dictionary<Guid, JsonObject>();
        var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<Guid, string>();
        await using (var killed = await StandaloneProgram.StartOn(port, scratch).ReadyAsync())
        {
            using var cashier = await DemoShop.SignIn(port, "cashier");
            var till = await Open(cashier);
            var sale = await Sale(cashier, till);
            for (var i = 0; i < Sales; i++)
                bodies[Guid.CreateVersion7(TimeProvider.System.GetUtcNow())] = sale;
            var selling = bodies.Select(body => Sell(cashier, body.Key, body.Value, acknowledged)).ToList();
            while (acknowledged.Count < Sales / 4)
                await Task.Delay(5, Stop);
            await killed.SignalAsync("KILL");
            await killed.EndAsync();
            await Task.WhenAll(selling);
        }

        Assert.InRange(acknowledged.Count, Sales / 4, Sales);
        await using var again = await StandaloneProgram.StartOn(port, scratch).ReadyAsync();
        using var client = await DemoShop.SignIn(port, "cashier");
        var before = new Dictionary<Guid, string>(acknowledged);
        await Task.WhenAll(bodies.Select(sale => Sell(client, sale.Key, sale.Value, acknowledged)));

        Assert.Equal(Sales, acknowledged.Count);
        Assert.All(before, sale => Assert.Equal(sale.Value, acknowledged[sale.Key]));
        Assert.Equal(Sales, acknowledged.Values.Distinct(StringComparer.Ordinal).Count());
        var findings = await AtRest(scratch);
        Assert.All(findings, finding => Assert.True(finding.Holds, $"{finding.Name}: {finding.Example}"));
    }

    /// <summary>The invariants, once nothing waits in an outbox any more.</summary>
    static async Task<IReadOnlyList<Verification.Finding>> AtRest(Scratch scratch)
    {
        var secret = await File.ReadAllTextAsync(scratch.Below("data/secrets/webwaka_ops"), Stop);
        var port = await File.ReadAllTextAsync(scratch.Below("data/postgres-port"), Stop);
        var connection = $"Host=127.0.0.1;Port={port.Trim()};Database=webwaka;Username=webwaka_ops;Password={secret.Trim()}";
        for (var tries = 0; ; tries++)
        {
            var findings = await Verification.Check(connection, Stop);
            if (findings.All(finding => finding.Holds) || tries == 60)
                return findings;
            await Task.Delay(500, Stop);
        }
    }

    static async Task Sell(HttpClient cashier, Guid id, JsonObject body, System.Collections.Concurrent.ConcurrentDictionary<Guid, string> acknowledged)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/api/sales") { Content = JsonContent.Create(With(body, id)) };
            request.Headers.Add("Idempotency-Key", id.ToString());
            using var answer = await cashier.SendAsync(request, Stop);
            if (answer.StatusCode == HttpStatusCode.Created)
                acknowledged[id] = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!["number"]!;
        }
        catch (HttpRequestException)
        {
            // Killed before it answered: the till does not know, and sends again later.
        }
    }

    static JsonObject With(JsonObject body, Guid id)
    {
        var sale = (JsonObject)body.DeepClone();
        sale["id"] = id;
        return sale;
    }

    static async Task<JsonObject> Sale(HttpClient cashier, Till till)
    {
        var lines = new JsonArray(new JsonObject { ["sku"] = "P0001", ["quantity"] = "3" }, new JsonObject { ["sku"] = "P0005", ["quantity"] = "1.5" });
        var total = (long)(await Post(cashier, "/api/quotes", new JsonObject { ["storeId"] = till.Store, ["lines"] = lines.DeepClone() }))["total"]!;
        return new JsonObject
        {
            ["storeId"] = till.Store, ["tillId"] = till.Id, ["shiftId"] = till.Shift, ["expectedTotal"] = total, ["lines"] = lines,
            ["tenders"] = new JsonArray(new JsonObject { ["method"] = "cash", ["amount"] = total, ["tendered"] = total + 100 }),
        };
    }

    static async Task<Till> Open(HttpClient cashier)
    {
        var store = (Guid)(await Get(cashier, "/api/stores"))["items"]![0]!["id"]!;
        var till = (Guid)(await Get(cashier, $"/api/tills?storeId={store}"))["items"]![0]!["id"]!;
        var shift = await Post(cashier, "/api/shifts", new JsonObject { ["tillId"] = till, ["float"] = 0 });
        return new Till(store, till, (Guid)shift["id"]!);
    }

    static async Task<JsonNode> Get(HttpClient client, string path) => JsonNode.Parse(await client.GetStringAsync(path, Stop))!;

    static async Task<JsonNode> Post(HttpClient client, string path, JsonObject body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
