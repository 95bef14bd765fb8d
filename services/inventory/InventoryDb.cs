using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using WebWaka.CellKit;
using WebWaka.Inventory.Copies;
using WebWaka.Inventory.Products;
using WebWaka.Inventory.Stock;

namespace WebWaka.Inventory;

/// <summary>Schema "inventory": the catalogue, the stock ledger, and copies of what identity owns.</summary>
internal sealed class InventoryDb(DbContextOptions<InventoryDb> options, CellContext cell) : CellDb(options, cell)
{
    /// <summary>Sorts by bytes, so that a prefix is a range of an index, for which row-level security leaves the index usable.</summary>
    private const string ByteOrder = "C";

    public DbSet<ProductRow> Products => Set<ProductRow>();

    public DbSet<BarcodeRow> Barcodes => Set<BarcodeRow>();

    public DbSet<WordRow> Words => Set<WordRow>();

    public DbSet<MovementRow> Movements => Set<MovementRow>();

    public DbSet<LevelRow> Levels => Set<LevelRow>();

    public DbSet<StoreRow> Stores => Set<StoreRow>();

    public DbSet<SettingsRow> Settings => Set<SettingsRow>();

    public DbSet<TaxClassesRow> TaxClasses => Set<TaxClassesRow>();

    protected override void Describe(ModelBuilder model)
    {
        DescribeCatalogue(model);
        DescribeStock(model);
        model.Entity<StoreRow>(row =>
        {
            row.ToTable("store").HasKey(r => new { r.TenantId, r.Id });
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        model.Entity<SettingsRow>().ToTable("settings").HasKey(r => r.TenantId);
        model.Entity<TaxClassesRow>().ToTable("tax_classes").HasKey(r => r.TenantId);
    }

    private static void DescribeCatalogue(ModelBuilder model)
    {
        model.Entity<ProductRow>(row =>
        {
            row.ToTable("product").HasKey(r => new { r.TenantId, r.Id });
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Price).HasPrecision(19, 4);
            row.HasIndex(r => new { r.TenantId, r.Sku }).IsUnique();
            row.HasIndex(r => new { r.TenantId, r.Name, r.Id });
            row.HasIndex(r => new { r.TenantId, r.Archived, r.Category });
        });
        model.Entity<BarcodeRow>(row =>
        {
            row.ToTable("product_barcode").HasKey(r => new { r.TenantId, r.Barcode });
            row.HasIndex(r => new { r.TenantId, r.ProductId });
            row.HasOne<ProductRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.ProductId }).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<WordRow>(row =>
        {
            row.ToTable("product_word").HasKey(r => new { r.TenantId, r.Word, r.ProductId });
            row.Property(r => r.Word).UseCollation(ByteOrder);
            row.HasIndex(r => new { r.TenantId, r.ProductId });
            row.HasOne<ProductRow>().WithMany().HasForeignKey(r => new { r.TenantId, r.ProductId }).OnDelete(DeleteBehavior.Restrict);
        });
    }

    /// <summary>No foreign key to product or store: a sale that has happened moves stock, whatever we have heard of it so far.</summary>
    private static void DescribeStock(ModelBuilder model)
    {
        model.Entity<MovementRow>(row =>
        {
            row.ToTable("stock_movement").HasKey(r => new { r.TenantId, r.Id });
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Kind).HasConversion(kind => MovementKinds.Text(kind), text => MovementKinds.Read(text));
            row.Property(r => r.Quantity).HasPrecision(18, 5);
            row.HasIndex(r => new { r.TenantId, r.Kind, r.SourceId, r.Line }).IsUnique();
            row.HasIndex(r => new { r.TenantId, r.ProductId, r.Id });
        });
        model.Entity<LevelRow>(row =>
        {
            row.ToTable("stock_level").HasKey(r => new { r.TenantId, r.StoreId, r.ProductId });
            row.Property(r => r.OnHand).HasPrecision(18, 5);
            // An index over on_hand itself would cost every sale an index write: this one changes only when a level crosses zero.
            row.Property(r => r.BelowZero).HasComputedColumnSql("on_hand < 0", stored: true);
            row.HasIndex(r => new { r.TenantId, r.StoreId, r.ProductId }, "ix_stock_level_below_zero").HasFilter("below_zero");
            row.HasIndex(r => new { r.TenantId, r.ProductId, r.StoreId });
        });
    }

    internal sealed class Design : IDesignTimeDbContextFactory<InventoryDb>
    {
        public InventoryDb CreateDbContext(string[] args) =>
            new(ModelOptions.ForDesign<InventoryDb>(InventoryCell.Name), ModelOptions.DesignContext(InventoryCell.Name));
    }
}
