using WebWaka.CellKit;
using WebWaka.Contracts.Identity;

namespace WebWaka.Identity.Customers;

/// <summary>Somebody who buys here. Other Cells know the id and the groups; the name stays in this Cell.</summary>
internal sealed class CustomerRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; } = 1;
    public required string Name { get; set; }

    /// <summary>What promotions may be for: "staff", "wholesale". In order, each once.</summary>
    public string[] Groups { get; set; } = [];

    public bool Archived { get; set; }

    public CustomerChanged ToEvent() => new(Id, Version, Groups, Archived);
}
