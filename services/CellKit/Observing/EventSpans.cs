using System.Diagnostics;

namespace WebWaka.CellKit;

/// <summary>
/// The spans of events that travel in company. Each event keeps its own trace, from the request that wrote it to the commit of
/// each consumer: a span for each, however many share the work. What is done for all of them at once (the commands in the
/// database) is under the only span there is, or under a span of the batch that each is linked with.
/// </summary>
internal sealed class EventSpans : IDisposable
{
    private static readonly EventSpans None = new(before: null, batch: null, []);
    private readonly Activity? _before;
    private readonly Activity? _batch;
    private readonly List<Activity> _spans;

    private EventSpans(Activity? before, Activity? batch, List<Activity> spans) => (_before, _batch, _spans) = (before, batch, spans);

    /// <summary>Begins the spans of those events whose trace is recorded.</summary>
    /// <param name="events">Each then carries its new span's context, for whoever gets it next.</param>
    public static EventSpans Begin(string cell, string what, ActivityKind kind, ref IReadOnlyList<Envelope> events)
    {
        if (!Telemetry.Source.HasListeners())
            return None;
        var before = Activity.Current;
        var (spans, told) = (new List<Activity>(), new List<Envelope>(events.Count));
        foreach (var e in events)
        {
            Activity.Current = null;
            var span = Telemetry.IsRecorded(e.Trace, out var parent) ? Telemetry.Source.StartActivity($"{what} {e.Type}", kind, parent) : null;
            span?.SetTag(Observing.CellTag, cell).SetTag("messaging.message.id", e.EventId).SetTag("webwaka.tenant", e.TenantId);
            told.Add(span is null ? e : e with { Trace = span.Id });
            if (span is not null)
                spans.Add(span);
        }

        Activity.Current = before;
        if (spans.Count == 0)
            return None;
        events = told;
        return new EventSpans(before, kind == ActivityKind.Consumer ? Shared(cell, what, spans, events.Count) : null, spans);
    }

    /// <summary>The one span, or one for all of them, becomes the parent of what is done now.</summary>
    private static Activity? Shared(string cell, string what, List<Activity> spans, int events)
    {
        foreach (var span in spans)
            span.SetTag("messaging.batch.message_count", events);
        if (spans.Count == 1)
        {
            Activity.Current = spans[0];
            return null;
        }

        Activity.Current = null;
        var batch = Telemetry.Source.StartActivity(
            $"{what} batch", ActivityKind.Internal, default(ActivityContext), links: spans.Select(span => new ActivityLink(span.Context)));
        batch?.SetTag(Observing.CellTag, cell).SetTag("messaging.batch.message_count", events);
        foreach (var span in spans)
        {
            if (batch is not null)
                span.AddLink(new ActivityLink(batch.Context));
        }

        return batch;
    }

    public void Fail(Exception error)
    {
        foreach (var span in _spans)
            span.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
    }

    public void Dispose()
    {
        if (_spans.Count == 0)
            return;
        _batch?.Dispose();
        foreach (var span in _spans)
            span.Dispose();
        Activity.Current = _before;
    }
}
