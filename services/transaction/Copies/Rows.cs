using WebWaka.CellKit;

namespace WebWaka.Transaction.Copies;

internal sealed class StoreRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public required string DayCutoff { get; set; }
}
