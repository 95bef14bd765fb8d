using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Promotions.Coupons;
using WebWaka.Promotions.Promotions;
using WebWaka.Promotions.Redemptions;

namespace WebWaka.Promotions;

/// <summary>Schema "promotions": the rules, their coupons, and what sales have used of both.</summary>
internal sealed class PromotionsDb(DbContextOptions<PromotionsDb> options, CellContext cell) : CellDb(options, cell)
{
    public DbSet<PromotionRow> Promotions => Set<PromotionRow>();

    public DbSet<CouponRow> Coupons => Set<CouponRow>();

    public DbSet<PromotionUsageRow> PromotionUsage => Set<PromotionUsageRow>();

    public DbSet<CouponUsageRow> CouponUsage => Set<CouponUsageRow>();

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
        // No foreign keys: what a sale has used is recorded whatever this Cell knows of it.
        model.Entity<RedemptionRow>().ToTable("redemption")
            .HasKey(r => new { r.TenantId, r.SaleId, r.PromotionId, r.Coupon, r.Reversal });
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
