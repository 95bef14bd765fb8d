using System.Diagnostics;
using System.Globalization;
using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Distributed.Tests;

/// <summary>Standalone has a container for each Cell and tells of all of them once.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class OneProcessTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("webwaka-standalone-").FullName;
    private readonly int _port = FreePort.Choose();
    private Collector _collector = null!;
    private Part _standalone = null!;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        _collector = await Collector.Start();
        _standalone = new Part(
            "standalone", "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Standalone.dll"), "--data", Path.Combine(_folder, "data"),
                "--port", _port.ToString(CultureInfo.InvariantCulture),
            ],
            _collector.VariablesFor(grpc: false).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal), _folder);
        await _standalone.Start(() => Task.FromResult(_standalone.HasSaid("is ready after", 0)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_standalone.Running)
            await _standalone.Stop();
        await _standalone.DisposeAsync();
        await _collector.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_sale_in_one_process_is_one_trace_in_which_no_span_is_told_twice()
    {
        var shop = await Shop.Open([new Uri($"http://127.0.0.1:{_port}")], "solo");
        using var till = new Activity("till") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        till.Start();
        await shop.Sell(1);
        till.Stop();
        var trace = till.TraceId.ToHexString();
        await Wait.Until(() => Spans(trace).Count(span => span.Name == "consume SaleCompleted") >= 4, () => $"{Spans(trace).Length} spans");
        await Task.Delay(1500);

        var spans = Spans(trace);
        Assert.Equal(spans.Select(span => span.Id).Distinct().Count(), spans.Length);
        Assert.All(spans, span => Assert.Equal("standalone", span.Service));
        Assert.Equal(
            [Wiring.History, Wiring.Inventory, Wiring.Payments, Wiring.Promotions],
            spans.Where(span => span.Name == "consume SaleCompleted").Select(span => span.Tags[Metrics.Cell]).Order());
        var root = Assert.Single(spans, span => !Array.Exists(spans, other => other.Id == span.Parent));
        Assert.Equal(Wiring.Gateway, root.Tags[Metrics.Cell]);
        var sale = Assert.Single(spans, span => span.Tags.ContainsKey("webwaka.sale"));
        Assert.Equal(Wiring.Transaction, sale.Tags[Metrics.Cell]);
        Assert.Contains(spans, span => span.Parent == sale.Id && span.Tags.ContainsKey("db.system.name") && span.Tags[Metrics.Cell] == Wiring.Transaction);
        await Wait.Until(
            () => _collector.Numbers.Values.Any(n => n.Name == "webwaka.outbox.rows" && n.Tags[Metrics.Cell] == Wiring.Transaction)
                && _collector.Numbers.Values.Any(n => n.Name == "webwaka.sale.duration"),
            () => "the numbers of the Cells");
    }

    private Span[] Spans(string trace) => [.. _collector.Spans.Where(span => span.Trace == trace)];
}
