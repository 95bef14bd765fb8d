using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace WebWaka.Gateway;

/// <summary>The web build (a static export): served on every shop's host, hashed assets for ever, pages looked at each time.</summary>
internal sealed partial class Pages(IConfiguration configuration)
{
    private const string HashedAssets = "/_next/static";

    /// <summary>The folder of the web build, or null when there is none.</summary>
    public string? Folder { get; } = configuration[Wiring.Variables.WebRoot] is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>Inline scripts are allowed by their hash alone, as they stand in the build's own pages.</summary>
    public string ContentSecurityPolicy => field ??= Policy();

    public static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.Path.StartsWithSegments("/api")
            && !request.Path.StartsWithSegments("/connect");

    public StaticFileOptions Options => new()
    {
        FileProvider = new PhysicalFileProvider(Folder!),
        OnPrepareResponse = context =>
        {
            var hashed = context.Context.Request.Path.StartsWithSegments(HashedAssets);
            context.Context.Response.Headers.CacheControl = hashed ? "public, max-age=31536000, immutable" : "no-cache";
            context.Context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        },
        ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } },
    };

    private string Policy()
    {
        var hashes = Directory.EnumerateFiles(Folder!, "*.html", SearchOption.AllDirectories)
            .SelectMany(file => InlineScript().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value))
            .Where(code => code.Length > 0).Distinct(StringComparer.Ordinal)
            .Select(code => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)))}'");
        return $"default-src 'self'; script-src 'self' {string.Join(' ', hashes)}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
            "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>(?<code>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex InlineScript();
}

internal static class PagesRoute
{
    public static void UsePages(this WebApplication app)
    {
        var pages = app.Services.GetRequiredService<Pages>();
        var home = app.Configuration["HomeTenant"];
        var root = StartSettings.RootDomain(app.Configuration);
        app.Use(async (http, next) =>
        {
            // The root host has no shop; where one shop is at home (Standalone's demo) a person is sent there.
            if (http.Tenant() is null && home is not null && http.Request.Path == "/" && http.Request.Host.Host == root)
                http.Response.Redirect($"{http.Request.Scheme}://{home}.{http.Request.Host}/");
            else
                await next(http);
        });
        if (pages.Folder is null)
            return;
        var files = pages.Options;
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files.FileProvider });
        app.UseStaticFiles(files);
    }
}
