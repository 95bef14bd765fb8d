using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Promotions.Copies;
using WebWaka.Promotions.Coupons;
using WebWaka.Promotions.Loyalty;
using WebWaka.Promotions.Promotions;
using WebWaka.Promotions.Redemptions;

namespace WebWaka.Promotions;

/// <summary>Schema "promotions": the rules, their coupons, and what sales have used of both.</summary>
internal sealed class PromotionsDb(DbContextOptions<PromotionsDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<PromotionRow> Promotions => Set<PromotionRow>();

    public DbSet<CouponRow> Coupons => Set<CouponRow>();

    public DbSet<PromotionUsageRow> PromotionUsage => Set<PromotionUsageRow>();

    public DbSet<RedemptionRow> Redemptions => Set<RedemptionRow>();

    public DbSet<CouponUsageRow> CouponUsage => Set<CouponUsageRow>();

    public DbSet<LoyaltyProgrammeRow> LoyaltyProgrammes => Set<LoyaltyProgrammeRow>();

    public DbSet<ProductRow> Products => Set<ProductRow>();

    public DbSet<CustomerRow> Customers => Set<CustomerRow>();

    public DbSet<StoreRow> Stores => Set<StoreRow>();

    public DbSet<PastSaleRow> PastSales => Set<PastSaleRow>();

    protected override void Describe(ModelBuilder model)
    {
        model.Entity<PromotionRow>(row =>
        {
            row.ToTable("promotion").HasKey(r => new { r.TenantId, r.Id });
            row.Property(r => r.Name).HasMaxLength(PromotionDocument.MaxName);
        });
        model.Entity<CouponRow>(row =>
        {
            row.ToTable("coupon").HasKey(r => new { r.TenantId, r.Code });
            row.Property(r => r.Code).HasMaxLength(CouponCode.MaxLength);
            row.HasIndex(r => new { r.TenantId, r.PromotionId, r.Code });
            row.HasOne<PromotionRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.PromotionId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LoyaltyProgrammeRow>().ToTable("loyalty_programme").HasKey(r => r.TenantId);
        model.Entity<ProductRow>().ToTable("product").HasKey(r => new { r.TenantId, r.Id });
        model.Entity<CustomerRow>().ToTable("customer").HasKey(r => new { r.TenantId, r.Id });
        model.Entity<StoreRow>().ToTable("store").HasKey(r => new { r.TenantId, r.Id });
        model.Entity<PastSaleRow>(row =>
        {
            row.ToTable("past_sale").HasKey(r => new { r.TenantId, r.SaleId });
            row.HasIndex(r => new { r.TenantId, r.At, r.SaleId });
        });
        // No foreign keys: what a sale has used is recorded whatever this Cell knows of it.
        model.Entity<RedemptionRow>(row =>
        {
            row.ToTable("redemption").HasKey(r => new { r.TenantId, r.SaleId, r.PromotionId, r.Coupon, r.Reversal });
            row.HasIndex(r => new { r.TenantId, r.PromotionId, r.At });
        });
        model.Entity<PromotionUsageRow>().ToTable("promotion_usage").HasKey(r => new { r.TenantId, r.PromotionId });
        model.Entity<CouponUsageRow>(row =>
        {
            row.ToTable("coupon_usage").HasKey(r => new { r.TenantId, r.PromotionId, r.Coupon });
            row.HasIndex(r => new { r.TenantId, r.Coupon });
        });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<PromotionsDb>
    {
        public PromotionsDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<PromotionsDb>(PromotionsCell.Name), ModelOptions.DesignContext(PromotionsCell.Name));
    }
}
