using WebWaka.CellKit;
using WebWaka.Contracts.Inventory;

namespace WebWaka.Inventory.Products;

/// <summary>A product of the catalogue. Archived, never deleted: what was sold keeps its name.</summary>
internal sealed class ProductRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; } = 1;
    public required string Sku { get; set; }
    public required string Name { get; set; }

    /// <summary>Per unit, in minor units with up to four decimals.</summary>
    public required decimal Price { get; set; }

    public required string TaxClass { get; set; }
    public string? Category { get; set; }
    public string? Brand { get; set; }
    public string[] Tags { get; set; } = [];

    /// <summary>As given. Those of a live product are also <see cref="BarcodeRow"/>s, which no two products share.</summary>
    public string[] Barcodes { get; set; } = [];

    public bool Stocked { get; set; }
    public bool Archived { get; set; }

    public ProductChanged ToEvent() =>
        new(Id, Version, Sku, Name, Decimals.Text(Price), TaxClass, Category, Brand, Tags, Barcodes, Stocked, Archived);

    public ProductAnswer ToAnswer(string? currency = null) => new(
        Id, Sku, Name, Barcodes, new UnitPrice(Price), TaxClass, Category, Brand, Tags, Stocked, Version, Archived ? true : null, currency);
}

/// <summary>A barcode of a live product. An archived one gives its barcodes back.</summary>
internal sealed class BarcodeRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Barcode { get; init; }
    public Guid ProductId { get; init; }
}

/// <summary>A word by which a product is found, folded (<see cref="SearchWords"/>).</summary>
internal sealed class WordRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Word { get; init; }
    public Guid ProductId { get; init; }
}

/// <summary>A product as it is answered.</summary>
/// <param name="Archived">Absent while it is live.</param>
/// <param name="Currency">ISO 4217 of the price; a list says it once, for all.</param>
internal sealed record ProductAnswer(
    Guid Id, string Sku, string Name, string[] Barcodes, UnitPrice Price, string TaxClass, string? Category, string? Brand, string[] Tags,
    bool Stocked, long Version, bool? Archived, string? Currency);
