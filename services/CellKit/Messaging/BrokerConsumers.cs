using MassTransit;

namespace WebWaka.CellKit;

/// <summary>A batch from one queue. What does not belong there, or says two tenants, is kept for a person and never consumed.</summary>
internal sealed class EventsConsumer(Intake intake, string cell, string type) : IConsumer<Batch<Envelope>>
{
    public async Task Consume(ConsumeContext<Batch<Envelope>> context)
    {
        var queue = Broker.QueueOf(cell, type);
        var batch = new List<Envelope>(context.Message.Length);
        foreach (var message in context.Message)
        {
            if (FaultOf(message) is { } fault)
                await intake.SetAside(queue, Unread.Of(message.Message, message.ReceiveContext), fault, hopeless: true, context.CancellationToken);
            else
                batch.Add(message.Message);
        }

        if (batch.Count > 0)
            await intake.Take(queue, batch, context.CancellationToken);
    }

    private string? FaultOf(ConsumeContext<Envelope> message)
    {
        var e = message.Message;
        if (e.Payload is null || e.EventId == Guid.Empty || e.TenantId == Guid.Empty)
            return "it is no event";
        if (e.Type != type)
            return $"it says that it is {e.Type}";
        return message.Headers.Get<string>(Broker.TenantHeader) == e.TenantId.ToString() ? null : "its header names another tenant than it does itself";
    }
}

/// <summary>What the broker has given up on: delivered again and again, and never answered.</summary>
internal sealed class DeadQueueConsumer(Intake intake, string cell) : IConsumer<Envelope>
{
    public Task Consume(ConsumeContext<Envelope> context) => intake.SetAside(
        Broker.DeadQueueOf(cell), Unread.Of(context.Message, context.ReceiveContext), "the broker gave up on delivering it", hopeless: false,
        context.CancellationToken);
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
