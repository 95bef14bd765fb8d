using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

/// <summary>A role that the tenant made for itself, beside the built-in ones.</summary>
internal sealed class RoleRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string[] Permissions { get; init; }
}
