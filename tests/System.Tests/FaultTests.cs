namespace WebWaka.Distributed.Tests;

/// <summary>What stands still, is cut off, or goes down below everybody.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class FaultTests(DistributedSystem system)
{
    [Fact]
    public async Task PostgreSQL_killed_and_started_again_under_load_loses_and_doubles_nothing()
    {
        await system.UnderLoad(async () =>
        {
            await system.Postgres.Kill();
            await Task.Delay(2000);
            await system.Postgres.StartAgain();
            system.Ops.Clear();
            await Sold(20);
        });
        await system.Settles();
    }

    [Fact]
    public async Task A_consumer_that_stands_still_is_relieved_and_what_it_held_counts_once_when_it_goes_on()
    {
        var still = system.PartsOf(Wiring.History)[0];
        await system.UnderLoad(async () =>
        {
            await still.Signal("STOP");
            await Sold(50);
            // The broker has given up on it when everything that it held has come by the other replica.
            await AllIsJournaled();
            await still.Signal("CONT");
        });
        await system.Settles();
        Assert.True(still.Running);
    }

    [Fact]
    public async Task A_consumer_whose_network_is_cut_is_relieved_and_goes_on_when_it_is_back()
    {
        var wire = system.ToBroker(Wiring.History, 0);
        await system.UnderLoad(() => WhileCut(async () =>
        {
            await Sold(50);
            await AllIsJournaled();
        }, wire));
        await system.Settles();
    }

    [Fact]
    public async Task With_the_network_to_the_broker_cut_sales_go_on_and_their_events_leave_when_it_is_back()
    {
        Wire[] wires = [system.ToBroker(Wiring.Transaction, 0), system.ToBroker(Wiring.Transaction, 1)];
        var failures = await system.UnderLoad(() => WhileCut(() => Sold(100), wires));
        Assert.Equal(0, failures);
        await system.Settles();
    }

    [Fact]
    public async Task A_replica_whose_network_to_the_database_is_cut_is_passed_over_and_comes_back()
    {
        var wire = system.ToDatabase(Wiring.Transaction, 0);
        // What was under way there waits; what is new goes to the other replica once /ready has failed.
        await system.UnderLoad(() => WhileCut(() => Sold(100), wire));
        await system.Settles();
    }

    /// <summary>Mended in any case: the other tests have the same system.</summary>
    private static async Task WhileCut(Func<Task> meanwhile, params Wire[] wires)
    {
        try
        {
            foreach (var wire in wires)
                wire.Cut();
            await meanwhile();
        }
        finally
        {
            foreach (var wire in wires)
                wire.Mend();
        }
    }

    private async Task Sold(int more)
    {
        var enough = system.Acknowledged + more;
        await Wait.Until(() => system.Acknowledged >= enough);
    }

    /// <summary>Every sale that is acknowledged by now.</summary>
    private async Task AllIsJournaled()
    {
        foreach (var shop in system.Shops)
        {
            var told = shop.Acknowledged.Keys.ToArray();
            await Wait.Until(async () => told.Length == await system.Scalar<long>(
                """
                SELECT count(*) FROM unnest($2::uuid[]) AS told(id)
                JOIN history.journal j ON j.tenant_id = $1 AND j.kind = 'sale' AND j.thing_id = told.id
                """,
                shop.Tenant, told));
        }
    }
}
