using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>A Cell in a process of its own, before and after `webwaka db push`.</summary>
[Collection(nameof(Probe))]
public sealed class SchemaGuardTests(Probe probe)
{
    [Fact]
    public async Task A_Cell_starts_on_a_database_that_its_version_was_pushed_to() => await Start();

    [Fact]
    public async Task A_Cell_does_not_start_on_a_database_that_is_older_than_its_code()
    {
        await probe.Run("ALTER TABLE probe.thing RENAME COLUMN name TO earlier_name");
        try
        {
            var refused = await Assert.ThrowsAsync<StartException>(Start);
            Assert.StartsWith("Schema probe lacks thing.name", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            await probe.Run("ALTER TABLE probe.thing RENAME COLUMN earlier_name TO name");
        }
    }

    /// <summary>As after a rollback, or while the old version's processes are still there.</summary>
    [Fact]
    public async Task A_Cell_starts_on_a_database_that_is_newer_than_its_code()
    {
        await probe.Run("ALTER TABLE probe.thing ADD COLUMN later_column text; CREATE TABLE probe.later_table (tenant_id uuid)");
        try
        {
            await Start();
        }
        finally
        {
            await probe.Run("ALTER TABLE probe.thing DROP COLUMN later_column; DROP TABLE probe.later_table");
        }
    }

    private async Task Start()
    {
        await using var services = new ServiceCollection().AddScoped(_ => probe.Db()).BuildServiceProvider();
        CellContext context = new(ProbeDb.Schema, TimeProvider.System, new OutboxSignal());
        await new SchemaGuard<ProbeDb>(context, probe.App, services.GetRequiredService<IServiceScopeFactory>()).StartAsync(CancellationToken.None);
    }
}
