using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What a Cell tells of itself, and to whom it does not. What arrives at a collector is seen by tests/System.Tests.</summary>
public sealed class ObservingTests(CellsFixture cells)
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_an_endpoint_nothing_is_collected()
    {
        foreach (var cell in Wiring.Cells)
        {
            var services = cells.ServicesOf(cell);
            Assert.Null(services.GetService<TracerProvider>());
            Assert.Null(services.GetService<MeterProvider>());
            Assert.DoesNotContain(services.GetServices<IHostedService>(), service => service is Backlog);
        }

        Assert.DoesNotContain(Metrics.Instruments, instrument => instrument.Enabled);
    }

    [Fact]
    public void Each_recorded_event_of_a_batch_has_a_span_in_its_own_trace_and_all_are_linked_with_what_was_done_for_them()
    {
        using var listening = Listen(out var ended);
        var (first, second) = (Recorded(), Recorded());
        IReadOnlyList<Envelope> events = [Event(first), Event(null), Event(second), Event(NotRecorded())];
        Activity.Current = null;

        using (EventSpans.Begin("test", "consume", ActivityKind.Consumer, ref events))
            Assert.Equal("consume batch", Activity.Current?.OperationName);

        Assert.Null(Activity.Current);
        var spans = ended.Where(span => span.OperationName == "consume Told").ToList();
        Assert.Equal([first, second], spans.Select(span => span.ParentId));
        var batch = Assert.Single(ended, span => span.OperationName == "consume batch");
        Assert.Equal(spans.Select(span => span.SpanId), batch.Links.Select(link => link.Context.SpanId));
        Assert.All(spans, span => Assert.Equal(batch.SpanId, Assert.Single(span.Links).Context.SpanId));
        Assert.DoesNotContain(batch.TraceId, spans.Select(span => span.TraceId));
        // What goes on carries the new span; what is not recorded goes on as it came.
        Assert.Equal([spans[0].Id, null, spans[1].Id], events.Take(3).Select(e => e.Trace));
    }

    [Fact]
    public void What_is_done_for_the_only_recorded_event_is_in_its_trace()
    {
        using var listening = Listen(out var ended);
        var trace = Recorded();
        IReadOnlyList<Envelope> events = [Event(null), Event(trace)];
        using (EventSpans.Begin("test", "consume", ActivityKind.Consumer, ref events))
            Assert.Equal(trace, Activity.Current?.ParentId);
        Assert.Single(ended);
    }

    [Theory]
    [InlineData("""{"saleId":"0196f8a4-0000-7000-8000-000000000001","note":"x"}""", true)]
    [InlineData("""{"saleId":17}""", false)]
    [InlineData("""{"saleId":"none"}""", false)]
    [InlineData("""["saleId"]""", false)]
    [InlineData("{ this is no JSON", false)]
    public void A_log_line_about_an_event_names_its_sale_where_it_has_one(string payload, bool has)
    {
        var scope = LogScope.Of(Event(null) with { Payload = payload });
        Assert.Equal(has ? ["tenant", "sale"] : ["tenant"], scope.Select(pair => pair.Key));
    }

    [Fact]
    public void So_many_tenants_are_named_and_the_rest_are_one()
    {
        var values = Enumerable.Range(0, 3 * TenantTag.Most).Select(_ => (string)TenantTag.Of(Guid.CreateVersion7(Now)).Value!).ToList();
        Assert.InRange(values.Distinct().Count(), 1, TenantTag.Most + 1);
        Assert.Equal(TenantTag.Rest, values[^1]);
        Assert.Equal(TenantTag.Rest, TenantTag.Of(null).Value);
    }

    [Theory]
    [InlineData("no row of ada.o'neil+x@shop.example.com there", "no row of [removed] there")]
    [InlineData("call +234 803 123 4567 now", "call [removed] now")]
    [InlineData("card 4084084084084081 refused", "card [removed] refused")]
    [InlineData("token eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln refused", "token [removed] refused")]
    [InlineData("sale 0196f8a4-1234-7000-8000-123456789012 of 1250000 kobo", "sale 0196f8a4-1234-7000-8000-123456789012 of 1250000 kobo")]
    public void Others_words_in_an_error_report_name_nobody(string said, string sent) => Assert.Equal(sent, ErrorReports.Scrub(said));

    private static ActivityListener Listen(out List<Activity> ended)
    {
        var all = new List<Activity>();
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Observing.Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = all.Add,
        };
        ActivitySource.AddActivityListener(listener);
        ended = all;
        return listener;
    }

    private static Envelope Event(string? trace) => new(Guid.CreateVersion7(Now), Guid.CreateVersion7(Now), "Told", "{}", Now, trace);

    private static string Recorded() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";

    private static string NotRecorded() => $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
}
