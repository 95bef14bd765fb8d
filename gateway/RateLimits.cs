using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using StackExchange.Redis;
using WebWaka.CellKit;

namespace WebWaka.Gateway;

/// <summary>
/// Limits, counted in Redis for all replicas together: every shop has a pace of its own, so that one's flood does not slow
/// another, and guessing at the sign-in gets no easier with more replicas. While Redis is away each replica counts alone.
/// </summary>
internal static class RateLimits
{
    public const string Tenant = "tenant";
    public const string SignIn = "sign-in";
    public const string SignUp = "sign-up";
    public const string Payments = "payments";
    private const string Section = "RateLimits";

    /// <summary>Five hundred tills that each send one a second.</summary>
    private const int TenantPerSecond = 500;

    public static void AddRateLimits(this IHostApplicationBuilder builder)
    {
        var redis = RedisOf(builder.Configuration);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
        builder.Services.AddSingleton<RedisWindow>();
        builder.Services.AddSingleton<SharedPace>();
        builder.Services.AddSingleton<Bulkhead>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (context, _) =>
            {
                Refuse(context.HttpContext, context.Lease, PolicyOf(context.HttpContext));
                return ValueTask.CompletedTask;
            };
            AddPace(limiter, builder.Configuration);
            AddWindow(limiter, builder.Configuration, SignIn, perMinute: 60, http => $"{http.Tenant()}:{AddressOf(http)}");
            AddWindow(limiter, builder.Configuration, SignUp, perMinute: 20, AddressOf);
            AddWindow(limiter, builder.Configuration, Payments, perMinute: 300, http => $"{http.Tenant()}:{http.User.FindFirst("sub")?.Value ?? AddressOf(http)}");
        });
    }

    /// <summary>Says when to come again.</summary>
    /// <param name="limit">Which limit it was, for the count of them.</param>
    internal static void Refuse(HttpContext http, RateLimitLease lease, string limit)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Metrics.RequestsLimited.Enabled)
            Metrics.RequestsLimited.Add(1, TenantTag.Of(TenantOf(http)), new("limit", limit));
    }

    /// <summary>For every shop the same, unless it is named with another.</summary>
    private static void AddPace(RateLimiterOptions limiter, IConfiguration configuration)
    {
        var usual = PerSecond(configuration.GetValue($"{Section}:TenantPerSecond", TenantPerSecond));
        var named = configuration.GetSection($"{Section}:Tenants").Get<Dictionary<string, int>>() ?? [];
        var paces = named.ToDictionary(pair => pair.Key, pair => PerSecond(pair.Value), StringComparer.OrdinalIgnoreCase);
        limiter.AddPolicy(Tenant, http => RateLimitPartition.Get(http.Tenant() ?? AddressOf(http), who => new Pace(
            http.RequestServices.GetRequiredService<SharedPace>(), $"pace:{who}", paces.GetValueOrDefault(who, usual),
            http.RequestServices.GetRequiredService<TimeProvider>())));
    }

    private static int PerSecond(int given) => Within(given, $"A pace of {Section}", "It is the requests a second of one shop");

    internal static int Within(int given, string what, string mend) =>
        given is >= 1 and <= 1_000_000 ? given : throw new StartException($"{what} is not from 1 to 1000000", mend);

    private static Guid? TenantOf(HttpContext http) => Guid.TryParse(http.User.FindFirst(Claims.Tenant)?.Value, out var tenant) ? tenant : null;

    private static string PolicyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName ?? Tenant;

    private static ConfigurationOptions RedisOf(IConfiguration configuration)
    {
        var options = ConfigurationOptions.Parse(StartSettings.Redis(configuration));
        (options.AbortOnConnectFail, options.ConnectTimeout, options.AsyncTimeout) = (false, 1_000, 500);
        return options;
    }

    private static void AddWindow(RateLimiterOptions limiter, IConfiguration configuration, string name, int perMinute, Func<HttpContext, string> keyOf)
    {
        var limit = configuration.GetValue($"{Section}:{name}", perMinute);
        limiter.AddPolicy(name, http =>
        {
            var window = http.RequestServices.GetRequiredService<RedisWindow>();
            var key = $"limit:{name}:{keyOf(http)}";
            return RateLimitPartition.Get(key, _ => new SharedWindowLimiter(window, key, limit));
        });
    }

    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}

/// <summary>Counts within the running minute, in Redis, for all replicas.</summary>
internal sealed class RedisWindow(IConnectionMultiplexer redis, TimeProvider clock)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    /// <summary>The count with this request, or null while Redis is away.</summary>
    public async ValueTask<long?> Count(string key)
    {
        if (!redis.IsConnected)
            return null;
        try
        {
            var minute = clock.GetUtcNow().ToUnixTimeSeconds() / (int)Length.TotalSeconds;
            var database = redis.GetDatabase();
            RedisKey counter = $"{key}:{minute}";
            var count = await database.StringIncrementAsync(counter);
            if (count == 1)
                await database.KeyExpireAsync(counter, Length * 2);
            return count;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>One key's limit: Redis's count, or this replica's own while Redis is away.</summary>
internal sealed class SharedWindowLimiter(RedisWindow window, string key, int limit) : RateLimiter
{
    private readonly FixedWindowRateLimiter _alone = new(new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = RedisWindow.Length });

    public override TimeSpan? IdleDuration => _alone.IdleDuration;

    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>Asked first by the middleware; refusing sends it on to the asynchronous way, where Redis is.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => LimitLease.Refused(RedisWindow.Length);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken ct) => await window.Count(key) is { } count
        ? (count <= limit ? LimitLease.Given : LimitLease.Refused(RedisWindow.Length))
        : await _alone.AcquireAsync(permitCount, ct);
}
