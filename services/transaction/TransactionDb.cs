using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Transaction.Claims;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Leases;
using WebWaka.Transaction.Loyalty;
using WebWaka.Transaction.Refunds;
using WebWaka.Transaction.Sales;
using WebWaka.Transaction.Shifts;

namespace WebWaka.Transaction;

/// <summary>Schema "transaction": this Cell's own rows, and its copies of what other Cells own.</summary>
internal sealed class TransactionDb(DbContextOptions<TransactionDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<SaleRow> Sales => Set<SaleRow>();
    public DbSet<SaleVoidRow> SaleVoids => Set<SaleVoidRow>();
    public DbSet<PendingTenderRow> PendingTenders => Set<PendingTenderRow>();
    public DbSet<LatePaymentRow> LatePayments => Set<LatePaymentRow>();
    public DbSet<ParkedPaymentRow> ParkedPayments => Set<ParkedPaymentRow>();
    public DbSet<RefundRow> Refunds => Set<RefundRow>();
    public DbSet<TillStateRow> TillStates => Set<TillStateRow>();
    public DbSet<ShiftRow> Shifts => Set<ShiftRow>();
    public DbSet<CashMovementRow> CashMovements => Set<CashMovementRow>();
    public DbSet<SettingsRow> Settings => Set<SettingsRow>();
    public DbSet<StoreRow> Stores => Set<StoreRow>();
    public DbSet<TillRow> Tills => Set<TillRow>();
    public DbSet<ProductRow> Products => Set<ProductRow>();
    public DbSet<PromotionRow> Promotions => Set<PromotionRow>();
    public DbSet<CouponRow> Coupons => Set<CouponRow>();
    public DbSet<TaxRulesRow> TaxRules => Set<TaxRulesRow>();
    public DbSet<LoyaltyProgrammeRow> LoyaltyProgrammes => Set<LoyaltyProgrammeRow>();
    public DbSet<PromotionUsageRow> PromotionUsage => Set<PromotionUsageRow>();
    public DbSet<ClaimRow> Claims => Set<ClaimRow>();
    public DbSet<CustomerRow> Customers => Set<CustomerRow>();
    public DbSet<LoyaltyEntryRow> LoyaltyEntries => Set<LoyaltyEntryRow>();
    public DbSet<LeaseRow> Leases => Set<LeaseRow>();
    public DbSet<ClaimExceptionRow> ClaimExceptions => Set<ClaimExceptionRow>();
    public DbSet<RulesVersionRow> RulesVersions => Set<RulesVersionRow>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<SaleRow>(sale =>
        {
            sale.ToTable("sale").HasKey(row => new { row.TenantId, row.Id });
            sale.HasIndex(row => new { row.TenantId, row.TillId, row.Series, row.Seq }).IsUnique();
            sale.HasIndex(row => new { row.TenantId, row.At }).HasFilter("state = 'awaitingPayment'");
        });
        model.Entity<SaleVoidRow>(voided =>
        {
            voided.ToTable("sale_void").HasKey(row => new { row.TenantId, row.SaleId });
            voided.HasOne<SaleRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.SaleId }).OnDelete(DeleteBehavior.Restrict);
            voided.Property(row => row.Document).HasColumnType("jsonb");
        });
        model.Entity<PendingTenderRow>(tender =>
        {
            tender.ToTable("pending_tender").HasKey(row => new { row.TenantId, row.SaleId, row.Tender });
            tender.HasOne<SaleRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.SaleId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LatePaymentRow>().ToTable("late_payment").HasKey(row => new { row.TenantId, row.PaymentId });
        model.Entity<ParkedPaymentRow>(parked =>
        {
            parked.ToTable("parked_payment").HasKey(row => new { row.TenantId, row.PaymentId });
            parked.Property(row => row.Document).HasColumnType("jsonb");
        });
        model.Entity<SweepTurnRow>().ToTable("sweep_turn").HasKey(row => row.TenantId);
        model.Entity<RefundRow>(refund =>
        {
            refund.ToTable("refund").HasKey(row => new { row.TenantId, row.Id });
            refund.HasIndex(row => new { row.TenantId, row.TillId, row.Series, row.Seq }).IsUnique();
            refund.HasIndex(row => new { row.TenantId, row.ShiftId });
            refund.HasOne<SaleRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.SaleId }).OnDelete(DeleteBehavior.Restrict);
            refund.Property(row => row.Document).HasColumnType("jsonb");
        });
        DescribeDrawer(model);
        DescribeClaims(model);
        DescribeCopies(model);
    }

    private static void DescribeDrawer(ModelBuilder model)
    {
        model.Entity<TillStateRow>().ToTable("till_state").HasKey(row => new { row.TenantId, row.TillId });
        model.Entity<ShiftRow>(shift =>
        {
            shift.ToTable("shift").HasKey(row => new { row.TenantId, row.Id });
            shift.HasIndex(row => new { row.TenantId, row.TillId }).IsUnique().HasFilter("closed_at IS NULL").HasDatabaseName("ix_shift_open");
            shift.HasIndex(row => new { row.TenantId, row.TillId, row.ZNumber }).IsUnique();
        });
        model.Entity<CashMovementRow>(movement =>
        {
            movement.ToTable("cash_movement").HasKey(row => new { row.TenantId, row.Id });
            movement.HasOne<ShiftRow>().WithMany().HasForeignKey(row => new { row.TenantId, row.ShiftId }).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void DescribeClaims(ModelBuilder model)
    {
        model.Entity<PromotionUsageRow>().ToTable("promotion_usage").HasKey(row => new { row.TenantId, row.PromotionId, row.Counter });
        model.Entity<ClaimRow>().ToTable("claim").HasKey(row => new { row.TenantId, row.SaleId, row.PromotionId, row.Counter });
        model.Entity<CustomerRow>(customer =>
        {
            customer.ToTable("customer").HasKey(row => new { row.TenantId, row.CustomerId });
            // A sale counts its customer's purchase, whether identity has told of them or not.
            customer.Property(row => row.GroupsVersion).HasDefaultValue(0L);
            customer.Property(row => row.Groups).HasDefaultValueSql("'{}'");
        });
        model.Entity<LoyaltyEntryRow>(entry =>
        {
            entry.ToTable("loyalty_entry").HasKey(row => new { row.TenantId, row.CustomerId, row.SourceId, row.Kind });
            entry.HasIndex(row => new { row.TenantId, row.CustomerId, row.At });
        });
        model.Entity<LeaseRow>(lease =>
        {
            lease.ToTable("lease").HasKey(row => new { row.TenantId, row.Id });
            lease.HasIndex(row => new { row.TenantId, row.ExpiresAt }).HasFilter("closed_at IS NULL");
        });
        model.Entity<ClaimExceptionRow>(exception =>
        {
            exception.ToTable("claim_exception").HasKey(row => new { row.TenantId, row.SaleId, row.PromotionId, row.Counter });
            exception.HasIndex(row => new { row.TenantId, row.At });
        });
    }

    private static void DescribeCopies(ModelBuilder model)
    {
        model.Entity<SettingsRow>().ToTable("settings").HasKey(row => row.TenantId);
        model.Entity<StoreRow>().ToTable("store").HasKey(row => new { row.TenantId, row.Id });
        model.Entity<TillRow>().ToTable("till").HasKey(row => new { row.TenantId, row.Id });
        model.Entity<ProductRow>(product =>
        {
            product.ToTable("product").HasKey(row => new { row.TenantId, row.Id });
            product.HasIndex(row => new { row.TenantId, row.Sku });
            product.HasIndex(row => row.Barcodes).HasMethod("gin");
            product.Property(row => row.Price).HasPrecision(19, 4);
        });
        model.Entity<PromotionRow>().ToTable("promotion").HasKey(row => new { row.TenantId, row.Id });
        model.Entity<CouponRow>().ToTable("coupon").HasKey(row => new { row.TenantId, row.Code });
        model.Entity<LoyaltyProgrammeRow>().ToTable("loyalty_programme").HasKey(row => row.TenantId);
        model.Entity<TaxRulesRow>().ToTable("tax_rules").HasKey(row => row.TenantId);
        model.Entity<RulesVersionRow>().ToTable("rules_version").HasKey(row => row.TenantId);
    }

    internal sealed class Design : IDesignTimeDbContextFactory<TransactionDb>
    {
        public TransactionDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<TransactionDb>(TransactionCell.Name), ModelOptions.DesignContext(TransactionCell.Name));
    }
}
