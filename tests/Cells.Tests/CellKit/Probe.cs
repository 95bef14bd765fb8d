using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What happens in the probe's tests.</summary>
public sealed record Noted(Guid Id, string Text);

internal sealed class ThingRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string Name { get; init; }
    public Guid? ParentId { get; init; }
}

/// <summary>Schema "probe": one table that points at itself, beside what every Cell has.</summary>
internal sealed class ProbeDb(DbContextOptions<ProbeDb> options, CellContext cell) : CellDb(options, cell)
{
    public const string Schema = "probe";

    public DbSet<ThingRow> Things => Set<ThingRow>();

    protected override void Describe(ModelBuilder model) => model.Entity<ThingRow>(row =>
    {
        row.ToTable("thing").HasKey(r => new { r.TenantId, r.Id });
        row.HasOne<ThingRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.ParentId }).OnDelete(DeleteBehavior.Restrict);
    });

    [DbContext(typeof(ProbeDb))]
    [Migration("20260101000000_Initial")]
    internal sealed class Initial : Migration
    {
        protected override void Up(MigrationBuilder migration)
        {
            using var db = new ProbeDb(ModelOptions.ForDesign<ProbeDb>(Schema), ModelOptions.DesignContext(Schema));
            migration.Sql(db.Database.GenerateCreateScript());
        }
    }
}

/// <summary>
/// A Cell of the tests' own, pushed into the database under test beside the others but not running: its tests start and stop
/// what they need, on their own clock, and may change its tables' policies without disturbing anybody.
/// </summary>
public sealed class Probe(CellsFixture cells) : IAsyncLifetime
{
    private static readonly CellSchema Pushed = new(
        ProbeDb.Schema, (connection, context) => [new ProbeDb(ModelOptions.ForOwner<ProbeDb>(connection, ProbeDb.Schema), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal), Shared: new HashSet<string>(StringComparer.Ordinal));

    public NpgsqlDataSource Admin => cells.Admin;

    /// <summary>The Cell's own role.</summary>
    public NpgsqlDataSource App { get; } = NpgsqlDataSource.Create(cells.ConnectionOf("probe_app"));

    public async ValueTask InitializeAsync()
    {
        var password = new NpgsqlConnectionStringBuilder(cells.ConnectionOf("probe_app")).Password!;
        await SchemaPush.Push(Admin, [Pushed], _ => password, always: true, _ => { }, CancellationToken.None);
    }

    public NpgsqlDataSource Relay() => NpgsqlDataSource.Create(cells.ConnectionOf("probe_relay"));

    public NpgsqlDataSource AppWithPoolOf(int size) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cells.ConnectionOf("probe_app")) { MaxPoolSize = size }.ConnectionString);

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>As a Cell gets it: with the interceptor that refuses commands outside of a tenant.</summary>
    internal ProbeDb Db(CellContext? context = null, NpgsqlDataSource? source = null) => new(
        new DbContextOptionsBuilder<ProbeDb>().UseNpgsql(source ?? App).UseSnakeCaseNamingConvention().AddInterceptors(new TenantGuard()).Options,
        context ?? new CellContext(ProbeDb.Schema, TimeProvider.System, new OutboxSignal()));

    internal async Task<Guid> Add(Guid tenant, string name = "thing", Guid? parent = null)
    {
        await using var db = Db();
        var row = new ThingRow { Id = NewId(), Name = name, ParentId = parent };
        await db.InTenant(tenant, async () =>
        {
            db.Things.Add(row);
            await db.SaveChangesAsync();
            return true;
        }, CancellationToken.None);
        return row.Id;
    }

    /// <summary>The first column of the first row, past row-level security.</summary>
    public async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var command = Admin.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public Task<long> Things(Guid tenant) => Scalar<long>("SELECT count(*) FROM probe.thing WHERE tenant_id = $1", tenant);

    public async Task Run(string sql)
    {
        await using var command = Admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

[CollectionDefinition(nameof(Probe))]
public sealed class ProbeCollection : ICollectionFixture<Probe>;
