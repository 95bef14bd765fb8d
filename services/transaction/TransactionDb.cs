using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction;

/// <summary>Schema "transaction": this Cell's own rows, and its copies of what other Cells own.</summary>
internal sealed class TransactionDb(DbContextOptions<TransactionDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<StoreRow> Stores => Set<StoreRow>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<StoreRow>().ToTable("store").HasKey(row => new { row.TenantId, row.Id });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<TransactionDb>
    {
        public TransactionDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<TransactionDb>(TransactionCell.Name), ModelOptions.DesignContext(TransactionCell.Name));
    }
}
