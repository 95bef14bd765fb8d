using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What comes from the broker has its effect, waits for the database, or is set aside alone; nothing is forgotten.</summary>
[Collection(nameof(Probe))]
public sealed class IntakeTests(Probe probe) : IAsyncLifetime
{
    private const string Queue = "probe.Noted";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly Guid _tenant = Probe.NewId();
    private readonly NpgsqlDataSource _relay = probe.Relay();
    private int _tries;

    public async ValueTask InitializeAsync() => await probe.Run("TRUNCATE probe.dead_letter");

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    [Fact]
    public async Task A_poisoned_event_is_set_aside_and_the_others_of_its_batch_are_taken()
    {
        using var intake = Make(batch => batch.Any(e => e.Payload.Contains("poison")) ? new FormatException("it is poison") : null);
        string[] texts = [.. Enumerable.Range(0, 50).Select(n => n == 20 ? "poison" : $"{n:00}")];
        await intake.Take(Queue, [.. texts.Select(Event)], CancellationToken.None);
        Assert.Equal(texts.Where(text => text != "poison"), _heard);
        const string Poison = "SELECT count(*) FROM probe.dead_letter WHERE tenant_id = $1 AND error = 'it is poison' AND NOT dead";
        Assert.Equal(1L, await probe.Scalar<long>(Poison, _tenant));
        Assert.Equal(1L, await probe.Scalar<long>("SELECT count(*) FROM probe.dead_letter"));
    }

    [Fact]
    public async Task While_the_database_is_away_a_batch_waits_and_nothing_is_set_aside()
    {
        using var intake = Make(_ => ++_tries <= 6 ? new NpgsqlException("Failed to connect", new SocketException(111)) : null);
        await Pass(intake.Take(Queue, [Event("one"), Event("two")], CancellationToken.None));
        Assert.Equal(["one", "two"], _heard);
        Assert.Equal(7, _tries);
        Assert.Equal(0L, await probe.Scalar<long>("SELECT count(*) FROM probe.dead_letter"));
    }

    [Fact]
    public async Task An_event_that_times_out_for_ever_while_the_database_answers_does_not_hold_back_the_others_for_ever()
    {
        using var intake = Make(batch => batch.Any(e => e.Payload.Contains("slow")) ? new TimeoutException("too slow") : null);
        await Pass(intake.Take(Queue, [Event("one"), Event("slow"), Event("two")], CancellationToken.None));
        Assert.Equal(["one", "two"], _heard);
        Assert.Equal("too slow", await probe.Scalar<string>("SELECT error FROM probe.dead_letter"));
    }

    [Fact]
    public async Task What_was_set_aside_is_tried_again_and_gone_when_it_was_taken()
    {
        using var intake = Make(_ => ++_tries <= 3 ? new FormatException("not yet") : null);
        await intake.Take(Queue, [Event("one")], CancellationToken.None);
        await intake.StartAsync(CancellationToken.None);
        for (var looks = 0; await probe.Scalar<long>("SELECT count(*) FROM probe.dead_letter") > 0; looks++)
        {
            Assert.True(looks < 200, "it is still there");
            _clock.Advance(TimeSpan.FromMinutes(6));
            await Task.Delay(100);
        }

        await intake.StopAsync(CancellationToken.None);
        Assert.Equal(["one"], _heard);
        Assert.Equal(4, _tries);
    }

    [Fact]
    public async Task What_is_hopeless_waits_for_a_person_and_is_never_tried()
    {
        using var intake = Make(_ => null);
        await intake.SetAside(Queue, Event("forged"), "another tenant", hopeless: true, CancellationToken.None);
        await intake.StartAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(1));
        await Task.Delay(2500);
        await intake.StopAsync(CancellationToken.None);
        Assert.Empty(_heard);
        Assert.True(await probe.Scalar<bool>("SELECT dead FROM probe.dead_letter"));
    }

    [Fact]
    public void An_envelope_travels_with_its_payload_as_it_is_to_the_byte()
    {
        var sent = Event("x") with { Payload = """{"price":"1.50","note":"naïve ₦","n":1e3}""", Trace = "00-1-2-01" };
        var text = JsonSerializer.Serialize(sent, Json.Options);
        Assert.Equal(sent, JsonSerializer.Deserialize<Envelope>(text, Json.Options));
    }

    [Fact]
    public void A_Cell_that_listens_to_other_events_than_the_routes_say_does_not_start()
    {
        EventRoutes.MustBe(Wiring.Tax, ["ProductChanged", "TenantSettingsChanged"]);
        Assert.Throws<InvalidOperationException>(() => EventRoutes.MustBe(Wiring.Tax, ["TenantSettingsChanged"]));
        Assert.Throws<InvalidOperationException>(() => EventRoutes.MustBe(Wiring.Tax, ["ProductChanged", "TenantSettingsChanged", "SaleCompleted"]));
    }

    private Envelope Event(string text) =>
        new(_tenant, Probe.NewId(), nameof(Noted), JsonSerializer.Serialize(new Noted(Probe.NewId(), text), Json.Options), _clock.GetUtcNow(), Trace: null);

    private Intake Make(Func<IReadOnlyList<Envelope>, Exception?> fault)
    {
        var subscription = new Subscription(nameof(Noted), typeof(Noted), typeof(IntakeTests), (_, envelopes, _) =>
        {
            if (fault(envelopes) is { } error)
                throw error;
            foreach (var delivery in Deliveries<Noted>.Of(envelopes).Items)
                _heard.Enqueue(delivery.Event.Text);
            return Task.CompletedTask;
        });
        var scopes = new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>();
        return new Intake(new CellContext(ProbeDb.Schema, _clock, new OutboxSignal()), scopes, [subscription], _relay, NullLogger<Intake>.Instance);
    }

    /// <summary>Time passes until it is done.</summary>
    private async Task Pass(Task work)
    {
        for (var looks = 0; !work.IsCompleted; looks++)
        {
            Assert.True(looks < 300, "it is not done in 15 seconds");
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(50);
        }

        await work;
    }
}
