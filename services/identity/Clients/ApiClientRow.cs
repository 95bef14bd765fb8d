using WebWaka.CellKit;

namespace WebWaka.Identity.Clients;

/// <summary>A program that the tenant lets in. OpenIddict checks its secret; what it may do stands here, under row-level security.</summary>
internal sealed class ApiClientRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string ClientId { get; init; }
    public required string Name { get; init; }
    public required string[] Permissions { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public bool Removed { get; set; }
}
