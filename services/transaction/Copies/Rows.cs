using WebWaka.CellKit;

namespace WebWaka.Transaction.Copies;

// What other Cells own, kept current by their events, so that no Cell is asked while a customer waits.

internal sealed class SettingsRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
    public required string Name { get; set; }
    public required string Currency { get; set; }
    public required string TimeZone { get; set; }
    public required string DayCutoff { get; set; }
    public bool PricesIncludeTax { get; set; }
    public required string Status { get; set; }
}

internal sealed class StoreRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public required string DayCutoff { get; set; }
    public bool Archived { get; set; }
}

internal sealed class TillRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public Guid StoreId { get; set; }
    public required string Code { get; set; }
    public bool Archived { get; set; }
}

internal sealed class ProductRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Sku { get; set; }
    public required string Name { get; set; }

    /// <summary>Minor units, four decimals.</summary>
    public decimal Price { get; set; }

    public required string TaxClass { get; set; }
    public string? Category { get; set; }
    public string? Brand { get; set; }
    public string[] Tags { get; set; } = [];
    public string[] Barcodes { get; set; } = [];
    public bool Stocked { get; set; }
    public bool Archived { get; set; }
}

internal sealed class PromotionRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Document { get; set; }

    /// <summary>How often it may be given in all. <see cref="Used"/> is claimed here and nowhere else, by sales while it has a limit in all.</summary>
    public long? TotalLimit { get; set; }

    public long Used { get; set; }
    public bool Archived { get; set; }
}

internal sealed class CouponRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Code { get; init; }
    public long Version { get; set; }
    public Guid PromotionId { get; set; }
    public long? UseLimit { get; set; }

    /// <summary>Claimed here and nowhere else.</summary>
    public long Used { get; set; }

    public DateTimeOffset? ValidFrom { get; set; }
    public DateTimeOffset? ValidTo { get; set; }
    public bool Archived { get; set; }
}

internal sealed class LoyaltyProgrammeRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
    public required string Document { get; set; }

    /// <summary>Of the document, for the statement that moves points.</summary>
    public int? ExpiresAfterDays { get; set; }

    public bool Archived { get; set; }
}

internal sealed class TaxRulesRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
    public required string Document { get; set; }
}

/// <summary>Counts up with every change of a copy. A sale is saved only if it was priced with the version that still stands.</summary>
internal sealed class RulesVersionRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }
}
