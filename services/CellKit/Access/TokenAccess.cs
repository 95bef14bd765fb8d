using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace WebWaka.CellKit;

/// <summary>
/// Access tokens: ES256 of our issuer and audience only, of the type at+jwt. Every route needs one unless it says otherwise,
/// and a route asks for a permission by name.
/// </summary>
public static class TokenAccess
{
    public const string Audience = "webwaka";

    public static void AddTokenAccess(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddSingleton<TrustedKeys>();
        builder.Services.AddHttpClient(TrustedKeys.Client, http =>
        {
            http.BaseAddress = new Uri($"http://{Wiring.Identity}");
            http.Timeout = TimeSpan.FromSeconds(5);
        });
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<TrustedKeys, TimeProvider>((jwt, keys, clock) =>
        {
            jwt.MapInboundClaims = false;
            jwt.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = IssuerOf(configuration),
                ValidAudience = Audience,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                ValidTypes = ["at+jwt"],
                ClockSkew = TimeSpan.FromSeconds(5),
                NameClaimType = "name",
            };
            jwt.TokenHandlers.Clear();
            jwt.TokenHandlers.Add(new CachingTokenHandler(keys, clock));
            jwt.Events = new JwtBearerEvents
            {
                OnChallenge = context =>
                {
                    // By keys that were never fetched nobody can be told: that is soon over, and a till takes a 401 for final.
                    if (context.AuthenticateFailure is not null && keys.Known.Count == 0)
                        throw new ProblemException(CommonProblems.TryAgain.With("identity has not answered yet"));
                    if (context.AuthenticateFailure is SecurityTokenExpiredException)
                        context.HttpContext.SetProblem(CommonProblems.TokenExpired);
                    return Task.CompletedTask;
                },
            };
        });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>Fixed, whatever host is called: <c>https://{root}/</c>.</summary>
    public static string IssuerOf(IConfiguration configuration) =>
        configuration[Wiring.Variables.Issuer] ?? $"https://{StartSettings.RootDomain(configuration)}/";

    /// <summary>The route answers only callers whose token holds the permission; others get 403.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder route, string permission) where TBuilder : IEndpointConventionBuilder
    {
        route.RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser()
            .RequireAssertion(context => Holds(context.User.FindFirst(Claims.Permissions)?.Value, permission)).Build());
        return route.WithMetadata(new RequiredPermission(permission));
    }

    private static bool Holds(string? permissions, string permission) =>
        permissions is not null && permissions.Split(' ').Contains(permission, StringComparer.Ordinal);
}

/// <summary>On every route that asks for a permission, so that tests and documents can list them.</summary>
public sealed record RequiredPermission(string Name);
