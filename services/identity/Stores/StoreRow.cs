using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Identity.Settings;

namespace WebWaka.Identity.Stores;

internal sealed class StoreRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; } = 1;
    public required string Code { get; init; }
    public required string Name { get; set; }
    public string? Address { get; set; }

    /// <summary>Null inherits the tenant's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>Null inherits the tenant's.</summary>
    public string? DayCutoff { get; set; }

    public bool Archived { get; set; }

    public StoreChanged ToEvent(SettingsRow tenant) =>
        new(Id, Version, Code, Name, Address, TimeZone ?? tenant.TimeZone, DayCutoff ?? tenant.DayCutoff, Archived);
}
