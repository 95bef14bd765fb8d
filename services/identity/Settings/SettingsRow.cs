using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity.Settings;

/// <summary>What holds for a whole tenant. One row.</summary>
internal sealed class SettingsRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public long Version { get; set; } = 1;
    public required string Name { get; set; }

    /// <summary>ISO 3166-1 alpha-2. Fixed: the tax rules that past sales followed hang on it.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 4217. Fixed: every amount that is stored counts its minor units.</summary>
    public required string Currency { get; init; }

    /// <summary>IANA name.</summary>
    public required string TimeZone { get; set; }

    /// <summary>Local time HH:mm at which the business day ends.</summary>
    public required string DayCutoff { get; set; }

    public bool PricesIncludeTax { get; set; }
    public required string Language { get; set; }
    public string? TaxId { get; set; }
    public string? ReceiptFooter { get; set; }

    public TenantSettingsChanged ToEvent(TenantRow tenant) =>
        new(Version, tenant.Slug, Name, Country, Currency, TimeZone, DayCutoff, PricesIncludeTax, TaxId, ReceiptFooter, tenant.Status);
}
