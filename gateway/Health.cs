using System.Text.Json.Nodes;
using StackExchange.Redis;

namespace WebWaka.Gateway;

/// <summary><c>GET /api/health</c>: every dependency by name, 200 or 503. For monitoring; probes use /alive and /ready.</summary>
internal sealed class Health(IHttpClientFactory http, IConnectionMultiplexer redis, TimeProvider clock)
{
    public const string Client = "health";

    /// <summary>What a Cell can do without for a while: it still serves.</summary>
    private static readonly string[] Outside = ["messaging", "paystack"];
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _one = new(1, 1);
    private (JsonObject Answer, bool Healthy, DateTimeOffset At)? _last;

    public async Task<(JsonObject Answer, bool Healthy)> Look(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last is { } last && clock.GetUtcNow() - last.At < Kept)
                return ((JsonObject)last.Answer.DeepClone(), last.Healthy);
            var (answer, healthy) = await LookNow();
            _last = (answer, healthy, clock.GetUtcNow());
            return ((JsonObject)answer.DeepClone(), healthy);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(JsonObject Answer, bool Healthy)> LookNow()
    {
        var cells = await Task.WhenAll(Wiring.Cells.Select(async cell => (Name: cell, Failing: await Failing(cell))));
        // Payments asks, and only where it has a key.
        var paystack = cells.Single(cell => cell.Name == Wiring.Payments).Failing?.Contains("paystack") == false;
        var checks = new JsonObject
        {
            ["database"] = Word(cells.All(cell => cell.Failing?.Contains("database") != true)),
            ["redis"] = Word(await Pings()),
            ["messaging"] = Word(cells.All(cell => cell.Failing?.Contains("messaging") != true)),
            ["paystack"] = Word(paystack),
        };
        foreach (var (name, failing) in cells)
            checks[name] = Word(failing?.All(check => Outside.Contains(check)) == true);
        // Without Paystack every till goes on with cash: said, and no reason to call the system down.
        var healthy = checks.All(check => check.Key == "paystack" || (string?)check.Value == "healthy");
        return (new JsonObject { ["status"] = healthy && !paystack ? "degraded" : Word(healthy), ["checks"] = checks }, healthy);
    }

    private static string Word(bool healthy) => healthy ? "healthy" : "unhealthy";

    /// <summary>The names of the Cell's failing checks, none when all is well; null when it does not answer.</summary>
    private async Task<string[]?> Failing(string cell)
    {
        try
        {
            using var client = http.CreateClient(Client);
            using var response = await client.GetAsync($"http://{cell}/health");
            return (await response.Content.ReadAsStringAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private async Task<bool> Pings()
    {
        try
        {
            await redis.GetDatabase().PingAsync();
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            return false;
        }
    }
}

internal static class HealthRoute
{
    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Health>();
        builder.Services.AddHttpClient(Health.Client, client => client.Timeout = TimeSpan.FromSeconds(2));
    }

    public static void MapHealth(this WebApplication app) => app.MapGet("/api/health", async (Health health, CancellationToken ct) =>
    {
        var (answer, healthy) = await health.Look(ct);
        return Results.Json(answer, statusCode: healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }).AllowAnonymous();
}
