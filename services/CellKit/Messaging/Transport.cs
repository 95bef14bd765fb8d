namespace WebWaka.CellKit;

/// <summary>An event that did not reach a Cell, and why. <c>Transient</c>: a database that is away, not the event's fault.</summary>
public sealed record Undelivered(Envelope Envelope, string Cell, string Error, bool Transient);

/// <summary>Messages that wait in one queue.</summary>
internal sealed record QueueDepth(string Name, long Messages);

/// <summary>
/// How events leave a Cell. Inside one process the mediator hands them to each subscribed Cell; between processes a broker
/// does. When <see cref="Send"/> returns, every event is in safe hands but for those it names.
/// </summary>
public abstract class Transport
{
    /// <summary>Done before a transaction is begun that would only wait; throws while the broker is away.</summary>
    public virtual Task Prepare(CancellationToken ct) => Task.CompletedTask;

    /// <summary>How many messages wait in the queues of these types that a Cell listens to, and in its dead one; none where there are no queues.</summary>
    internal virtual Task<IReadOnlyList<QueueDepth>> Depths(string cell, IReadOnlyList<string> types, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<QueueDepth>>([]);

    public abstract Task<IReadOnlyList<Undelivered>> Send(IReadOnlyList<Envelope> envelopes, CancellationToken ct);

    /// <summary>One event again, to the one Cell that could not take it.</summary>
    public abstract Task<Undelivered?> SendTo(string cell, Envelope envelope, CancellationToken ct);
}
