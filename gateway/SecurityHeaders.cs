using WebWaka.CellKit;

namespace WebWaka.Gateway;

/// <summary>What every answer carries, and how large a request may be.</summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var secure = app.Environment.IsProduction();
        app.Use(async (http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=()";
            // An API's answer is never a page: nothing in it may run. Pages and the docs set their own.
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            if (secure)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            await next(http);
        });
    }

    /// <summary>Refused before a byte is read where the length is said; Kestrel stops the others at the same size.</summary>
    public static void UseBodyLimit(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.ContentLength > ServiceDefaults.MaxBody)
            await CommonProblems.BodyTooLarge.With($"at most {ServiceDefaults.MaxBody} bytes").ToHttp().ExecuteAsync(http);
        else
            await next(http);
    });
}
