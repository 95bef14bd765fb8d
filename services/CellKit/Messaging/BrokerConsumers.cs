using MassTransit;

namespace WebWaka.CellKit;

/// <summary>
/// One queue's events, in batches (<see cref="Turns{T}"/>). What does not belong here, or says two tenants, is kept for a person and never
/// consumed.
/// </summary>
internal sealed class EventsConsumer : IConsumer<Bundle>
{
    private readonly Intake _intake;
    private readonly string _type;
    private readonly string _queue;
    private readonly Turns<ConsumeContext<Bundle>> _turns;

    public EventsConsumer(Intake intake, string cell, string type)
    {
        (_intake, _type, _queue) = (intake, type, Broker.QueueOf(cell, type));
        _turns = new(message => message.Message.Events?.Count ?? 0, Take);
    }

    public Task Consume(ConsumeContext<Bundle> context) => _turns.Take(context, context.CancellationToken);

    private async Task Take(IReadOnlyList<ConsumeContext<Bundle>> messages, CancellationToken ct)
    {
        var events = new List<Envelope>();
        foreach (var message in messages)
        {
            foreach (var (e, fault) in EventsOf(message))
            {
                if (fault is not null)
                    await _intake.SetAside(_queue, e, fault, hopeless: true, ct);
                else
                    events.Add(e);
            }
        }

        if (events.Count > 0)
            await _intake.Take(_queue, events, ct);
    }

    /// <summary>Each event, and what is wrong with it.</summary>
    private IEnumerable<(Envelope Event, string? Fault)> EventsOf(ConsumeContext<Bundle> message)
    {
        var tenants = message.Headers.Get<string>(Broker.TenantHeader)?.Split(',') ?? [];
        return Unread.EventsOf(message).Select((e, n) => (e, FaultOf(e, tenants.ElementAtOrDefault(n))));
    }

    private string? FaultOf(Envelope e, string? tenant)
    {
        if (e.EventId == Guid.Empty || e.TenantId == Guid.Empty)
            return "it is no event";
        if (e.Type != _type)
            return $"it says that it is {e.Type}";
        return tenant == e.TenantId.ToString() ? null : "its header names another tenant than it does itself";
    }
}

/// <summary>What the broker has given up on: delivered again and again, and never answered.</summary>
internal sealed class DeadQueueConsumer(Intake intake, string cell) : IConsumer<Bundle>
{
    public async Task Consume(ConsumeContext<Bundle> context)
    {
        foreach (var e in Unread.EventsOf(context))
            await intake.SetAside(Broker.DeadQueueOf(cell), e, "the broker gave up on delivering it", hopeless: false, context.CancellationToken);
    }
}

/// <summary>A message that could not be read at all.</summary>
internal sealed class UnreadableFilter(Intake intake) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        // A process that stops leaves what it holds to the next one.
        if (context.Exception is OperationCanceledException)
            throw context.Exception;
        var why = context.Exception.GetBaseException().Message;
        await intake.SetAside(Unread.QueueOf(context), Unread.Of(null, context), why, hopeless: true, context.CancellationToken);
        context.AddOrUpdatePayload(() => new Unread.Kept(), kept => kept);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unreadable");
}

/// <summary>A message that no consumer asked for: JSON, but no object. What could not be read comes by here too, and is kept already.</summary>
internal sealed class SkippedFilter(Intake intake) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) => context.HasPayloadType(typeof(Unread.Kept))
        ? Task.CompletedTask
        : intake.SetAside(Unread.QueueOf(context), Unread.Of(null, context), "no consumer asked for it", hopeless: true, context.CancellationToken);

    public void Probe(ProbeContext context) => context.CreateFilterScope("skipped");
}

/// <summary>What can be kept of a message that cannot be believed: its text, under no tenant.</summary>
internal static class Unread
{
    private const int LongestText = 1_000_000;

    /// <summary>On the context of a message that is in <c>dead_letter</c>.</summary>
    public sealed record Kept;

    public static string QueueOf(ReceiveContext context) => context.InputAddress.AbsolutePath.Split('/')[^1];

    /// <summary>A message's events, each as it can be kept: one that is none, and a message without any, by the message's text.</summary>
    public static IEnumerable<Envelope> EventsOf(ConsumeContext<Bundle> message) =>
        message.Message.Events is { Count: > 0 } events ? events.Select(e => Of(e, message.ReceiveContext)) : [Of(null, message.ReceiveContext)];

    public static Envelope Of(Envelope? read, ReceiveContext context)
    {
        if (read is { Payload: not null, Type: not null })
            return read;
        var text = context.Body.GetString().Replace('\0', '\uFFFD');
        return new Envelope(
            Guid.Empty, context.GetMessageId() ?? Guid.Empty, read?.Type ?? "unknown", text.Length <= LongestText ? text : text[..LongestText],
            new DateTimeOffset(context.GetSentTime() ?? DateTime.UnixEpoch, TimeSpan.Zero), Trace: null);
    }
}
