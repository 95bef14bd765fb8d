using WebWaka.CellKit;
using WebWaka.Contracts.Promotions;

namespace WebWaka.Promotions.Loyalty;

/// <summary>The tenant's one programme. Balances are Transaction's, where points are earned and spent.</summary>
internal sealed class LoyaltyProgrammeRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public long Version { get; set; }

    /// <summary>As <c>WebWaka.Pricing</c> reads it, its version that of the row.</summary>
    public required string Document { get; set; }

    public bool Archived { get; set; }

    public LoyaltyProgrammeChanged Event() => new(Version, Document, Archived);
}
