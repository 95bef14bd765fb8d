using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace WebWaka.CellKit;

/// <summary>
/// Identity's public signing keys. Fetched inside the cluster and kept in a file (<c>WEBWAKA_KEYS</c>), so that a restart
/// needs no identity: a shop goes on selling while it is away.
/// </summary>
public sealed class TrustedKeys(IHttpClientFactory http, IConfiguration configuration, TimeProvider clock, ILogger<TrustedKeys> log)
{
    public const string Client = "identity-keys";
    private const string Address = ".well-known/jwks";
    private static readonly TimeSpan NotAgainBefore = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private DateTimeOffset _asked;

    public IReadOnlyList<SecurityKey> Known { get; private set; } = [];

    internal async ValueTask<IReadOnlyList<SecurityKey>> Current()
    {
        if (Known.Count == 0 && !await Refresh())
            Known = await ReadKept();
        return Known;
    }

    /// <summary>Asks identity. False when it did not answer, or was asked moments ago: a flood of bad tokens is not a flood of requests.</summary>
    internal async Task<bool> Refresh()
    {
        await _one.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            if (Known.Count > 0 && now - _asked < NotAgainBefore)
                return false;
            _asked = now;
            var json = await Fetch();
            Known = Read(json);
            await Keep(json);
            return true;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            log.LogWarning("identity's keys cannot be fetched: {Error}", error.Message);
            return false;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Of two replicas of identity one may be away: the second attempt asks the other.</summary>
    private async Task<string> Fetch()
    {
        using var client = http.CreateClient(Client);
        try
        {
            return await client.GetStringAsync(Address);
        }
        catch (HttpRequestException)
        {
            return await client.GetStringAsync(Address);
        }
    }

    private string? File => configuration["WEBWAKA_KEYS"];

    private async Task Keep(string json)
    {
        if (File is not { Length: > 0 } file)
            return;
        var draft = $"{file}.{Environment.ProcessId}.{Guid.CreateVersion7():N}";
        await System.IO.File.WriteAllTextAsync(draft, json);
        System.IO.File.Move(draft, file, overwrite: true);
    }

    private async Task<IReadOnlyList<SecurityKey>> ReadKept() =>
        File is { Length: > 0 } file && System.IO.File.Exists(file) ? Read(await System.IO.File.ReadAllTextAsync(file)) : [];

    private static List<SecurityKey> Read(string json) => [.. new JsonWebKeySet(json).GetSigningKeys()];
}
