using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Identity.Stores;

internal sealed class TillRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; } = 1;

    /// <summary>A till stays in its store: its receipts and shifts are that store's.</summary>
    public Guid StoreId { get; init; }

    /// <summary>Begins its receipt numbers, hence never changed and never used again.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }
    public bool Archived { get; set; }

    public TillChanged ToEvent() => new(Id, Version, StoreId, Code, Name, Archived);
}
