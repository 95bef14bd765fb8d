using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using StackExchange.Redis;
using WebWaka.CellKit;

namespace WebWaka.Gateway;

/// <summary>
/// Limits: every shop has a pace of its own, so that one's flood does not slow another; signing in, signing up and paying are
/// counted in Redis, since guessing must not get easier with more replicas. While Redis is away each replica counts alone.
/// </summary>
internal static class RateLimits
{
    public const string Tenant = "tenant";
    public const string SignIn = "sign-in";
    public const string SignUp = "sign-up";
    public const string Payments = "payments";

    public static void AddRateLimits(this IHostApplicationBuilder builder)
    {
        var perTenant = builder.Configuration.GetValue("RateLimits:TenantPerSecond", 2_000);
        var redis = RedisOf(builder.Configuration);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(redis));
        builder.Services.AddSingleton<RedisWindow>();
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
                context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            limiter.AddPolicy(Tenant, http => RateLimitPartition.GetTokenBucketLimiter(http.Tenant() ?? AddressOf(http), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perTenant * 2, TokensPerPeriod = Math.Max(1, perTenant / 10), ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 0,
            }));
            AddWindow(limiter, builder.Configuration, SignIn, perMinute: 60, http => $"{http.Tenant()}:{AddressOf(http)}");
            AddWindow(limiter, builder.Configuration, SignUp, perMinute: 20, AddressOf);
            AddWindow(limiter, builder.Configuration, Payments, perMinute: 300, http => $"{http.Tenant()}:{http.User.FindFirst("sub")?.Value ?? AddressOf(http)}");
        });
    }

    private static ConfigurationOptions RedisOf(IConfiguration configuration)
    {
        var options = ConfigurationOptions.Parse(StartSettings.Redis(configuration));
        (options.AbortOnConnectFail, options.ConnectTimeout) = (false, 1_000);
        return options;
    }

    private static void AddWindow(RateLimiterOptions limiter, IConfiguration configuration, string name, int perMinute, Func<HttpContext, string> keyOf)
    {
        var limit = configuration.GetValue($"RateLimits:{name}", perMinute);
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
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Lease.No;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken ct) =>
        await window.Count(key) is { } count ? (count <= limit ? Lease.Yes : Lease.No) : await _alone.AcquireAsync(permitCount, ct);

    private sealed class Lease(bool acquired) : RateLimitLease
    {
        public static readonly Lease Yes = new(acquired: true);
        public static readonly Lease No = new(acquired: false);

        public override bool IsAcquired => acquired;

        public override IEnumerable<string> MetadataNames => acquired ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = !acquired && metadataName == MetadataName.RetryAfter.Name ? RedisWindow.Length : null;
            return metadata is not null;
        }
    }
}
