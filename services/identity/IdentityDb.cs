using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Identity.Clients;
using WebWaka.Identity.Customers;
using WebWaka.Identity.Settings;
using WebWaka.Identity.Staff;
using WebWaka.Identity.Stores;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity;

/// <summary>Schema "identity", the tenants' part: settings, stores, tills, staff, roles, customers, API clients.</summary>
internal sealed class IdentityDb(DbContextOptions<IdentityDb> options, CellContext cell) : CellDb(options, cell)
{
    /// <summary>The directory's table, seen from here too, so that a tenant and its first rows are one commit.</summary>
    public DbSet<TenantRow> Tenants => Set<TenantRow>();

    public DbSet<SettingsRow> Settings => Set<SettingsRow>();

    public DbSet<StoreRow> Stores => Set<StoreRow>();

    public DbSet<TillRow> Tills => Set<TillRow>();

    public DbSet<StaffRow> Staff => Set<StaffRow>();

    public DbSet<RoleRow> Roles => Set<RoleRow>();

    public DbSet<CustomerRow> Customers => Set<CustomerRow>();

    public DbSet<ApiClientRow> ApiClients => Set<ApiClientRow>();

    /// <summary>
    /// Those who change a tenant's settings, stores, tills, staff or roles take turns, by the lock on its settings: such changes
    /// are rare, and each depends on the others (a store inherits a time zone, a shop keeps an owner). Null: there is no such tenant.
    /// </summary>
    public Task<SettingsRow?> TakeTurn(CancellationToken ct) =>
        Settings.FromSql($"SELECT * FROM settings FOR UPDATE").SingleOrDefaultAsync(ct);

    protected override void Describe(ModelBuilder model)
    {
        TenantRow.Describe(model);
        model.Entity<TenantRow>().ToTable("tenant", table => table.ExcludeFromMigrations());
        model.Entity<SettingsRow>(row =>
        {
            row.ToTable("settings").HasKey(r => r.TenantId);
            row.Property(r => r.TenantId).ValueGeneratedNever();
        });
        model.Entity<StoreRow>(row =>
        {
            row.ToTable("store").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.Code }).IsUnique();
        });
        model.Entity<TillRow>(row =>
        {
            row.ToTable("till").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.Code }).IsUnique();
            row.HasOne<StoreRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.StoreId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StaffRow>(row =>
        {
            row.ToTable("staff").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.EmailKey }).IsUnique();
        });
        model.Entity<RoleRow>().ToTable("role").HasKey(row => new { row.TenantId, row.Code });
        model.Entity<CustomerRow>().ToTable("customer").HasKey(row => new { row.TenantId, row.Id });
        model.Entity<ApiClientRow>(row =>
        {
            row.ToTable("api_client").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.ClientId }).IsUnique();
        });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<IdentityDb>
    {
        public IdentityDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<IdentityDb>(IdentityCell.Name), ModelOptions.DesignContext(IdentityCell.Name));
    }
}
