namespace WebWaka.Contracts.Inventory;

/// <summary>A product as it now is. Full state: apply only a newer <c>Version</c>; an archived one is a tombstone.</summary>
/// <param name="Price">Unit price as listed, in minor units with up to four decimals, as text ("129900", "12.5").</param>
/// <param name="TaxClass">A class code that the tenant's tax rules define.</param>
/// <param name="Stocked">Whether a sale moves stock.</param>
public sealed record ProductChanged(
    Guid ProductId, long Version, string Sku, string Name, string Price, string TaxClass, string? Category, string? Brand,
    string[] Tags, string[] Barcodes, bool Stocked, bool Archived);
