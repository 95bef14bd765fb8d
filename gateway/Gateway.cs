using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WebWaka.CellKit;

namespace WebWaka.Gateway;

/// <summary>The one door: a request's way through it, top to bottom.</summary>
public static class Gateway
{
    public static void AddGateway(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemHandling();
        builder.AddTokenAccess();
        // An address that nobody owns is 404, token or not; the Cells close their own doors.
        services.Configure<AuthorizationOptions>(options => options.FallbackPolicy = null);
        builder.AddTenantDirectory();
        builder.AddRateLimits();
        builder.AddHealth();
        builder.AddRoutes();
        services.AddSingleton<Pages>();
    }

    public static void MapGateway(this WebApplication app)
    {
        LogScope.Use(app, Wiring.Gateway);
        app.UseProblemHandling();
        app.UseSecurityHeaders();
        app.MapDefaultEndpoints();
        app.UseBodyLimit();
        app.UseTenantOfHost();
        app.UseAuthentication();
        LogScope.UseTenant(app);
        app.UseTokenMatchesHost();
        app.UsePages();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.MapHealth();
        app.MapDocs();
        app.MapRoutes();
    }
}
