using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Standalone;

namespace WebWaka.Tool.Bench;

/// <summary>What a round of selling came to. Latencies in milliseconds.</summary>
internal sealed record Sold(int Accepted, int Errors, int Limited, TimeSpan Took, List<double> Latencies)
{
    public double PerSecond => Accepted / Took.TotalSeconds;

    public double Percentile(double part) => Latencies.Count == 0 ? 0 : Latencies[(int)Math.Min(Latencies.Count - 1, part * Latencies.Count)];
}

/// <summary>Shops made through the API, each with products, VAT, a promotion and open shifts, and the till that sells in them.</summary>
internal sealed class BenchShops : IDisposable
{
    private readonly HttpClient _http;
    private readonly int _port;
    private readonly List<Till> _tills = [];

    private sealed record Till(string Host, string Token, Guid Store, Guid Id, Guid Shift, Guid[] Products, long Total);

    private BenchShops(string gateway, int port)
    {
        _port = port;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, PooledConnectionLifetime = Timeout.InfiniteTimeSpan })
        {
            BaseAddress = new Uri(gateway), DefaultRequestVersion = HttpVersion.Version11,
        };
    }

    public static async Task<BenchShops> Open(string gateway, int port, int tenants, int tills, CancellationToken ct)
    {
        var shops = new BenchShops(gateway, port);
        for (var i = 0; i < tenants; i++)
            await shops.OpenOne(Slug(i), tills, ct);
        return shops;
    }

    private static string Slug(int tenant) => $"bench-{tenant:000}";

    private async Task OpenOne(string slug, int tills, CancellationToken ct)
    {
        var host = $"{slug}.localhost:{_port}";
        await Send($"localhost:{_port}", null, HttpMethod.Post, "/api/tenants", new
        {
            slug, name = slug, country = "NG", owner = new { name = "Owner", email = $"owner@{slug}.test", password = "Bench-2026!" },
        }, slug, ct);
        var token = await SignIn(host, $"owner@{slug}.test", ct);
        var store = (Guid)(await Send(host, token, HttpMethod.Get, "/api/stores", null, null, ct))["items"]![0]!["id"]!;
        var products = Enumerable.Range(0, 50).Select(_ => Guid.CreateVersion7(TimeProvider.System.GetUtcNow())).ToArray();
        await Send(host, token, HttpMethod.Post, "/api/products/batch", new
        {
            products = products.Select((id, n) => new { id, sku = $"P{n:000}", name = $"Product {n}", price = 10_000 + n * 250, taxClass = "standard" }),
        }, "products", ct);
        var promotion = new { rule = new { type = "percentOff", name = "Ten percent", scope = "order", percent = "10" } };
        await Send(host, token, HttpMethod.Post, "/api/promotions", promotion, "promotion", ct);
        var made = (await Send(host, token, HttpMethod.Get, "/api/tills", null, null, ct))["items"]!.AsArray().Select(till => (Guid)till!["id"]!).ToList();
        for (var n = made.Count; n < tills; n++)
        {
            var till = new { storeId = store, code = $"T{n + 1:00}", name = $"Till {n + 1}" };
            made.Add((Guid)(await Send(host, token, HttpMethod.Post, "/api/tills", till, $"till-{n}", ct))["id"]!);
        }

        var chosen = products[..5];
        var total = await UntilPriced(host, token, store, chosen, ct);
        foreach (var till in made)
        {
            var shift = await OpenShift(host, token, till, ct);
            _tills.Add(new Till(host, token, store, till, shift, chosen, total));
        }
    }

    /// <summary>The till travels by an event: its shift opens as soon as that has arrived.</summary>
    private async Task<Guid> OpenShift(string host, string token, Guid till, CancellationToken ct)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            var shift = await Send(host, token, HttpMethod.Post, "/api/shifts", new { tillId = till, @float = 0 }, null, ct, mayFail: true);
            if (shift["id"] is { } id)
                return (Guid)id;
            await Task.Delay(100, ct);
        }

        throw new StandaloneException("The tills do not open", "look at the messages above");
    }

    /// <summary>Sells without a pause from <paramref name="callers"/> callers, each at tills of its own.</summary>
    public async Task<Sold> Sell(int callers, TimeSpan length, CancellationToken ct)
    {
        var until = Stopwatch.StartNew();
        var rounds = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => SellAlone(caller, callers, until, length, ct), ct)));
        var latencies = rounds.SelectMany(round => round.Latencies).Order().ToList();
        return new Sold(latencies.Count, rounds.Sum(round => round.Errors), 0, until.Elapsed, latencies);
    }

    /// <summary>
    /// So many sales a second at the tills of one tenant (null: of all), each begun when it is due whether the earlier ones have been
    /// answered or not: a latency counts from then, so that waiting is not left out.
    /// </summary>
    public async Task<Sold> SellAt(double perSecond, TimeSpan length, int? tenant, CancellationToken ct)
    {
        var host = tenant is { } number ? $"{Slug(number)}.localhost:{_port}" : null;
        var tills = _tills.Where(till => host is null || till.Host == host).ToArray();
        var clock = Stopwatch.StartNew();
        var sales = new List<Task<(HttpStatusCode Status, double Latency)>>();
        for (var n = 0; n / perSecond < length.TotalSeconds; n++)
        {
            var due = TimeSpan.FromSeconds(n / perSecond);
            if (due - clock.Elapsed is { Ticks: > 0 } early)
                await Task.Delay(early, ct);
            var till = tills[n % tills.Length];
            sales.Add(Task.Run(() => SellOne(till, clock, due, ct), ct));
        }

        var answers = await Task.WhenAll(sales);
        var accepted = answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Latency).Order().ToList();
        var limited = answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests);
        return new Sold(accepted.Count, answers.Length - accepted.Count - limited, limited, clock.Elapsed, accepted);
    }

    private async Task<(HttpStatusCode Status, double Latency)> SellOne(Till till, Stopwatch clock, TimeSpan due, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var request = Request(till.Host, till.Token, HttpMethod.Post, "/api/sales", Sale(till, id), id.ToString());
        using var response = await _http.SendAsync(request, ct);
        await response.Content.ReadAsByteArrayAsync(ct);
        return (response.StatusCode, (clock.Elapsed - due).TotalMilliseconds);
    }

    private async Task<(List<double> Latencies, int Errors)> SellAlone(int caller, int callers, Stopwatch until, TimeSpan length, CancellationToken ct)
    {
        using var connection = await RawConnection.Open(_port, ct);
        var (latencies, errors) = (new List<double>(100_000), 0);
        for (var n = caller; until.Elapsed < length; n += callers)
        {
            var till = _tills[n % _tills.Count];
            var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
            var started = Stopwatch.GetTimestamp();
            if (await connection.Post("/api/sales", till.Host, till.Token, id.ToString(), Sale(till, id), ct) == HttpStatusCode.Created)
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            else
                errors++;
        }

        return (latencies, errors);
    }

    private static string Sale(Till till, Guid id)
    {
        var card = till.Total / 2;
        return $$"""
            {"id":"{{id}}","storeId":"{{till.Store}}","tillId":"{{till.Id}}","shiftId":"{{till.Shift}}","expectedTotal":{{till.Total}},
            "lines":[{{string.Join(',', till.Products.Select(product => $$"""{"productId":"{{product}}","quantity":"2"}"""))}}],
            "tenders":[{"method":"card","amount":{{card}},"reference":"A1"},{"method":"cash","amount":{{till.Total - card}},"tendered":{{till.Total}}}]}
            """;
    }

    private async Task<long> UntilPriced(string host, string token, Guid store, Guid[] products, CancellationToken ct)
    {
        var cart = new { storeId = store, lines = products.Select(productId => new { productId, quantity = "2" }) };
        for (var tries = 0; tries < 300; tries++)
        {
            var quote = await Send(host, token, HttpMethod.Post, "/api/quotes", cart, null, ct, mayFail: true);
            if (quote["tax"] is { } tax && (long)tax > 0 && (long)quote["discount"]! > 0)
                return (long)quote["total"]!;
            await Task.Delay(100, ct);
        }

        throw new StandaloneException("The shops do not open", "look at the messages above");
    }

    private async Task<string> SignIn(string host, string email, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "password", ["client_id"] = "till", ["username"] = email, ["password"] = "Bench-2026!",
            }),
        };
        request.Headers.Host = host;
        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!["access_token"]!;
    }

    private async Task<JsonNode> Send(
        string host, string? token, HttpMethod method, string path, object? body, string? key, CancellationToken ct, bool mayFail = false)
    {
        using var request = Request(host, token, method, path, body is null ? null : JsonSerializer.Serialize(body), key);
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode || mayFail
            ? JsonNode.Parse(text)!
            : throw new StandaloneException($"{method} {path} answered {(int)response.StatusCode} {text}", "look at the messages above");
    }

    private static HttpRequestMessage Request(string host, string? token, HttpMethod method, string path, string? json, string? key)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        request.Headers.Host = host;
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    public void Dispose() => _http.Dispose();
}
