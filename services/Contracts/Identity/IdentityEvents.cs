namespace WebWaka.Contracts.Identity;

/// <summary>A tenant's settings as they now are. Full state: apply only a newer <c>Version</c>.</summary>
/// <param name="Version">Counts up with each change of this tenant's settings.</param>
/// <param name="Country">ISO 3166-1 alpha-2, chooses the tax country pack.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA name; stores inherit it.</param>
/// <param name="DayCutoff">Local time <c>HH:mm</c> at which the business day ends.</param>
/// <param name="Status"><c>active</c> or <c>suspended</c>.</param>
public sealed record TenantSettingsChanged(
    long Version, string Slug, string Name, string Country, string Currency, string TimeZone, string DayCutoff,
    bool PricesIncludeTax, string? TaxId, string? ReceiptFooter, string Status);

/// <summary>A store as it now is. Full state: apply only a newer <c>Version</c>.</summary>
public sealed record StoreChanged(
    Guid StoreId, long Version, string Code, string Name, string? Address, string TimeZone, string DayCutoff, bool Archived);

/// <summary>A till as it now is. Full state: apply only a newer <c>Version</c>. <c>Code</c> begins its receipt numbers.</summary>
public sealed record TillChanged(Guid TillId, long Version, Guid StoreId, string Code, string Name, bool Archived);

/// <summary>What pricing has to know of a customer, as it now is. Full state: apply only a newer <c>Version</c>. Who they are is not sent.</summary>
/// <param name="Groups">What promotions may be for.</param>
/// <param name="Archived">A tombstone: the customer is in no group any more.</param>
public sealed record CustomerChanged(Guid CustomerId, long Version, string[] Groups, bool Archived);
