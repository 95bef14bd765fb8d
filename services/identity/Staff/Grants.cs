using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;

namespace WebWaka.Identity.Staff;

/// <summary>What a role may do: a built-in one, else the tenant's own.</summary>
internal static class Grants
{
    /// <summary>None for a role that is not there.</summary>
    public static async Task<string[]> Of(IdentityDb db, string role, CancellationToken ct) => await Find(db, role, ct) ?? [];

    public static async Task<string[]?> Find(IdentityDb db, string role, CancellationToken ct) =>
        Roles.BuiltIn.TryGetValue(role, out var builtIn)
            ? builtIn
            : await db.Roles.Where(r => r.Code == role).Select(r => r.Permissions).SingleOrDefaultAsync(ct);
}
