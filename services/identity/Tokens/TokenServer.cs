using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using WebWaka.CellKit;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace WebWaka.Identity.Tokens;

/// <summary>OpenIddict as we use it: which grants, which keys, how long.</summary>
internal static class TokenServer
{
    private const string KeysPath = ".well-known/jwks";
    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromMinutes(10);

    /// <summary>Of one link of the chain: a till that was off for a month signs in again.</summary>
    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);

    public static void AddTokenServer(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new RootSecret(builder.Configuration));
        services.AddSingleton<Passwords>();
        services.AddSingleton<SigningKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<SigningKeys>());
        services.AddHostedService<PruneTokens>();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<DirectoryDb>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetIssuer(new Uri(TokenAccess.IssuerOf(builder.Configuration)));
                server.SetTokenEndpointUris(ExchangeToken.Path);
                server.SetConfigurationEndpointUris(".well-known/openid-configuration");
                server.SetJsonWebKeySetEndpointUris(KeysPath);
                server.AllowPasswordFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow();
                server.SetAccessTokenLifetime(AccessTokenLifetime).SetRefreshTokenLifetime(RefreshTokenLifetime);
                server.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
                server.DisableAccessTokenEncryption();
                server.AddEventHandler<ApplyTokenResponseContext>(handler => handler.UseInlineHandler(AddCode).SetOrder(int.MinValue));
                server.AddEventHandler<ApplyConfigurationResponseContext>(handler => handler.UseInlineHandler(SayPublicAddresses).SetOrder(int.MinValue));
                // TLS ends at the gateway.
                server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
            });
        services.AddOptions<OpenIddictServerOptions>().Configure<SigningKeys>((options, keys) =>
        {
            options.SigningCredentials.AddRange(keys.Credentials);
            options.EncryptionCredentials.Add(keys.Encryption);
        });
    }

    /// <summary>The gateway is the address that callers have: what it was called by, never this process's own host and port.</summary>
    private static ValueTask SayPublicAddresses(ApplyConfigurationResponseContext context)
    {
        var headers = context.Transaction.GetHttpRequest()?.Headers;
        if (headers?["X-Forwarded-Host"].ToString() is not { Length: > 0 } host)
            return default;
        var root = $"{headers["X-Forwarded-Proto"]}://{host}/";
        context.Response[OpenIddictConstants.Metadata.TokenEndpoint] = root + ExchangeToken.Path.TrimStart('/');
        context.Response[OpenIddictConstants.Metadata.JwksUri] = root + KeysPath;
        return default;
    }

    /// <summary>What OpenIddict itself refuses gets a stable code too, beside OAuth's <c>error</c>.</summary>
    private static ValueTask AddCode(ApplyTokenResponseContext context)
    {
        var code = context.Response.Error switch
        {
            null => null,
            OpenIddictConstants.Errors.InvalidGrant or OpenIddictConstants.Errors.InvalidToken => Problems.RefreshTokenInvalid.Code,
            OpenIddictConstants.Errors.InvalidClient or OpenIddictConstants.Errors.UnauthorizedClient => Problems.ClientUnknown.Code,
            OpenIddictConstants.Errors.UnsupportedGrantType => Problems.GrantUnsupported.Code,
            _ => CommonProblems.InvalidRequest.Code,
        };
        if (code is not null)
            context.Response["code"] = code;
        return default;
    }
}
