using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace WebWaka.Distributed.Tests;

/// <summary>
/// A tenant with products, VAT, a promotion and open tills, sold in as tills do it: through whichever gateway answers, with an id
/// made before the first attempt, and again with the same id until there is an answer.
/// </summary>
internal sealed partial class Shop
{
    private const int Tills = 5;
    private const string Secret = "Tests-2026!";
    private readonly string _slug;
    private readonly Uri[] _gateways;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = 64, ConnectTimeout = TimeSpan.FromSeconds(5), AllowAutoRedirect = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(60),
    };

    private readonly List<Till> _tills = [];
    private Guid? _openShift;
    private string _token = "";
    private DateTimeOffset _tokenUntil;

    private sealed record Till(Guid Store, Guid Id, Guid Shift, JsonArray Lines, long Total);

    /// <summary>All but the last, whose shifts are opened and closed (Dealing.cs).</summary>
    private Till TillOf(int n) => _tills[n % (Tills - 1)];

    /// <summary>Every sale that was answered 201, with its receipt number.</summary>
    public ConcurrentDictionary<Guid, string> Acknowledged { get; } = new();

    public Guid Tenant { get; private set; }

    public string Token => _token;

    private Shop(Uri[] gateways, string slug) => (_slug, _gateways) = (slug, gateways);

    public static async Task<Shop> Open(IEnumerable<Uri> gateways, string slug)
    {
        var shop = new Shop([.. gateways], slug);
        var made = await shop.Must(HttpMethod.Post, "/api/tenants", new
        {
            slug, name = slug, country = "NG", owner = new { name = "Owner", email = $"owner@{slug}.test", password = Secret },
        }, slug, root: true);
        shop.Tenant = (Guid)made["id"]!;
        await shop.SignIn();
        var store = (Guid)(await shop.Must(HttpMethod.Get, "/api/stores", null))["items"]![0]!["id"]!;
        var products = Enumerable.Range(0, 20).Select(_ => NewId()).ToArray();
        await shop.Must(HttpMethod.Post, "/api/products/batch", new
        {
            products = products.Select((id, n) => new { id, sku = $"P{n:000}", name = $"Product {n}", price = 10_000 + n * 250, taxClass = "standard" }),
        }, "products");
        await shop.Must(
            HttpMethod.Post, "/api/promotions", new { rule = new { type = "percentOff", name = "Ten percent", scope = "order", percent = "10" } }, "promotion");
        var tills = (await shop.Must(HttpMethod.Get, "/api/tills", null))["items"]!.AsArray().Select(till => (Guid)till!["id"]!).ToList();
        for (var n = tills.Count; n < Tills; n++)
        {
            var till = await shop.Must(HttpMethod.Post, "/api/tills", new { storeId = store, code = $"T{n + 1:00}", name = $"Till {n + 1}" }, $"till-{n}");
            tills.Add((Guid)till["id"]!);
        }

        var lines = new JsonArray([.. products[..3].Select(id => new JsonObject { ["productId"] = id, ["quantity"] = "2" })]);
        var total = await shop.UntilPriced(store, lines);
        foreach (var till in tills)
        {
            var shift = (Guid)(await shop.Until(() => shop.May(HttpMethod.Post, "/api/shifts", new { tillId = till, @float = 0 })))["id"]!;
            shop._tills.Add(new Till(store, till, shift, lines, total));
        }

        shop._openShift = shop._tills[^1].Shift;

        return shop;
    }

    /// <summary>Sells until each of <paramref name="count"/> sales is acknowledged, from so many callers at once.</summary>
    /// <returns>How many attempts were answered by anything but 201.</returns>
    public async Task<int> Sell(int count, int callers = 8, CancellationToken ct = default)
    {
        await SignInUnlessFor(TimeSpan.FromMinutes(1));
        var failures = 0;
        var abreast = new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = ct };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count), abreast, async (n, stop) => Interlocked.Add(ref failures, (await SellOne(TillOf(n), stop)).Failures));
        return failures;
    }

    private async Task<(Guid Sale, int Failures)> SellOne(Till till, CancellationToken ct)
    {
        var (id, answer, failures) = await SellFor(till, Cash(till), ct);
        var number = (string)answer["number"]!;
        Assert.Equal(number, Acknowledged.GetOrAdd(id, number));
        return (id, failures);
    }

    /// <summary>A sale at the first till, to be changed as a test wants it.</summary>
    public JsonObject Cart(Guid id) => Cart(TillOf(0), id, Cash(TillOf(0)));

    private static JsonObject Cart(Till till, Guid id, JsonObject tender) => new()
    {
        ["id"] = id, ["storeId"] = till.Store, ["tillId"] = till.Id, ["shiftId"] = till.Shift, ["expectedTotal"] = till.Total,
        ["lines"] = till.Lines.DeepClone(), ["tenders"] = new JsonArray(tender),
    };

    private static JsonObject Cash(Till till) => new() { ["method"] = "cash", ["amount"] = till.Total, ["tendered"] = till.Total + 100 };

    private static JsonObject Paystack(Till till) => new() { ["method"] = "paystack", ["amount"] = till.Total };

    private async Task<(Guid Sale, JsonNode Answer, int Failures)> SellFor(Till till, JsonObject tender, CancellationToken ct)
    {
        var id = NewId();
        var (answer, failures) = await Insist("/api/sales", Cart(till, id, tender), id, ct);
        return (id, answer, failures);
    }

    /// <summary>Sends the same with the same key until it is done.</summary>
    /// <returns>How many attempts were answered by anything else, too.</returns>
    private async Task<(JsonNode Answer, int Failures)> Insist(string path, JsonObject body, Guid key, CancellationToken ct)
    {
        for (var failures = 0; ; failures++)
        {
            Assert.True(failures < 300, $"{path} {key} is refused for ever");
            var (status, answer) = await Send(HttpMethod.Post, path, body.DeepClone(), key.ToString(), root: false, ct);
            if (status is HttpStatusCode.OK or HttpStatusCode.Created)
                return (JsonNode.Parse(answer)!, failures);
            // Anything below 500 would be the same the next time: the till would stand there with the customer's money.
            Assert.False(status is not null and < HttpStatusCode.InternalServerError, $"{path}: {status} {answer}");
            await Task.Delay(100, ct);
        }
    }

    private Task<long> UntilPriced(Guid store, JsonArray lines) => Until(async () =>
    {
        var quote = await May(HttpMethod.Post, "/api/quotes", new { storeId = store, lines });
        return quote?["tax"] is { } tax && (long)tax > 0 && (long)quote["discount"]! > 0 ? (long?)quote["total"] : null;
    });

    public async Task SignIn()
    {
        for (var tries = 0; ; tries++)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, new Uri(_gateways[tries % _gateways.Length], "/connect/token"))
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["grant_type"] = "password", ["client_id"] = "till", ["username"] = $"owner@{_slug}.test", ["password"] = Secret,
                }),
            };
            request.Headers.Host = $"{_slug}.localhost";
            try
            {
                using var answer = await _http.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                {
                    _token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
                    _tokenUntil = TimeProvider.System.GetUtcNow().AddMinutes(8);
                    return;
                }
            }
            catch (HttpRequestException) when (tries < 100)
            {
                // That gateway is gone: the other one.
            }

            Assert.True(tries < 100, $"{_slug} cannot sign in");
            await Task.Delay(100);
        }
    }

    /// <summary>Signs in again before the token ends. A test that stops identity calls it first, and has four minutes from there.</summary>
    public Task Refresh() => SignInUnlessFor(TimeSpan.FromMinutes(5));

    private async Task SignInUnlessFor(TimeSpan least)
    {
        if (_tokenUntil - TimeProvider.System.GetUtcNow() < least)
            await SignIn();
    }

    public async Task<JsonNode> Must(HttpMethod method, string path, object? body, string? key = null, bool root = false) =>
        await Until(() => May(method, path, body, key, root));

    /// <summary>The answer when it is a success, else null.</summary>
    public async Task<JsonNode?> May(HttpMethod method, string path, object? body, string? key = null, bool root = false)
    {
        var (status, answer) = await Send(method, path, body, key, root, CancellationToken.None);
        return status is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous ? JsonNode.Parse(answer.Length == 0 ? "{}" : answer) : null;
    }

    /// <summary>One attempt through one of the gateways, chosen at random. A null status: there was no answer.</summary>
    public async Task<(HttpStatusCode? Status, string Answer)> Send(HttpMethod method, string path, object? body, string? key, bool root, CancellationToken ct)
    {
        using var request = Request(method, path, body, root);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var answer = await _http.SendAsync(request, ct);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (null, error.Message);
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, object? body, bool root = false)
    {
        HttpRequestMessage request = new(method, new Uri(_gateways[Random.Shared.Next(_gateways.Length)], path));
        request.Content = body is null ? null : JsonContent.Create(body);
        request.Headers.Host = root ? "localhost" : $"{_slug}.localhost";
        if (!root && _token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        return request;
    }

    private async Task<T> Until<T>(Func<Task<T?>> so) where T : class
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await so() is { } found)
                return found;
            await Task.Delay(100);
        }

        throw new InvalidOperationException($"{_slug}: it did not become so in a minute");
    }

    private async Task<long> Until(Func<Task<long?>> so) => (long)await Until<object>(async () => await so());

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
