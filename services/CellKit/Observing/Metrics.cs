using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace WebWaka.CellKit;

/// <summary>
/// Every number that the Cells and the gateway tell, by name. docs/operations.md says what each is for; dashboards and alerts in
/// docs/monitoring use these names. An instrument that nobody listens to costs next to nothing.
/// </summary>
public static class Metrics
{
    public const string Cell = Observing.CellTag;
    private static readonly double[] Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
    private static readonly Meter Meter = new(Observing.Source);
    private static readonly ConcurrentDictionary<string, Backlog.Reading> Readings = new(StringComparer.Ordinal);

    /// <summary>A sale from the Cell's door to its answer.</summary>
    public static readonly Histogram<double> SaleDuration = Seconds("webwaka.sale.duration", "How long a sale took, by how it ended");

    /// <summary>From the moment an event was written to the commit of what a consumer made of it.</summary>
    public static readonly Histogram<double> EventLag = Seconds("webwaka.event.lag", "From an event to the commit of its effect");

    /// <summary>Paystack's first answer, which the customer waits for.</summary>
    public static readonly Histogram<double> PaymentLatency =
        Seconds("webwaka.payment.latency", "Until Paystack answered the call that begins a payment");

    public static readonly Histogram<double> PaymentSettleTime =
        Seconds("webwaka.payment.settle_time", "From the beginning of a payment until its money is known");

    /// <summary>The success rate is its share of <c>settled</c>.</summary>
    public static readonly Counter<long> PaymentsEnded = Meter.CreateCounter<long>("webwaka.payment.ended", "{payment}", "Payments by how they ended");

    public static readonly Gauge<long> PaymentsUnknown =
        Meter.CreateGauge<long>("webwaka.payment.unknown", "{payment}", "Payments whose outcome nobody knows");

    public static readonly Histogram<double> WebhookLag =
        Seconds("webwaka.payment.webhook_lag", "From the arrival of Paystack's event to the end of the work on it");

    public static readonly Counter<long> RequestsLimited =
        Meter.CreateCounter<long>("webwaka.gateway.limited", "{request}", "Requests refused because of a limit");

    private static readonly Instrument[] Gauges =
    [
        Gauge("webwaka.outbox.rows", "{event}", "Events in the outbox", reading => [new(reading.Rows, CellTag(reading))]),
        Gauge("webwaka.outbox.age", "s", "Age of the oldest event in the outbox", reading => [new(reading.Age, CellTag(reading))]),
        Gauge("webwaka.dead.letters", "{event}", "Events that could not be taken, by whether they are tried again", reading =>
        [
            new(reading.Retried, CellTag(reading), new("state", "retried")), new(reading.Dead, CellTag(reading), new("state", "dead")),
        ]),
        Gauge("webwaka.queue.depth", "{message}", "Messages that wait in the broker's queues", reading =>
            reading.Queues.Select(queue => new Measurement<double>(queue.Messages, CellTag(reading), new("queue", queue.Name)))),
    ];

    /// <summary>All there are.</summary>
    public static readonly Instrument[] Instruments =
        [SaleDuration, EventLag, PaymentLatency, PaymentSettleTime, PaymentsEnded, PaymentsUnknown, WebhookLag, RequestsLimited, .. Gauges];

    /// <summary>Of the libraries' own, those that dashboards and alerts rely on.</summary>
    public static readonly string[] NamesOfOthers =
        ["http.server.request.duration", "db.client.operation.duration", "dotnet.process.cpu.time", "dotnet.process.memory.working_set"];

    /// <summary>How long these have been on their way, now that what they cause is committed.</summary>
    internal static void Taken(CellContext cell, string type, IReadOnlyList<Envelope> events)
    {
        if (!EventLag.Enabled)
            return;
        var now = cell.Clock.GetUtcNow();
        foreach (var e in events)
            EventLag.Record(Math.Max(0, (now - e.At).TotalSeconds), new(Cell, cell.Name), new("event", type), TenantTag.Of(e.TenantId));
    }

    internal static void Tell(string cell, Backlog.Reading? reading)
    {
        if (reading is null)
            Readings.TryRemove(cell, out _);
        else
            Readings[cell] = reading;
    }

    private static KeyValuePair<string, object?> CellTag(Backlog.Reading reading) => new(Cell, reading.Cell);

    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets });

    private static ObservableGauge<double> Gauge(
        string name, string unit, string description, Func<Backlog.Reading, IEnumerable<Measurement<double>>> read) =>
        Meter.CreateObservableGauge(name, () => Readings.Values.SelectMany(read), unit, description);
}
