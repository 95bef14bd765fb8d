using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.History.Audit;
using WebWaka.History.Copies;
using WebWaka.History.Journal;
using WebWaka.History.Rollups;

namespace WebWaka.History;

/// <summary>Schema "history": the journal, what it is searched and reported by, the audit chain, and copies of what identity owns.</summary>
internal sealed class HistoryDb(DbContextOptions<HistoryDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<JournalRow> Journal => Set<JournalRow>();
    public DbSet<SaleRow> Sales => Set<SaleRow>();
    public DbSet<SaleProductRow> SaleProducts => Set<SaleProductRow>();
    public DbSet<DailySalesRow> DailySales => Set<DailySalesRow>();
    public DbSet<DailyTenderRow> DailyTenders => Set<DailyTenderRow>();
    public DbSet<DailyTaxRow> DailyTaxes => Set<DailyTaxRow>();
    public DbSet<AuditRow> Audit => Set<AuditRow>();
    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();
    public DbSet<SettingsRow> Settings => Set<SettingsRow>();
    public DbSet<StoreRow> Stores => Set<StoreRow>();
    public DbSet<TillRow> Tills => Set<TillRow>();

    protected override void Describe(ModelBuilder model)
    {
        DescribeJournal(model);
        DescribeSums(model);
        model.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audit").HasKey(row => new { row.TenantId, row.Seq });
            audit.Property(row => row.Seq).ValueGeneratedNever();
        });
        model.Entity<AuditHeadRow>().ToTable("audit_head").HasKey(row => row.TenantId);
        model.Entity<SettingsRow>().ToTable("settings").HasKey(row => row.TenantId);
        model.Entity<StoreRow>(store =>
        {
            store.ToTable("store").HasKey(row => new { row.TenantId, row.Id });
            store.Property(row => row.Id).ValueGeneratedNever();
        });
        model.Entity<TillRow>(till =>
        {
            till.ToTable("till").HasKey(row => new { row.TenantId, row.Id });
            till.Property(row => row.Id).ValueGeneratedNever();
        });
    }

    /// <summary>No foreign keys between them: what happened is kept in whichever order it is heard.</summary>
    private static void DescribeJournal(ModelBuilder model)
    {
        model.Entity<JournalRow>(entry =>
        {
            entry.ToTable("journal").HasKey(row => new { row.TenantId, row.Kind, row.ThingId });
            entry.Property(row => row.Document).HasColumnType("jsonb");
            // Every sale is written, few are taken back: the indexes are over those alone.
            entry.HasIndex(row => new { row.TenantId, row.SaleId }).HasFilter("sale_id IS NOT NULL");
            entry.HasIndex(row => new { row.TenantId, row.At, row.ThingId }, "ix_journal_refunds").HasFilter("kind = 'refund'");
        });
        model.Entity<SaleRow>(sale =>
        {
            sale.ToTable("sale").HasKey(row => new { row.TenantId, row.Id });
            sale.Property(row => row.Id).ValueGeneratedNever();
            sale.HasIndex(row => new { row.TenantId, row.BusinessDate, row.At, row.Id });
            sale.HasIndex(row => new { row.TenantId, row.TillId, row.BusinessDate, row.At, row.Id });
            sale.HasIndex(row => new { row.TenantId, row.CashierId, row.BusinessDate, row.At, row.Id });
            sale.HasIndex(row => new { row.TenantId, row.Number });
            sale.HasIndex(row => new { row.TenantId, row.CustomerId, row.BusinessDate }).HasFilter("customer_id IS NOT NULL");
        });
        model.Entity<SaleProductRow>().ToTable("sale_product").HasKey(row => new { row.TenantId, row.ProductId, row.SaleId });
    }

    private static void DescribeSums(ModelBuilder model)
    {
        model.Entity<DailySalesRow>().ToTable("daily_sales")
            .HasKey(row => new { row.TenantId, row.BusinessDate, row.StoreId, row.TillId, row.Currency });
        model.Entity<DailyTenderRow>().ToTable("daily_tender")
            .HasKey(row => new { row.TenantId, row.BusinessDate, row.StoreId, row.TillId, row.Currency, row.Method });
        model.Entity<DailyTaxRow>().ToTable("daily_tax")
            .HasKey(row => new { row.TenantId, row.BusinessDate, row.StoreId, row.TillId, row.Currency, row.Code, row.Rate, row.Treatment });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<HistoryDb>
    {
        public HistoryDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<HistoryDb>(HistoryCell.Name), ModelOptions.DesignContext(HistoryCell.Name));
    }
}
