using WebWaka.CellKit;

namespace WebWaka.Tax.Copies;

/// <summary>Our copy of a product of Inventory's: in which tax class it is, so that no class goes that goods are sold in.</summary>
internal sealed class ProductRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string TaxClass { get; set; }
    public bool Archived { get; set; }
}
