using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>The probe's outbox with as many dispatchers as a test wants, on a clock that the test moves, and its subscribers.</summary>
internal sealed class PostOffice(Probe probe) : IAsyncDisposable
{
    private readonly MediatorTransport _transport = new();
    private readonly List<(OutboxDispatcher Dispatcher, NpgsqlDataSource Relay)> _dispatchers = [];
    private readonly OutboxSignal _signal = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));

    public Guid Tenant { get; } = Probe.NewId();

    public Crowd Crowd { get; init; } = new(TimeProvider.System);

    private CellContext Context => new(ProbeDb.Schema, Clock, _signal);

    /// <summary>Nothing of earlier tests is in the queues.</summary>
    public static async Task<PostOffice> Open(Probe probe, Crowd? crowd = null)
    {
        await probe.Run("TRUNCATE probe.outbox, probe.outbox_delivery, probe.inbox");
        return new PostOffice(probe) { Crowd = crowd ?? new Crowd(TimeProvider.System) };
    }

    public ProbeDb Db() => probe.Db(Context);

    /// <summary>A Cell that takes what the probe publishes; what it throws is its failure.</summary>
    public ConcurrentQueue<string> Subscribe(string cell, Func<IReadOnlyList<Envelope>, Task>? take = null)
    {
        var heard = new ConcurrentQueue<string>();
        var subscription = new Subscription(nameof(Noted), typeof(Noted), typeof(PostOffice), async (_, envelopes, _) =>
        {
            await (take?.Invoke(envelopes) ?? Task.CompletedTask);
            foreach (var delivery in Deliveries<Noted>.Of(envelopes).Items)
                heard.Enqueue(delivery.Event.Text);
        });
        var services = new ServiceCollection().AddLogging().AddSingleton(subscription);
        MediatorTransport.AddTo(services);
        _transport.Join(cell, services.BuildServiceProvider(), [subscription]);
        return heard;
    }

    /// <summary>Takes each event once in effect: a thing of its name.</summary>
    public async Task MakeThings(IReadOnlyList<Envelope> envelopes)
    {
        await using var db = Db();
        await db.ConsumeOnce("things", Deliveries<Noted>.Of(envelopes), fresh =>
        {
            db.Things.AddRange(fresh.Select(delivery => new ThingRow { TenantId = delivery.TenantId, Id = Probe.NewId(), Name = delivery.Event.Text }));
            return Task.CompletedTask;
        }, CancellationToken.None);
    }

    public async Task Publish(params string[] texts)
    {
        await using var db = Db();
        await db.InTenant(Tenant, () =>
        {
            foreach (var text in texts)
                db.Publish(new Noted(Probe.NewId(), text));
            return Task.FromResult(true);
        }, CancellationToken.None);
    }

    public async Task StartDispatchers(int count = 1)
    {
        for (var i = 0; i < count; i++)
        {
            var relay = probe.Relay();
            var dispatcher = new OutboxDispatcher(Context, relay, _transport, Crowd, NullLogger<OutboxDispatcher>.Instance);
            _dispatchers.Add((dispatcher, relay));
            await dispatcher.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Lets the dispatchers work, and this much time pass at each look, until it is so; fails when it does not become so.</summary>
    public async Task Until(Func<Task<bool>> so, TimeSpan pass = default)
    {
        for (var tries = 0; !await so(); tries++)
        {
            Assert.True(tries < 600, "it did not become so in 30 seconds");
            if (pass > TimeSpan.Zero)
                Clock.Advance(pass);
            _signal.Raise();
            await Task.Delay(50);
        }
    }

    public Task<long> Waiting(string table) => probe.Scalar<long>($"SELECT count(*) FROM probe.{table}");

    public async ValueTask DisposeAsync()
    {
        foreach (var (dispatcher, relay) in _dispatchers)
        {
            await dispatcher.StopAsync(CancellationToken.None);
            dispatcher.Dispose();
            await relay.DisposeAsync();
        }
    }
}
