using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Tax.Rules;

namespace WebWaka.Tax;

/// <summary>Schema "tax": one row of rules for each tenant.</summary>
internal sealed class TaxDb(DbContextOptions<TaxDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<TaxRulesRow> TaxRules => Set<TaxRulesRow>();

    protected override void Describe(ModelBuilder model) =>
        model.Entity<TaxRulesRow>(row =>
        {
            row.ToTable("tax_rules").HasKey(r => r.TenantId);
            row.Property(r => r.TenantId).ValueGeneratedNever();
            row.Ignore(r => r.Own);
        });

    internal sealed class Design : IDesignTimeDbContextFactory<TaxDb>
    {
        public TaxDb CreateDbContext(string[] args) => new(ModelOptions.ForDesign<TaxDb>(TaxCell.Name), ModelOptions.DesignContext(TaxCell.Name));
    }
}
