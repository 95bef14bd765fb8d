using Scalar.AspNetCore;

namespace WebWaka.Gateway;

/// <summary><c>/docs</c>: the Cells' OpenAPI documents together. Not in Production unless switched on (<c>Docs=true</c>).</summary>
internal static class Docs
{
    public static bool AreServed(IHostEnvironment environment, IConfiguration configuration) =>
        !environment.IsProduction() || configuration.GetValue("Docs", defaultValue: false);

    public static void MapDocs(this WebApplication app)
    {
        if (!AreServed(app.Environment, app.Configuration))
            return;
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("WebWaka POS API");
            foreach (var cell in Wiring.Cells)
                options.AddDocument(cell, cell, $"/docs/{cell}.json");
        }).AllowAnonymous().AddEndpointFilter(async (context, next) =>
        {
            // The reference page brings its own script and a few inline lines.
            context.HttpContext.Response.Headers.ContentSecurityPolicy =
                "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";
            return await next(context);
        });
    }
}
