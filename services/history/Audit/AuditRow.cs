using WebWaka.CellKit;

namespace WebWaka.History.Audit;

/// <summary>
/// One link of a tenant's chain, never changed. What it says is in <see cref="Entry"/> alone, so that nothing which is shown
/// stands outside of what is hashed.
/// </summary>
internal sealed class AuditRow : ITenantRow
{
    public Guid TenantId { get; set; }

    /// <summary>From 1, without gaps.</summary>
    public long Seq { get; init; }

    /// <summary>Canonical JSON, kept as text: its bytes are what is hashed.</summary>
    public required string Entry { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>The last link of a tenant's chain. Locking it puts acts in an order.</summary>
internal sealed class AuditHeadRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public long Seq { get; set; }
    public required byte[] Hash { get; set; }
}
