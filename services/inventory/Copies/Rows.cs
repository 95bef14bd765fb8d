using WebWaka.CellKit;

namespace WebWaka.Inventory.Copies;

/// <summary>Our copy of a store of identity's.</summary>
internal sealed class StoreRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public bool Archived { get; set; }
}

/// <summary>Our copy of what we need of the tenant's settings.</summary>
internal sealed class SettingsRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }

    /// <summary>ISO 4217, of all prices.</summary>
    public required string Currency { get; set; }
}

/// <summary>Our copy of which tax classes the tenant's rules have: goods of another cannot be sold.</summary>
internal sealed class TaxClassesRow : ITenantRow
{
    public Guid TenantId { get; set; }

    /// <summary>Of the tax rules.</summary>
    public long Version { get; set; }

    public string[] Codes { get; set; } = [];
}
