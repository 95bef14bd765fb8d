using WebWaka.CellKit;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace WebWaka.Gateway;

/// <summary>Which Cell owns which address (design section 6), and what the gateway does to a request on its way there.</summary>
internal static class Routes
{
    /// <param name="Methods">Null: all.</param>
    /// <param name="Limit">A rate limit stricter than the tenant's, by name.</param>
    /// <param name="Platform">Whether the root host answers it too, where there is no tenant.</param>
    private sealed record Owned(string Path, string Cell, string[]? Methods = null, string? Limit = null, bool Platform = false);

    /// <summary>Behind a cluster's own name a connection stays with one replica: this soon a new replica gets its share.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromSeconds(30);

    private static readonly Owned[] All =
    [
        new("/connect/{**rest}", Wiring.Identity, Limit: RateLimits.SignIn),
        new("/.well-known/{**rest}", Wiring.Identity, Platform: true),
        new("/api/tenants/{**rest}", Wiring.Identity, Limit: RateLimits.SignUp, Platform: true),
        new("/api/stores/{**rest}", Wiring.Identity),
        new("/api/tills/{**rest}", Wiring.Identity),
        new("/api/staff/{**rest}", Wiring.Identity),
        new("/api/roles/{**rest}", Wiring.Identity),
        new("/api/clients/{**rest}", Wiring.Identity),
        new("/api/customers/{**rest}", Wiring.Identity),
        new("/api/settings/{**rest}", Wiring.Identity),
        new("/api/me/{**rest}", Wiring.Identity),
        new("/api/products/{**rest}", Wiring.Inventory),
        new("/api/categories/{**rest}", Wiring.Inventory),
        new("/api/stock/{**rest}", Wiring.Inventory),
        new("/api/promotions/{**rest}", Wiring.Promotions),
        new("/api/coupons/{**rest}", Wiring.Promotions),
        new("/api/tax/{**rest}", Wiring.Tax),
        // Where the sale is: docs/decisions/0038.
        new("/api/tax/explain/{**rest}", Wiring.Transaction),
        new("/api/quotes/{**rest}", Wiring.Transaction),
        new("/api/sales/{**rest}", Wiring.Transaction),
        new("/api/shifts/{**rest}", Wiring.Transaction),
        new("/api/loyalty/{**rest}", Wiring.Transaction),
        new("/api/leases/{**rest}", Wiring.Transaction),
        new("/api/refunds/{**rest}", Wiring.Transaction, ["POST"]),
        new("/api/refunds/{**rest}", Wiring.History, ["GET"]),
        new("/api/payments/{**rest}", Wiring.Payments, Limit: RateLimits.Payments),
        new("/api/settlements/{**rest}", Wiring.Payments),
        new("/api/webhooks/paystack", Wiring.Payments, ["POST"], Platform: true),
        new("/api/transactions/{**rest}", Wiring.History),
        new("/api/receipts/{**rest}", Wiring.History),
        new("/api/reports/{**rest}", Wiring.History),
        new("/api/audit/{**rest}", Wiring.History),
    ];

    /// <summary>Addresses that the root host answers, where no tenant is.</summary>
    private static readonly string[] PlatformPrefixes =
        [.. All.Where(route => route.Platform).Select(route => route.Path.Replace("/{**rest}", "", StringComparison.Ordinal)), "/api/health", "/docs", "/alive", "/ready"];

    public static bool IsPlatform(PathString path) => Array.Exists(PlatformPrefixes, prefix => path.StartsWithSegments(prefix));

    public static void AddRoutes(this IHostApplicationBuilder builder)
    {
        var routes = new List<RouteConfig>();
        foreach (var owned in All)
            routes.Add(RouteOf($"{owned.Cell} {owned.Path} {string.Join(',', owned.Methods ?? [])}", owned.Path, owned.Cell, owned.Methods, owned.Limit));
        if (Docs.AreServed(builder.Environment, builder.Configuration))
        {
            foreach (var cell in Wiring.Cells)
                routes.Add(RouteOf($"docs {cell}", $"/docs/{cell}.json", cell, ["GET"], limit: null, to: "/openapi/v1.json"));
        }

        var clusters = Wiring.Cells.Select(cell => ClusterOf(cell, DestinationsOf(builder.Configuration, cell))).ToList();
        builder.Services.AddReverseProxy().LoadFromMemory(routes, clusters).AddTransforms(Transform)
            .ConfigureHttpClient((_, handler) => handler.PooledConnectionLifetime = ConnectionLifetime);
    }

    private static ClusterConfig ClusterOf(string cell, Dictionary<string, DestinationConfig> destinations) => new()
    {
        ClusterId = cell,
        LoadBalancingPolicy = LoadBalancingPolicies.PowerOfTwoChoices,
        Destinations = destinations,
        HealthCheck = Replicas.CheckOf(destinations.Count),
        HttpClient = new HttpClientConfig { MaxConnectionsPerServer = 256 },
    };

    public static void MapRoutes(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        // Now rather than at the first request: a bound that is none stops the process at start.
        proxy.Use(app.Services.GetRequiredService<Bulkhead>().Pass);
        proxy.UseAnotherReplica();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });

    private static RouteConfig RouteOf(string id, string path, string cell, string[]? methods, string? limit, string? to = null) => new()
    {
        RouteId = id,
        ClusterId = cell,
        // The Cells ask for tokens and permissions themselves; some routes need none (sign-in, sign-up, webhooks).
        AuthorizationPolicy = "anonymous",
        RateLimiterPolicy = limit ?? RateLimits.Tenant,
        Match = new RouteMatch { Path = path, Methods = methods },
        Transforms = to is null ? null : [new Dictionary<string, string>(StringComparer.Ordinal) { ["PathSet"] = to }],
    };

    /// <summary>Replicas by <c>services__{cell}__http__0</c> and on; without any, the name itself is looked up in the cluster's DNS.</summary>
    private static Dictionary<string, DestinationConfig> DestinationsOf(IConfiguration configuration, string cell)
    {
        var addresses = configuration.GetSection($"services:{cell}:http").GetChildren().Select(child => child.Value).OfType<string>().ToArray();
        return (addresses.Length > 0 ? addresses : [$"http://{cell}:8080"])
            .Select((address, i) => (Key: $"{cell}-{i}", Config: new DestinationConfig { Address = address }))
            .ToDictionary(pair => pair.Key, pair => pair.Config, StringComparer.Ordinal);
    }

    /// <summary>Nothing that a caller says about tenant, user or origin reaches a Cell: the gateway says it.</summary>
    private static void Transform(TransformBuilderContext context)
    {
        context.AddXForwarded(ForwardedTransformActions.Set);
        context.AddRequestTransform(request =>
        {
            foreach (var name in request.HttpContext.Request.Headers.Keys)
            {
                if (name.StartsWith("X-Tenant", StringComparison.OrdinalIgnoreCase) || name.StartsWith("X-User", StringComparison.OrdinalIgnoreCase))
                    request.ProxyRequest.Headers.Remove(name);
            }

            if (request.HttpContext.Tenant() is { } slug)
                request.ProxyRequest.Headers.TryAddWithoutValidation(TenantHeader.Slug, slug);
            return ValueTask.CompletedTask;
        });
    }
}
