using WebWaka.CellKit;

namespace WebWaka.History.Copies;

// What identity owns and a receipt's head says, kept current by its events.

internal sealed class SettingsRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
    public required string Name { get; set; }

    /// <summary>ISO 3166-1 alpha-2: chooses the receipt's language and what its law calls a tax id.</summary>
    public required string Country { get; set; }

    public string? TaxId { get; set; }
    public string? ReceiptFooter { get; set; }
}

internal sealed class StoreRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Name { get; set; }
    public string? Address { get; set; }
    public required string TimeZone { get; set; }
}

internal sealed class TillRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Name { get; set; }
}
