using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using WebWaka.CellKit;
using WebWaka.Identity.Clients;
using WebWaka.Identity.Staff;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity.Tokens;

/// <summary>What a token says of its bearer, read afresh each time one is made: a role that changed holds at the next refresh.</summary>
/// <param name="Epoch">Of a staff member's sessions; null for a program, which has none to refresh.</param>
internal sealed record Session(TenantRow Tenant, Guid Id, string Name, string Role, IReadOnlyCollection<string> Can, int? Epoch)
{
    /// <summary>Travels in the refresh token alone.</summary>
    private const string EpochClaim = "epoch";

    public static Session Of(TenantRow tenant, StaffRow staff, IReadOnlyCollection<string> can) =>
        new(tenant, staff.Id, staff.Name, staff.Role, can, staff.SessionEpoch);

    public static Session Of(TenantRow tenant, ApiClientRow client) => new(tenant, client.Id, client.Name, "client", client.Permissions, Epoch: null);

    public ClaimsPrincipal ToPrincipal()
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, "name", CellKit.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, Id.ToString())
            .SetClaim(OpenIddictConstants.Claims.Name, Name)
            .SetClaim(CellKit.Claims.Tenant, Tenant.Id.ToString())
            .SetClaim(CellKit.Claims.Slug, Tenant.Slug)
            .SetClaim(CellKit.Claims.Role, Role)
            .SetClaim(CellKit.Claims.Permissions, string.Join(' ', Can));
        if (Epoch is { } epoch)
        {
            identity.SetClaim(EpochClaim, epoch);
            identity.SetScopes(OpenIddictConstants.Scopes.OfflineAccess);
        }

        identity.SetResources(TokenAccess.Audience);
        identity.SetDestinations(claim => claim.Type == EpochClaim ? [] : [OpenIddictConstants.Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whose refresh token it is, and of which tenant and epoch.</summary>
    public static (Guid Tenant, Guid Staff, long Epoch)? Read(ClaimsPrincipal refresh) =>
        Guid.TryParse(refresh.GetClaim(CellKit.Claims.Tenant), out var tenant)
        && Guid.TryParse(refresh.GetClaim(OpenIddictConstants.Claims.Subject), out var staff)
        && long.TryParse(refresh.GetClaim(EpochClaim), out var epoch)
            ? (tenant, staff, epoch)
            : null;
}
