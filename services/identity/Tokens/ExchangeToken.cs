using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using WebWaka.CellKit;
using WebWaka.Identity.Tenants;

namespace WebWaka.Identity.Tokens;

/// <summary>
/// <c>POST /connect/token</c>, form-encoded, in OAuth 2's shapes: OpenIddict reads and checks the request, this decides whose
/// token it is, OpenIddict makes it. The tenant is the host's, by <see cref="TenantHeader"/>.
/// </summary>
internal static class ExchangeToken
{
    public const string Path = "connect/token";

    /// <summary>The public client that people sign in with.</summary>
    public const string TillClient = "till";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(Path, Handle).AllowAnonymous().WithName(nameof(ExchangeToken));

    private static async Task<IResult> Handle(HttpContext http, DirectoryDb directory, IdentityDb db, Passwords passwords, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen this request.");
        var slug = http.Request.Headers[TenantHeader.Slug].ToString();
        var tenant = await directory.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (tenant?.Status == TenantRow.Suspended)
            return Refuse(http, OpenIddictConstants.Errors.AccessDenied, Problems.TenantSuspended);

        if (request.IsPasswordGrantType())
            return Answer(http, await SignIn.ByPassword(tenant, request.Username, request.Password, db, passwords, ct), OpenIddictConstants.Errors.InvalidGrant);
        if (request.IsClientCredentialsGrantType())
            return Answer(http, await SignIn.ByClient(tenant, request.ClientId!, db, ct), OpenIddictConstants.Errors.InvalidClient);
        var session = await Refresh(http, tenant, directory, db, ct);
        return Answer(http, session, OpenIddictConstants.Errors.InvalidGrant);
    }

    /// <summary>
    /// OpenIddict marks a refresh token as spent without looking whether it was first to, so that copies sent at once all held.
    /// Here the first takes it; another ends the family, by its authorization, so that the first one's new tokens end with it.
    /// </summary>
    private static async Task<Outcome<Session>> Refresh(
        HttpContext http, TenantRow? tenant, DirectoryDb directory, IdentityDb db, CancellationToken ct)
    {
        var token = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (token.Principal is not { } principal || !Guid.TryParse(principal.GetTokenId(), out var id))
            return Problems.RefreshTokenInvalid;
        var session = await SignIn.ByRefreshToken(tenant, Session.Read(principal), db, ct);
        if (!session.Ok)
            return session;
        var first = await directory.Database.ExecuteSqlAsync(
            $"UPDATE oauth_token SET status = 'redeemed', redemption_date = {db.Now} WHERE id = {id} AND status = 'valid'", ct) == 1;
        if (first)
            return session;
        if (Guid.TryParse(principal.GetAuthorizationId(), out var family))
            await directory.Database.ExecuteSqlAsync($"UPDATE oauth_authorization SET status = 'revoked' WHERE id = {family}", ct);
        return Problems.RefreshTokenInvalid;
    }

    private static IResult Answer(HttpContext http, Outcome<Session> session, string error) =>
        session.Problem is { } problem
            ? Refuse(http, error, problem)
            : TypedResults.SignIn(session.Value!.ToPrincipal(), properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    /// <summary>OAuth's members, which clients of the token endpoint read, beside the stable code of a problem.</summary>
    private static IResult Refuse(HttpContext http, string error, Problem problem)
    {
        http.Response.Headers.CacheControl = "no-store";
        return problem.Status == StatusCodes.Status403Forbidden
            ? problem.With("error", error).With("error_description", problem.Title).ToHttp()
            : TypedResults.Json(new Refusal(error, problem.Title, problem.Code), statusCode: problem.Status);
    }

    private sealed record Refusal(
        string Error, [property: System.Text.Json.Serialization.JsonPropertyName("error_description")] string Description, string Code);
}
