using System.Collections.Concurrent;
using System.Net;
using WebWaka.CellKit;

namespace WebWaka.Gateway;

/// <summary>What the gateway can answer by itself.</summary>
internal static class GatewayProblems
{
    public static readonly Problem TenantUnknown = new("tenant_unknown", 404, "There is no shop at this address");
    public static readonly Problem TenantSuspended = new("tenant_suspended", 403, "This shop is suspended");
    public static readonly Problem TokenOfOtherTenant = new("token_of_other_tenant", 403, "The access token belongs to another shop than this address");
    public static readonly Problem HostUnknown = new("host_unknown", 404, "This host is not served here");
}

/// <summary>
/// Which shop an address belongs to. Asked of identity, remembered for half a minute, and kept beyond that while identity is
/// away: a shop that was there goes on selling.
/// </summary>
internal sealed class TenantDirectory(IHttpClientFactory http, TimeProvider clock)
{
    public const string Client = "identity-tenants";
    private const int Capacity = 50_000;

    /// <summary>Each attempt asks the next replica of identity.</summary>
    private const int Attempts = 3;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FreshUnknown = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    internal enum Status
    {
        Active,
        Suspended,
        Unknown,

        /// <summary>Identity cannot be asked and has not been before.</summary>
        Unavailable,
    }

    private sealed record Entry(Status Status, DateTimeOffset At);

    private sealed record Answer(string Status);

    public async ValueTask<Status> Find(string slug, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var known = _known.GetValueOrDefault(slug);
        if (known is not null && now - known.At < (known.Status == Status.Unknown ? FreshUnknown : Fresh))
            return known.Status;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            try
            {
                var status = await Ask(slug, ct);
                if (_known.Count >= Capacity)
                    _known.Clear();
                _known[slug] = new Entry(status, now);
                return status;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
            {
                // That replica is away; the next one may not be.
            }
        }

        return known?.Status ?? Status.Unavailable;
    }

    private async Task<Status> Ask(string slug, CancellationToken ct)
    {
        using var client = http.CreateClient(Client);
        using var response = await client.GetAsync($"internal/tenants/{slug}", ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return Status.Unknown;
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Answer>(Json.Tolerant, ct))!.Status == "active" ? Status.Active : Status.Suspended;
    }
}

internal static class Tenancy
{
    private static readonly object Key = new();

    /// <summary>The shop's slug: the first label of the host, or null on the root host.</summary>
    public static string? Tenant(this HttpContext http) => http.Items.TryGetValue(Key, out var slug) ? (string?)slug : null;

    public static void AddTenantDirectory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TenantDirectory>();
        builder.Services.AddHttpClient(TenantDirectory.Client, client =>
        {
            client.BaseAddress = new Uri($"http://{Wiring.Identity}");
            client.Timeout = TimeSpan.FromSeconds(3);
        });
    }

    public static void UseTenantOfHost(this WebApplication app)
    {
        var root = StartSettings.RootDomain(app.Configuration);
        app.Use(async (http, next) =>
        {
            var slug = SlugOf(http.Request.Host.Host, root);
            if (slug is null)
            {
                // The root host, or an address of this machine: the platform's routes, and nothing of any shop.
                if (!Routes.IsPlatform(http.Request.Path) && !Pages.IsPage(http.Request))
                    await GatewayProblems.HostUnknown.With($"call a shop's own host: https://shop.{root}/").ToHttp().ExecuteAsync(http);
                else
                    await next(http);
                return;
            }

            http.Items[Key] = slug;
            var status = await http.RequestServices.GetRequiredService<TenantDirectory>().Find(slug, http.RequestAborted);
            // Identity is away and this gateway has not met the shop: a valid token for it says enough (checked further on).
            var vouched = status == TenantDirectory.Status.Unavailable && http.Request.Headers.Authorization.Count > 0;
            if (status == TenantDirectory.Status.Active || vouched)
                await next(http);
            else
                await Refusal(status, http).ToHttp().ExecuteAsync(http);
        });
    }

    /// <summary>A token is good at its own shop's address only, so that no cookie, link or proxy can mix two shops.</summary>
    public static void UseTokenMatchesHost(this WebApplication app) => app.Use(async (http, next) =>
    {
        var claimed = http.User.FindFirst(Claims.Slug)?.Value;
        if (claimed is not null && claimed != http.Tenant())
            await GatewayProblems.TokenOfOtherTenant.ToHttp().ExecuteAsync(http);
        else
            await next(http);
    });

    private static Problem Refusal(TenantDirectory.Status status, HttpContext http)
    {
        if (status == TenantDirectory.Status.Unavailable)
            http.Response.Headers.RetryAfter = "2";
        return status switch
        {
            TenantDirectory.Status.Suspended => GatewayProblems.TenantSuspended,
            TenantDirectory.Status.Unavailable => CommonProblems.TryAgain,
            _ => GatewayProblems.TenantUnknown,
        };
    }

    private static string? SlugOf(string host, string root)
    {
        if (!host.EndsWith("." + root, StringComparison.OrdinalIgnoreCase))
            return null;
        var label = host[..^(root.Length + 1)].ToLowerInvariant();
        // Anything that cannot be a slug is looked up nowhere; identity would say 404.
        return label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? label : "-";
    }
}
