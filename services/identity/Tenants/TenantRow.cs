using Microsoft.EntityFrameworkCore;

namespace WebWaka.Identity.Tenants;

/// <summary>Which tenant a host's first label is: read before any tenant is known, so it holds nothing that is theirs alone.</summary>
internal sealed class TenantRow
{
    public const string Active = "active";
    public const string Suspended = "suspended";

    public Guid Id { get; init; }

    public required string Slug { get; init; }

    public string Status { get; set; } = Active;

    /// <summary>That of the tenant's settings, so that the gateway knows which of two answers is newer.</summary>
    public long Version { get; set; }

    /// <summary>The Idempotency-Key it was made with: a sign-up sent again has no tenant yet to look it up under.</summary>
    public required string SignUpKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public static void Describe(ModelBuilder model) => model.Entity<TenantRow>(row =>
    {
        row.ToTable("tenant").HasKey(r => r.Id);
        row.Property(r => r.Id).ValueGeneratedNever();
        row.HasIndex(r => r.Slug).IsUnique();
        row.HasIndex(r => r.SignUpKey).IsUnique();
    });
}
