using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace WebWaka.CellKit;

/// <summary>A row that belongs to one tenant. Its keys begin with the tenant, and row-level security is forced on its table.</summary>
public interface ITenantRow
{
    Guid TenantId { get; set; }
}

/// <summary>What a <see cref="CellDb"/> needs of its Cell.</summary>
public sealed record CellContext(string Name, TimeProvider Clock, OutboxSignal Signal);

/// <summary>
/// A Cell's database context: one schema, and outside of <see cref="InTenant{T}"/> not a single command. There PostgreSQL's
/// row-level security is told the tenant for this transaction, so that a forgotten WHERE finds nothing of anybody else's.
/// </summary>
public abstract class CellDb(DbContextOptions options, CellContext cell) : DbContext(options)
{
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    public DbSet<InboxRow> Inbox => Set<InboxRow>();

    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    public TimeProvider Clock => cell.Clock;

    /// <summary>The tenant of the running transaction, or null outside of one.</summary>
    public Guid? Tenant { get; private set; }

    /// <summary>Now, to the microsecond that PostgreSQL keeps: what is answered at once is what is read back later.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = Clock.GetUtcNow();
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        }
    }

    /// <summary>A time-ordered id (UUIDv7).</summary>
    public Guid NewId() => Guid.CreateVersion7(Now);

    /// <summary>
    /// Load, decide, save for one tenant in one transaction. A problem rolls everything back; success saves what was changed
    /// and what was published, commits, and wakes the dispatcher.
    /// </summary>
    public async Task<Outcome<T>> InTenant<T>(Guid tenant, Func<Task<Outcome<T>>> work, CancellationToken ct)
    {
        if (Tenant is not null)
            throw new InvalidOperationException("InTenant is not nested: one transaction, one tenant.");
        await using var transaction = await Database.BeginTransactionAsync(ct);
        try
        {
            await Enter(tenant, ct);
            var outcome = await work();
            if (!outcome.Ok)
                return outcome;
            var published = ChangeTracker.Entries<OutboxRow>().Any(row => row.State == EntityState.Added);
            await SaveChangesAsync(ct);
            await Commit(transaction, published ? Commits ?? CommitPoints.Any : null, ct);
            if (published)
                cell.Signal.Raise();
            return outcome;
        }
        finally
        {
            (Tenant, Commits) = (null, null);
            ChangeTracker.Clear();
        }
    }

    /// <inheritdoc cref="InTenant{T}"/>
    public async Task<T> InTenant<T>(Guid tenant, Func<Task<T>> work, CancellationToken ct)
    {
        var outcome = await InTenant<T>(tenant, async () => (Outcome<T>)await work(), ct);
        return outcome.Value!;
    }

    /// <summary>Names the next commit for <see cref="Failpoints"/>.</summary>
    public CommitPoints? Commits { get; set; }

    /// <summary>Publishes an event when the transaction commits, and only then.</summary>
    public void Publish<T>(T e) where T : class =>
        Outbox.Add(OutboxRow.Of(e, Tenant ?? throw new InvalidOperationException("Events are published inside InTenant."), NewId(), Now));

    /// <summary>Wakes the dispatcher after a commit that wrote to the outbox beside this context (a hot path's batch).</summary>
    public void Wake() => cell.Signal.Raise();

    /// <summary>
    /// A batch of events of several tenants in one transaction: what <paramref name="work"/> runs sees the tenant last entered.
    /// </summary>
    internal async Task InTransaction(Func<Task> work, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        try
        {
            await work();
            await Commit(transaction, Commits ?? CommitPoints.Consume, ct);
            cell.Signal.Raise();
        }
        finally
        {
            (Tenant, Commits) = (null, null);
            ChangeTracker.Clear();
        }
    }

    private static async Task Commit(IDbContextTransaction transaction, CommitPoints? points, CancellationToken ct)
    {
        if (points is not null)
            Failpoints.Pass(points.Before);
        await transaction.CommitAsync(ct);
        if (points is not null)
            Failpoints.Pass(points.After);
    }

    internal async Task Enter(Guid tenant, CancellationToken ct)
    {
        Tenant = tenant;
        await Database.ExecuteSqlAsync($"SELECT set_config('app.tenant_id', {tenant.ToString()}, true)", ct);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken ct = default)
    {
        foreach (var row in ChangeTracker.Entries<ITenantRow>())
        {
            if (row.State == EntityState.Added && row.Entity.TenantId == Guid.Empty && Tenant is { } tenant)
                row.Entity.TenantId = tenant;
        }

        return base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(cell.Name);
        model.Entity<OutboxRow>(row =>
        {
            row.ToTable("outbox").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
        });
        model.Entity<OutboxDeliveryRow>(row =>
        {
            row.ToTable("outbox_delivery").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
            row.HasIndex(r => r.NextAt);
        });
        model.Entity<DeadLetterRow>(row =>
        {
            row.ToTable("dead_letter").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
            row.HasIndex(r => r.NextAt);
        });
        model.Entity<InboxRow>().ToTable("inbox").HasKey(r => new { r.TenantId, r.Consumer, r.EventId });
        model.Entity<IdempotencyRow>().ToTable("idempotency").HasKey(r => new { r.TenantId, r.Route, r.Key });
        Describe(model);
        // Ids come from callers and tenants from the transaction: nothing is made up by EF.
        foreach (var key in model.Model.GetEntityTypes().SelectMany(type => type.FindPrimaryKey()!.Properties)
            .Where(property => property.ClrType == typeof(Guid)))
            key.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
        foreach (var versioned in model.Model.GetEntityTypes().Where(type => typeof(IVersioned).IsAssignableFrom(type.ClrType)))
            versioned.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
    }

    /// <summary>The Cell's own tables. Every key of a tenant's table begins with the tenant.</summary>
    protected abstract void Describe(ModelBuilder model);
}
