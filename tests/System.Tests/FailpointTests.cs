namespace WebWaka.Distributed.Tests;

/// <summary>kill -9 at every named place (ServiceDefaults/Failpoints.cs), under load.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class FailpointTests(DistributedSystem system)
{
    private const int KilledBy9 = 128 + 9;

    /// <summary>Who is killed there, when it comes by for which time.</summary>
    private static readonly (Failpoint Point, string Service, int Time)[] Driven =
    [
        (Failpoint.BeforeSaleCommit, Wiring.Transaction, 10),
        (Failpoint.AfterSaleCommit, Wiring.Transaction, 10),
        (Failpoint.BeforeVoidCommit, Wiring.Transaction, 1),
        (Failpoint.AfterVoidCommit, Wiring.Transaction, 1),
        (Failpoint.BeforeRefundCommit, Wiring.Transaction, 1),
        (Failpoint.AfterRefundCommit, Wiring.Transaction, 1),
        (Failpoint.BeforeShiftCloseCommit, Wiring.Transaction, 1),
        (Failpoint.AfterShiftCloseCommit, Wiring.Transaction, 1),
        (Failpoint.BeforeCommit, Wiring.Transaction, 1),
        (Failpoint.AfterCommit, Wiring.Transaction, 1),
        (Failpoint.BeforeWebhookStored, Wiring.Payments, 1),
        (Failpoint.AfterWebhookStored, Wiring.Payments, 1),
        (Failpoint.BeforeWebhookDone, Wiring.Payments, 1),
        (Failpoint.AfterWebhookDone, Wiring.Payments, 1),
        (Failpoint.BeforePaymentCommit, Wiring.Payments, 1),
        (Failpoint.AfterPaymentCommit, Wiring.Payments, 1),
        (Failpoint.BeforeSettledCommit, Wiring.Transaction, 1),
        (Failpoint.AfterSettledCommit, Wiring.Transaction, 1),
        (Failpoint.BeforeTake, Wiring.Payments, 10),
        (Failpoint.BeforePublish, Wiring.Payments, 1),
        (Failpoint.BeforeConfirm, Wiring.Transaction, 5),
        (Failpoint.AfterFirstConfirm, Wiring.Transaction, 10),
        (Failpoint.BeforeDelete, Wiring.Transaction, 5),
        (Failpoint.AfterDelete, Wiring.Payments, 1),
        (Failpoint.BeforeConsumeCommit, Wiring.History, 5),
        (Failpoint.AfterConsumeCommit, Wiring.History, 5),
        (Failpoint.AfterConsumeCommit, Wiring.Payments, 1),
        (Failpoint.BeforeBatchCommit, Wiring.Inventory, 5),
        (Failpoint.AfterBatchCommit, Wiring.Inventory, 5),
        (Failpoint.AfterBatchCommit, Wiring.Promotions, 5),
        (Failpoint.AfterBatchCommit, Wiring.Payments, 5),
        (Failpoint.AfterBatchCommit, Wiring.History, 5),
        (Failpoint.AfterAck, Wiring.History, 10),
        (Failpoint.BeforeSetAside, Wiring.History, 1),
        (Failpoint.AfterSetAside, Wiring.History, 1),
        (Failpoint.BeforeRetryCommit, Wiring.History, 1),
        (Failpoint.AfterRetryCommit, Wiring.History, 1),
    ];

    private static readonly Failpoint[] NeedPoison =
        [Failpoint.BeforeSetAside, Failpoint.AfterSetAside, Failpoint.BeforeRetryCommit, Failpoint.AfterRetryCommit];

    /// <summary>How often each replica is killed in a round, one place after the other.</summary>
    private const int Kills = 2;
    private const int Replicas = 2;

    /// <summary>In each round both replicas of each service are killed at its next places, all under one load.</summary>
    public static TheoryData<int> Rounds => [.. Enumerable.Range(0, Driven.GroupBy(one => one.Service).Max(group => group.Chunk(Kills * Replicas).Count()))];

    [Fact]
    public void Every_failpoint_is_driven() => Assert.Equal(Enum.GetValues<Failpoint>(), Driven.Select(one => one.Point).Distinct().Order());

    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task Processes_killed_there_under_load_lose_and_double_nothing(int round)
    {
        var armed = Driven.GroupBy(one => one.Service).SelectMany(group => group.Chunk(Kills * Replicas).Skip(round).Take(1)).ToList();
        await using var poison = armed.Exists(places => places.Any(one => NeedPoison.Contains(one.Point))) ? await Poison.Into(system) : null;
        await system.UnderLoad(() => Task.WhenAll(armed.SelectMany(places => Enumerable.Range(0, Replicas).Select(replica => KillAt(
            replica, [.. places.Where((_, n) => n % Replicas == replica)])))), whole: false);
        await system.Settles(poison is null ? null : poison.TakeOut);
    }

    private async Task KillAt(int replica, IReadOnlyList<(Failpoint Point, string Service, int Time)> places)
    {
        foreach (var one in places)
        {
            var part = system.PartsOf(one.Service)[replica];
            if (part.Running)
                await part.Kill();
            var before = part.Said;
            part.Launch(Armed($"{one.Point}:{one.Time}", "Staging"));
            Assert.Equal(KilledBy9, await part.Ends(TimeSpan.FromMinutes(4)));
            Assert.True(part.HasSaid($"killed at {one.Point}", before), $"{one} was killed by something else");
        }

        // The first stays dead: what it leaves behind is the other's.
        if (replica > 0 && places.Count > 0)
            await system.Start(places[0].Service, replica);
    }

    [Theory]
    [InlineData("AfterSaleCommit", "Production", "set in Production")]
    [InlineData("AfterSaleCommit:2", "Production", "set in Production")]
    [InlineData("NoSuchPlace", "Staging", "names no failpoint")]
    [InlineData("1", "Staging", "names no failpoint")]
    [InlineData("AfterSaleCommit:0", "Staging", "names no failpoint")]
    [InlineData("AfterSaleCommit:2:3", "Staging", "names no failpoint")]
    public async Task In_Production_and_under_a_name_that_is_not_in_the_list_no_process_starts(string armed, string environment, string why)
    {
        foreach (var service in (string[])[Wiring.Transaction, Wiring.Gateway])
        {
            await using var part = system.PartOf(service, 0, $"{service}-refused-{Shop.NewId()}");
            part.Launch(Armed(armed, environment));
            Assert.Equal(2, await part.Ends(TimeSpan.FromSeconds(60)));
            Assert.StartsWith($"{Wiring.Variables.Failpoint} {(why[0] == 's' ? "is " : "")}{why}", part.Words.Trim());
            Assert.DoesNotContain('\n', part.Words.Trim());
        }
    }

    private static Dictionary<string, string?> Armed(string failpoint, string environment) => new(StringComparer.Ordinal)
    {
        [Wiring.Variables.Failpoint] = failpoint, [Wiring.Variables.Environment] = environment,
    };

    /// <summary>Events that no consumer can take, one after the other, until all have been set aside and taken out again.</summary>
    private sealed class Poison(DistributedSystem system, Tap tap) : IAsyncDisposable
    {
        private readonly HashSet<Guid> _given = [];
        private readonly HashSet<Guid> _found = [];
        private readonly CancellationTokenSource _enough = new();
        private Task _giving = Task.CompletedTask;

        public static async Task<Poison> Into(DistributedSystem system)
        {
            var poison = new Poison(system, await Tap.On(system.Rabbit, "ShiftClosed"));
            poison._giving = poison.Give();
            return poison;
        }

        private async Task Give()
        {
            while (!_enough.IsCancellationRequested)
            {
                if (tap.Heard.FirstOrDefault() is { } whole)
                {
                    var id = Shop.NewId();
                    _given.Add(id);
                    await tap.Publish(whole.Anew(id, shift => shift["shiftId"] = "no id at all"));
                }

                await Task.Delay(300);
            }
        }

        public async Task TakeOut()
        {
            await _enough.CancelAsync();
            await _giving;
            for (var tries = 0; tries == 0 || !_found.SetEquals(_given); tries++)
            {
                Assert.True(tries < 300, $"only {_found.Count} of {_given.Count} were set aside");
                await Task.Delay(100);
                _found.UnionWith(await system.Scalar<Guid[]>("""
                    WITH out AS (DELETE FROM history.dead_letter WHERE payload LIKE '%no id at all%' RETURNING event_id)
                    SELECT coalesce(array_agg(event_id), '{}') FROM out
                    """));
            }
        }

        public async ValueTask DisposeAsync()
        {
            _enough.Dispose();
            await tap.DisposeAsync();
        }
    }
}
