using WebWaka.CellKit;

namespace WebWaka.Promotions.Promotions;

internal sealed class PromotionRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Name { get; set; }

    /// <summary>The rule as <c>WebWaka.Pricing</c> reads it, its version that of the row. Text, so that it is given out as it was accepted.</summary>
    public required string Document { get; set; }

    public long? TotalLimit { get; set; }
    public bool Archived { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
