using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Tax.Copies;
using WebWaka.Tax.Exemptions;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax;

/// <summary>Schema "tax": one row of rules for each tenant, its customers' certificates, and which class its products are in.</summary>
internal sealed class TaxDb(DbContextOptions<TaxDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<TaxRulesRow> TaxRules => Set<TaxRulesRow>();

    public DbSet<ExemptionRow> Exemptions => Set<ExemptionRow>();

    public DbSet<ProductRow> Products => Set<ProductRow>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<TaxRulesRow>(row =>
        {
            row.ToTable("tax_rules").HasKey(r => r.TenantId);
            row.Property(r => r.TenantId).ValueGeneratedNever();
            row.Ignore(r => r.Own).Ignore(r => r.Rules);
        });
        model.Entity<ExemptionRow>(row =>
        {
            row.ToTable("tax_exemption").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.CustomerId, r.CertificateId, r.ValidFrom }).IsUnique().HasDatabaseName("ix_tax_exemption_paper");
            // Store-local times: no zone turns them into another day.
            row.Property(r => r.ValidFrom).HasColumnType("timestamp without time zone");
            row.Property(r => r.ValidTo).HasColumnType("timestamp without time zone");
        });
        model.Entity<ProductRow>(row =>
        {
            row.ToTable("product").HasKey(r => new { r.TenantId, r.Id });
            row.HasIndex(r => new { r.TenantId, r.TaxClass }).HasFilter("NOT archived");
        });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<TaxDb>
    {
        public TaxDb CreateDbContext(string[] args) => new(ModelOptions.ForDesign<TaxDb>(TaxCell.Name), ModelOptions.DesignContext(TaxCell.Name));
    }
}
