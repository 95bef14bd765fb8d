using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>An event reaches every subscribed Cell if and only if its transaction committed, whoever fails or dies on the way.</summary>
[Collection(nameof(Probe))]
public sealed class OutboxTests(Probe probe)
{
    private static readonly TimeSpan LongerThanAnyBackoff = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task An_event_is_delivered_after_its_commit_and_never_after_a_rollback()
    {
        await using var post = await PostOffice.Open(probe);
        var heard = post.Subscribe("ear");
        await post.StartDispatchers();
        await using var db = post.Db();
        var refused = await db.InTenant<bool>(post.Tenant, async () =>
        {
            db.Publish(new Noted(Probe.NewId(), "refused"));
            await db.SaveChangesAsync();
            return CommonProblems.NotFound;
        }, CancellationToken.None);
        Assert.False(refused.Ok);
        await Assert.ThrowsAsync<FormatException>(() => db.InTenant<bool>(post.Tenant, async () =>
        {
            db.Publish(new Noted(Probe.NewId(), "failed"));
            await db.SaveChangesAsync();
            throw new FormatException();
        }, CancellationToken.None));

        await post.Publish("kept");

        await post.Until(async () => !heard.IsEmpty && await post.Waiting("outbox") == 0);
        Assert.Equal(["kept"], heard);
    }

    [Fact]
    public async Task Events_of_one_commit_arrive_in_order()
    {
        await using var post = await PostOffice.Open(probe);
        var heard = post.Subscribe("ear");
        string[] texts = [.. Enumerable.Range(0, 1000).Select(n => n.ToString("000"))];
        await post.Publish(texts);
        await post.StartDispatchers();
        await post.Until(() => Task.FromResult(heard.Count >= texts.Length));
        Assert.Equal(texts, heard);
    }

    [Fact]
    public async Task An_event_whose_commit_comes_after_that_of_a_later_one_is_delivered()
    {
        await using var post = await PostOffice.Open(probe);
        var heard = post.Subscribe("ear");
        await post.StartDispatchers();
        await using var slow = post.Db();
        await slow.InTenant(post.Tenant, async () =>
        {
            slow.Publish(new Noted(Probe.NewId(), "first written"));
            await slow.SaveChangesAsync();
            await post.Publish("second written");
            await post.Until(() => Task.FromResult(heard.Count == 1));
            return true;
        }, CancellationToken.None);
        await post.Until(() => Task.FromResult(heard.Count == 2));
        Assert.Equal(["second written", "first written"], heard);
    }

    [Fact]
    public async Task While_customers_stand_in_line_events_gather_for_longer()
    {
        await using var post = await PostOffice.Open(probe, CrowdWhoseTimeStandsStill());
        var times = new ConcurrentQueue<long>();
        post.Subscribe("ear", _ =>
        {
            times.Enqueue(Stopwatch.GetTimestamp());
            return Task.CompletedTask;
        });
        await post.StartDispatchers();
        await post.Publish("one");
        await post.Until(() => Task.FromResult(times.Count == 1));
        await post.Publish("two");

        await post.Until(() => Task.FromResult(times.Count == 2));

        Assert.InRange(Stopwatch.GetElapsedTime(times.First(), times.Last()).TotalSeconds, 0.38, 60);
    }

    private static Crowd CrowdWhoseTimeStandsStill()
    {
        var clock = new FakeTimeProvider();
        var crowd = new Crowd(clock);
        for (var tenth = 0; tenth < 20; tenth++)
        {
            crowd.Arrive(waits: true);
            clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        return crowd;
    }

    [Fact]
    public async Task The_outbox_is_taken_by_its_key_also_by_a_plan_made_while_it_was_empty()
    {
        await using var post = await PostOffice.Open(probe);
        await post.Publish("one");
        await probe.Run("ANALYZE probe.outbox");
        await using var relay = probe.Relay();
        await using var command = relay.CreateCommand($"EXPLAIN {OutboxDispatcher.TakeFrom("probe").Replace("$1", "0", StringComparison.Ordinal)}");
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Cell_that_fails_holds_back_no_other_and_is_tried_again_when_its_time_has_come()
    {
        await using var post = await PostOffice.Open(probe);
        var tries = 0;
        var good = post.Subscribe("good");
        var bad = post.Subscribe("bad", _ => ++tries <= 3 ? throw new FormatException("not yet") : Task.CompletedTask);
        await post.StartDispatchers();
        await post.Publish("one");
        await post.Until(async () => await post.Waiting("outbox_delivery") == 1);
        Assert.Equal(["one"], good);
        Assert.Equal(1, tries);

        // No time passes, so it is not tried; the other Cell goes on hearing meanwhile.
        tries = 10;
        await post.Publish("two");
        await post.Until(() => Task.FromResult(good.Count == 2));
        Assert.Equal(["two"], bad);
        Assert.Equal("not yet", await probe.Scalar<string>("SELECT error FROM probe.outbox_delivery"));

        tries = 1;
        await post.Until(async () => await post.Waiting("outbox_delivery") == 0, LongerThanAnyBackoff);
        Assert.Equal(["two", "one"], bad);
        Assert.Equal(4, tries);
        Assert.Equal(["one", "two"], good);
    }

    [Fact]
    public async Task After_the_last_attempt_an_event_is_dead_kept_with_its_error_and_left_alone()
    {
        await using var post = await PostOffice.Open(probe);
        var tries = 0;
        post.Subscribe("bad", _ => throw new FormatException($"try {++tries}"));
        await post.StartDispatchers();
        await post.Publish("one");
        await post.Until(() => probe.Scalar<bool>("SELECT coalesce((SELECT dead FROM probe.outbox_delivery), false)"), LongerThanAnyBackoff);
        Assert.Equal(12, tries);
        Assert.Equal("try 12", await probe.Scalar<string>("SELECT error FROM probe.outbox_delivery WHERE attempts = 12"));

        await post.Publish("two");
        await post.Until(async () => await probe.Scalar<long>("SELECT count(*) FROM probe.outbox_delivery WHERE dead") == 2, LongerThanAnyBackoff);
        Assert.Equal(24, tries);
    }

    [Fact]
    public async Task A_database_that_is_away_uses_up_no_attempt()
    {
        await using var post = await PostOffice.Open(probe);
        var tries = 0;
        var refused = new NpgsqlException("Failed to connect", new SocketException(111));
        var heard = post.Subscribe("slow", _ => ++tries <= 40 ? throw (tries % 2 == 0 ? new TimeoutException() : refused) : Task.CompletedTask);
        await post.StartDispatchers();
        await post.Publish("one");
        await post.Until(() => Task.FromResult(!heard.IsEmpty), LongerThanAnyBackoff);
        Assert.Equal(41, tries);
        await post.Until(async () => await post.Waiting("outbox_delivery") == 0);
    }

    [Fact]
    public async Task A_poisoned_event_in_a_batch_stops_none_of_the_others()
    {
        await using var post = await PostOffice.Open(probe);
        var heard = post.Subscribe("ear", batch =>
            batch.Any(e => e.Payload.Contains("poison", StringComparison.Ordinal)) ? throw new FormatException() : Task.CompletedTask);
        string[] texts = [.. Enumerable.Range(0, 100).Select(n => n == 50 ? "poison" : $"{n:00}")];
        await post.Publish(texts);
        await post.StartDispatchers();
        await post.Until(async () => await post.Waiting("outbox") == 0);
        Assert.Equal(texts.Where(text => text != "poison"), heard);
        Assert.Contains("poison", await probe.Scalar<string>("SELECT payload FROM probe.outbox_delivery"));
    }

    [Fact]
    public async Task Two_dispatchers_deliver_everything_once_in_effect()
    {
        await using var post = await PostOffice.Open(probe);
        post.Subscribe("things", post.MakeThings);
        await post.StartDispatchers(count: 2);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => post.Publish([.. Enumerable.Range(0, 100).Select(m => $"{n} {m}")])));
        await post.Until(async () => await post.Waiting("outbox") + await post.Waiting("outbox_delivery") == 0, TimeSpan.FromSeconds(3));
        Assert.Equal(2000L, await probe.Things(post.Tenant));
        Assert.Equal(2000L, await probe.Scalar<long>("SELECT count(DISTINCT name) FROM probe.thing WHERE tenant_id = $1", post.Tenant));
    }

    [Fact]
    public async Task A_dispatcher_that_dies_between_taking_and_committing_delivers_again()
    {
        await using var post = await PostOffice.Open(probe);
        var deliveries = 0;
        post.Subscribe("things", async batch =>
        {
            await post.MakeThings(batch);
            if (++deliveries == 1)
                await probe.Run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'probe_relay' AND datname = current_database()");
        });
        await post.StartDispatchers();
        await post.Publish("one");
        await post.Until(() => Task.FromResult(deliveries == 2), TimeSpan.FromSeconds(3));
        await post.Until(async () => await post.Waiting("outbox") == 0);
        Assert.Equal(1L, await probe.Things(post.Tenant));
    }

    [Fact]
    public async Task What_a_stopped_process_left_the_next_one_delivers()
    {
        await using (var first = await PostOffice.Open(probe))
            await first.Publish("left");
        await using var second = new PostOffice(probe);
        var heard = second.Subscribe("ear");
        await second.StartDispatchers();
        await second.Until(() => Task.FromResult(!heard.IsEmpty));
        Assert.Equal(["left"], heard);
    }
}
