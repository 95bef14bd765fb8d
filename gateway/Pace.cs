using System.Threading.RateLimiting;
using StackExchange.Redis;

namespace WebWaka.Gateway;

/// <summary>
/// Buckets in Redis, one for each shop, that fill at the shop's pace and hold a second of it: the same for all replicas, whose
/// requests they are taken for, by Redis's own clock.
/// </summary>
internal sealed class SharedPace(IConnectionMultiplexer redis, TimeProvider clock)
{
    /// <summary>How long nobody asks a Redis that did not answer, or that runs no scripts.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The bucket is the time at which it would be full again. $1: microseconds for a token, $2: for all it holds, $3: tokens wanted.
    /// Answers how many there were, and for how many microseconds there are none.
    /// </summary>
    private const string Take = """
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        local each, all = tonumber(ARGV[1]), tonumber(ARGV[2])
        local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
        local taken = math.min(tonumber(ARGV[3]), math.floor((now + all - full) / each))
        if taken < 1 then
            return {0, math.ceil(full + each - all - now)}
        end
        redis.call('SET', KEYS[1], string.format('%.0f', full + taken * each), 'PX', math.ceil(all / 1000) + 1000)
        return {taken, 0}
        """;

    private long _aloneUntil;

    /// <summary>As many tokens as there are, up to <paramref name="want"/>; null while each replica has to count for itself.</summary>
    public async Task<(int Tokens, TimeSpan Wait)?> Lease(string key, int perSecond, int want)
    {
        if (clock.GetTimestamp() < Volatile.Read(ref _aloneUntil) || !redis.IsConnected)
            return null;
        try
        {
            var each = 1_000_000 / perSecond;
            var answer = (long[])(await redis.GetDatabase().ScriptEvaluateAsync(Take, [key], [each, Pace.Seconds * 1_000_000, want]))!;
            return ((int)answer[0], TimeSpan.FromMicroseconds(answer[1]));
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            Volatile.Write(ref _aloneUntil, clock.GetTimestamp() + (long)(Alone.TotalSeconds * clock.TimestampFrequency));
            return null;
        }
    }
}

/// <summary>
/// One shop's pace at this replica. Tokens are taken from the shared bucket a few at a time, so that most requests cost no round
/// trip; a bucket that is empty is left alone until something is in it again, so that a flood costs none either. While Redis is
/// away the replica has a bucket of its own.
/// </summary>
internal sealed class Pace(SharedPace shared, string key, int perSecond, TimeProvider clock) : RateLimiter
{
    /// <summary>So many seconds' requests may come at once: more, and every shop feels the first moments of a flood.</summary>
    public const int Seconds = 1;

    /// <summary>A lease is a fiftieth of a second's requests: what a replica holds and does not use is little.</summary>
    private readonly int _chunk = Math.Max(1, perSecond / 50);
    private readonly Lock _gate = new();
    private int _leased;
    private Task<bool>? _leasing;
    private long _emptyUntil;
    private long _ownFullAt;
    private long _lastUsed = clock.GetTimestamp();

    public override TimeSpan? IdleDuration => clock.GetElapsedTime(Volatile.Read(ref _lastUsed));

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        Volatile.Write(ref _lastUsed, clock.GetTimestamp());
        return TakeLeased() ? LimitLease.Given : LimitLease.Refused(TimeSpan.Zero);
    }

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken ct)
    {
        while (true)
        {
            if (TakeLeased())
                return LimitLease.Given;
            if (clock.GetTimestamp() < Volatile.Read(ref _emptyUntil))
                return LimitLease.Refused(clock.GetElapsedTime(clock.GetTimestamp(), Volatile.Read(ref _emptyUntil)));
            Task<bool> leasing;
            lock (_gate)
                leasing = _leasing ??= Lease();
            if (!await leasing.WaitAsync(ct))
                return TakeOwn();
        }
    }

    private bool TakeLeased()
    {
        if (Volatile.Read(ref _leased) <= 0)
            return false;
        if (Interlocked.Decrement(ref _leased) >= 0)
            return true;
        Interlocked.Increment(ref _leased);
        return false;
    }

    /// <returns>False: there is no shared bucket now.</returns>
    private async Task<bool> Lease()
    {
        // Whoever asks meanwhile waits for this one.
        await Task.Yield();
        try
        {
            if (await shared.Lease(key, perSecond, _chunk) is not { } lease)
                return false;
            if (lease.Tokens > 0)
                Interlocked.Add(ref _leased, lease.Tokens);
            else
                Volatile.Write(ref _emptyUntil, clock.GetTimestamp() + Ticks(Longer(lease.Wait, TimeSpan.FromSeconds(1) / 50)));
            return true;
        }
        finally
        {
            lock (_gate)
                _leasing = null;
        }
    }

    /// <summary>The same bucket, in this process.</summary>
    private RateLimitLease TakeOwn()
    {
        lock (_gate)
        {
            var (now, each, all) = (clock.GetTimestamp(), Ticks(TimeSpan.FromSeconds(1)) / perSecond, Ticks(TimeSpan.FromSeconds(Seconds)));
            var full = Math.Max(_ownFullAt, now);
            if (full + each > now + all)
                return LimitLease.Refused(clock.GetElapsedTime(now, full + each - all));
            _ownFullAt = full + each;
            return LimitLease.Given;
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>Whether a request may pass, and if not, when to come again.</summary>
internal sealed class LimitLease : RateLimitLease
{
    public static readonly LimitLease Given = new(wait: null);
    private readonly TimeSpan? _wait;

    private LimitLease(TimeSpan? wait) => _wait = wait;

    public static LimitLease Refused(TimeSpan wait) => new(wait);

    public override bool IsAcquired => _wait is null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == MetadataName.RetryAfter.Name ? _wait : null;
        return metadata is not null;
    }
}
