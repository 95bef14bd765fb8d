using System.Diagnostics;
using MassTransit;

namespace WebWaka.CellKit;

/// <summary>
/// One queue's events, in batches that grow with the load: whoever has the turn takes along all that waits for it. After a batch it
/// rests for twice as long as that took, so that sales have the machine and more gather, which costs less for each. It does not rest
/// when it falls behind. What does not belong here, or says two tenants, is kept for a person and never consumed.
/// </summary>
internal sealed class EventsConsumer(Intake intake, string cell, string type) : IConsumer<Bundle>
{
    /// <summary>Of these no more are taken along. The last message may bring some beyond it.</summary>
    private const int MostEvents = 1000;

    private const int Rest = 2;
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);
    private readonly string _queue = Broker.QueueOf(cell, type);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LinkedList<Arrived> _waiting = [];
    private TimeSpan _rest;

    private sealed record Arrived(ConsumeContext<Bundle> Message)
    {
        public bool Done { get; set; }

        public int Events => Message.Message.Events?.Count ?? 0;
    }

    public async Task Consume(ConsumeContext<Bundle> context)
    {
        var mine = new Arrived(context);
        lock (_waiting)
            _waiting.AddLast(mine);
        await _turn.WaitAsync(context.CancellationToken);
        try
        {
            if (mine.Done)
                return;
            await Task.Delay(_rest, context.CancellationToken);
            var started = Stopwatch.GetTimestamp();
            var batch = TakeAlong(mine);
            await Take(batch, context.CancellationToken);
            _rest = batch.Sum(arrived => arrived.Events) >= MostEvents ? TimeSpan.Zero : RestAfter(Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            _turn.Release();
        }
    }

    private static TimeSpan RestAfter(TimeSpan work) => work * Rest < LongestRest ? work * Rest : LongestRest;

    /// <summary>The oldest that wait, and this one in any case: when its turn fails, the others still have theirs.</summary>
    private List<Arrived> TakeAlong(Arrived mine)
    {
        lock (_waiting)
        {
            _waiting.Remove(mine);
            List<Arrived> batch = [mine];
            for (var events = mine.Events; _waiting.First is { Value: var next } && events < MostEvents; events += next.Events)
            {
                _waiting.RemoveFirst();
                batch.Add(next);
            }

            return batch;
        }
    }

    private async Task Take(List<Arrived> batch, CancellationToken ct)
    {
        var events = new List<Envelope>();
        foreach (var arrived in batch)
        {
            foreach (var (e, fault) in EventsOf(arrived.Message))
            {
                if (fault is not null)
                    await intake.SetAside(_queue, e, fault, hopeless: true, ct);
                else
                    events.Add(e);
            }
        }

        if (events.Count > 0)
            await intake.Take(_queue, events, ct);
        foreach (var arrived in batch)
            arrived.Done = true;
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
        if (e.Type != type)
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
