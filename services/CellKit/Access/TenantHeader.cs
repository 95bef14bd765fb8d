namespace WebWaka.CellKit;

/// <summary>
/// The tenant that the host's first label names, as the gateway found it. The gateway strips any that comes in and sets its own.
/// Only sign-in reads it: wherever there is a token, the token says the tenant.
/// </summary>
public static class TenantHeader
{
    public const string Slug = "X-Tenant-Slug";
}
