using WebWaka.CellKit;

namespace WebWaka.Promotions.Copies;

// What other Cells own, as far as a promotion that is tried on past sales asks for it.

internal sealed class ProductRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Name { get; set; }
    public string? Category { get; set; }
    public string? Brand { get; set; }
    public string[] Tags { get; set; } = [];
}

internal sealed class CustomerRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public string[] Groups { get; set; } = [];
}

internal sealed class StoreRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string TimeZone { get; set; }
}

/// <summary>A sale that happened, as a cart: kept for a while, so that promotions can be tried on it.</summary>
internal sealed class PastSaleRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>See <see cref="Simulations.PastSale"/>.</summary>
    public required string Document { get; init; }
}
