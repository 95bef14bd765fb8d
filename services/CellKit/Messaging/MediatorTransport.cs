using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Mediator;
using Microsoft.Extensions.DependencyInjection;

namespace WebWaka.CellKit;

/// <summary>
/// Every Cell of one process, each with a MassTransit mediator of its own: the transport of Standalone. The one object that
/// the Cells' containers share.
/// </summary>
public sealed class MediatorTransport : Transport
{
    private readonly ConcurrentDictionary<string, Subscriber> _cells = new(StringComparer.Ordinal);

    private sealed record Subscriber(IMediator Mediator, HashSet<string> Types);

    /// <summary>Makes a Cell's mediator and lets the other Cells' events reach it from now on.</summary>
    internal void Join(string cell, IServiceProvider services, IReadOnlyList<Subscription> subscriptions) =>
        _cells[cell] = new Subscriber(
            services.GetRequiredService<IMediator>(), subscriptions.Select(s => s.Type).ToHashSet(StringComparer.Ordinal));

    internal static void AddTo(IServiceCollection services) => services.AddMediator(mediator => mediator.AddConsumer<EnvelopesConsumer>());

    public override async Task<IReadOnlyList<Undelivered>> Send(IReadOnlyList<Envelope> envelopes, CancellationToken ct)
    {
        // One Cell after the other: when the machine is full, what a customer waits for gets the rest of it.
        var undelivered = new List<Undelivered>();
        foreach (var (cell, subscriber) in _cells)
            undelivered.AddRange(await SendAll(cell, subscriber, envelopes, ct));
        return undelivered;
    }

    public override async Task<Undelivered?> SendTo(string cell, Envelope envelope, CancellationToken ct)
    {
        if (!_cells.TryGetValue(cell, out var subscriber))
            return new Undelivered(envelope, cell, "this Cell is not running in this process", Transient: true);
        return await Try(cell, subscriber, [envelope], ct) is { } error ? new Undelivered(envelope, cell, error.Message, Transient.Is(error)) : null;
    }

    private static async Task<List<Undelivered>> SendAll(string cell, Subscriber subscriber, IReadOnlyList<Envelope> envelopes, CancellationToken ct)
    {
        var undelivered = new List<Undelivered>();
        foreach (var group in envelopes.Where(e => subscriber.Types.Contains(e.Type)).GroupBy(e => e.Type, StringComparer.Ordinal))
        {
            var batch = group.ToList();
            if (await Try(cell, subscriber, batch, ct) is not { } failed)
                continue;
            // One event spoils the batch of all: find it by trying each alone.
            foreach (var envelope in batch)
            {
                var error = batch.Count == 1 ? failed : await Try(cell, subscriber, [envelope], ct);
                if (error is not null)
                    undelivered.Add(new Undelivered(envelope, cell, error.Message, Transient.Is(error)));
            }
        }

        return undelivered;
    }

    private static async Task<Exception?> Try(string cell, Subscriber subscriber, List<Envelope> batch, CancellationToken ct)
    {
        try
        {
            await subscriber.Mediator.Publish(new Envelopes(cell, batch), ct);
            return null;
        }
        catch (Exception error) when (!ct.IsCancellationRequested)
        {
            return error;
        }
    }
}

/// <summary>A batch on its way to one Cell's consumers.</summary>
public sealed record Envelopes(string Cell, IReadOnlyList<Envelope> Items);

/// <summary>The mediator's only consumer: finds the Cell's own for the type and runs it in the message's scope.</summary>
internal sealed class EnvelopesConsumer(IServiceProvider services, IEnumerable<Subscription> subscriptions) : IConsumer<Envelopes>
{
    public async Task Consume(ConsumeContext<Envelopes> context)
    {
        var type = context.Message.Items[0].Type;
        foreach (var subscription in subscriptions.Where(s => s.Type == type))
            await subscription.Consume(services, context.Message.Items, context.CancellationToken);
    }
}
