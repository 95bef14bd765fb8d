using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace WebWaka.CellKit;

/// <summary>The claims of an access token, by the names they travel under.</summary>
public static class Claims
{
    public const string Tenant = "tid";
    public const string Slug = "tenant";
    public const string Role = "role";

    /// <summary>Space-separated <see cref="CellKit.Permissions"/>.</summary>
    public const string Permissions = "perm";
}

/// <summary>Who is asking, from the verified token and nothing else. A handler that takes one has a tenant.</summary>
public sealed record Caller(Guid TenantId, string Slug, Guid UserId, string Name, string Role, string[] Can)
{
    public static ValueTask<Caller> BindAsync(HttpContext http, ParameterInfo _) => new(Of(http.User));

    public bool May(string permission) => Array.IndexOf(Can, permission) >= 0;

    public static Caller Of(ClaimsPrincipal user)
    {
        if (!Guid.TryParse(user.FindFirstValue(Claims.Tenant), out var tenant) || !Guid.TryParse(user.FindFirstValue("sub"), out var id))
            throw new ProblemException(CommonProblems.NotSignedIn);
        return new Caller(
            tenant, user.FindFirstValue(Claims.Slug) ?? "", id, user.FindFirstValue("name") ?? "", user.FindFirstValue(Claims.Role) ?? "",
            (user.FindFirstValue(Claims.Permissions) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
