using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace WebWaka.Distributed.Tests;

/// <summary>What came of a flood.</summary>
internal sealed record Flooded(int Let, int Limited, int Others, TimeSpan Took, TimeSpan Slowest, bool AllSayWhen);

/// <summary>The callers of one shop that ask through both gateways as fast as they can, without a token: what counts is who lets them in.</summary>
internal sealed class Flood(DistributedSystem system) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    /// <summary>Again while others have used up what a minute allows.</summary>
    public async Task SignUp()
    {
        var (status, answer) = (HttpStatusCode.TooManyRequests, "");
        for (var tries = 0; status == HttpStatusCode.TooManyRequests && tries < 70; tries++)
        {
            (status, answer) = await TryToSignUp();
            if (status == HttpStatusCode.TooManyRequests)
                await Task.Delay(1000);
        }

        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{status} {answer}");
    }

    private async Task<(HttpStatusCode Status, string Answer)> TryToSignUp()
    {
        using var request = Request(HttpMethod.Post, "/api/tenants", "localhost");
        request.Headers.Add("Idempotency-Key", DistributedSystem.Flooding);
        request.Content = JsonContent.Create(new
        {
            slug = DistributedSystem.Flooding, name = "Flood", country = "NG",
            owner = new { name = "Owner", email = "owner@flood.test", password = "Tests-2026!" },
        });
        using var answer = await _http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<Flooded> Run(TimeSpan length, int callers)
    {
        var answers = new ConcurrentBag<(HttpStatusCode Status, TimeSpan Took, bool SaysWhen)>();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (clock.Elapsed < length)
            {
                var started = clock.Elapsed;
                using var request = Request(HttpMethod.Get, "/api/stores", $"{DistributedSystem.Flooding}.localhost");
                using var answer = await _http.SendAsync(request);
                answers.Add((answer.StatusCode, clock.Elapsed - started, answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1)));
            }
        }));
        var limited = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        // Inside they are asked for their token.
        var let = answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized);
        return new Flooded(
            let, limited.Count, answers.Count - let - limited.Count, clock.Elapsed, answers.Max(answer => answer.Took), limited.TrueForAll(a => a.SaysWhen));
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string host)
    {
        var gateways = system.Gateways;
        var request = new HttpRequestMessage(method, new Uri(gateways[Random.Shared.Next(gateways.Count)], path));
        request.Headers.Host = host;
        return request;
    }

    public void Dispose() => _http.Dispose();
}
