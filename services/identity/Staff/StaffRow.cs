using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

internal sealed class StaffRow : ITenantRow, IVersioned
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public long Version { get; set; } = 1;
    public required string Name { get; set; }
    public required string Email { get; init; }

    /// <summary>The e-mail in lower case: unique within the tenant.</summary>
    public required string EmailKey { get; init; }

    public required string PasswordHash { get; set; }

    /// <summary>A built-in role's name or the code of one of the tenant's own.</summary>
    public required string Role { get; set; }

    /// <summary>Where they work. Empty: everywhere.</summary>
    public Guid[] Stores { get; set; } = [];

    public bool Active { get; set; } = true;

    /// <summary>Counted up to end every session: a refresh token carries the epoch it was made in.</summary>
    public int SessionEpoch { get; set; }

    public int WrongPasswords { get; set; }
    public DateTimeOffset? LockedUntil { get; set; }

    public static string KeyOf(string email) => email.ToLowerInvariant();
}
