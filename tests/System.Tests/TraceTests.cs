using System.Diagnostics;

namespace WebWaka.Distributed.Tests;

/// <summary>What the system tells of one sale, as a collector gets it by OTLP.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class TraceTests(DistributedSystem system)
{
    private static readonly string[] Listeners = [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions];

    private Shop Red => system.Shops[0];

    [Fact]
    public async Task A_sale_is_one_trace_from_the_gateway_to_the_commit_of_each_consumer()
    {
        await Red.Refresh();
        var before = Red.Acknowledged.Keys.ToHashSet();
        var spans = await Whole(await SellTraced());

        var consumed = Check(spans);
        var sale = Red.Acknowledged.Keys.Except(before).Single();
        var answered = spans.Single(span => span.Service == Wiring.Transaction && span.Tags.ContainsKey("webwaka.sale"));
        Assert.Equal(sale.ToString(), answered.Tags["webwaka.sale"]);
        // The only recorded event of its batch: the commands that commit it are below it.
        Assert.All(consumed, consume => Assert.Contains(spans, span => span.Parent == consume.Id && span.Tags.ContainsKey("db.system.name")));
    }

    [Fact]
    public async Task Sales_whose_events_travel_together_keep_a_trace_each()
    {
        await Red.Refresh();
        var traces = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SellTraced()));

        Assert.Equal(20, traces.Distinct().Count());
        foreach (var trace in traces)
            Check(await Whole(trace));
        // Else this says nothing of batches.
        Assert.Contains(
            system.Collector.Spans, span => traces.Contains(span.Trace) && span.Tags.GetValueOrDefault("messaging.batch.message_count", "1") != "1");
    }

    private async Task<string> SellTraced()
    {
        using var till = new Activity("till") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        till.Start();
        await Red.Sell(1);
        return till.TraceId.ToHexString();
    }

    /// <summary>The spans of a trace, once every listener's is there.</summary>
    private async Task<Span[]> Whole(string trace)
    {
        Span[] spans = [];
        await Wait.Until(
            () => (spans = [.. system.Collector.Spans.Where(span => span.Trace == trace)]).Count(IsConsume) >= Listeners.Length && spans.Any(IsRoot(spans)),
            () => $"the trace has {string.Join(", ", spans.Select(span => $"{span.Service} {span.Name}"))}");
        await Task.Delay(1500);
        return [.. system.Collector.Spans.Where(span => span.Trace == trace)];
    }

    /// <summary>One root, at the gateway; from there to the publishing, and from that to each listener once.</summary>
    private static Span[] Check(Span[] spans)
    {
        var root = Assert.Single(spans, span => IsRoot(spans)(span));
        Assert.Equal(Wiring.Gateway, root.Service);
        var publish = Assert.Single(spans, span => span.Name == "publish SaleCompleted");
        var way = new List<Span> { publish };
        while (spans.SingleOrDefault(span => span.Id == way[^1].Parent) is { } parent)
            way.Add(parent);
        Assert.Same(root, way[^1]);
        string[] services = [.. way.Select(span => span.Service).Distinct()];
        Assert.Equal([Wiring.Transaction, Wiring.Gateway], services);
        Span[] consumed = [.. spans.Where(IsConsume).OrderBy(span => span.Service, StringComparer.Ordinal)];
        Assert.Equal(Listeners, consumed.Select(span => span.Service));
        Assert.All(consumed, span => Assert.Equal(publish.Id, span.Parent));
        Assert.All(consumed, span => Assert.True(span.Start >= publish.Start && span.End > span.Start, "consumed before it was published"));
        return consumed;
    }

    private static bool IsConsume(Span span) => span.Name == "consume SaleCompleted";

    private static Func<Span, bool> IsRoot(Span[] spans) => span => !Array.Exists(spans, other => other.Id == span.Parent);
}
