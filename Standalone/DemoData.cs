using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;

namespace WebWaka.Standalone;

/// <summary>
/// The demo tenants, made through the API as a new customer would: <c>demo</c> in Nigeria with a stocked supermarket,
/// <c>rival</c> in Ghana. Every id and key is derived from a name, so that a start that was cut off goes on where it stopped.
/// </summary>
internal sealed class DemoData(HttpClient http, string rootHost, Action<string> progress)
{
    public const string Nigeria = "demo";
    public const string Ghana = "rival";
    public const string Password = "Demo-2026!";
    private const string Coupon = "WELCOME10";
    private static readonly (string Role, string Name)[] Staff = [("manager", "Musa Manager"), ("cashier", "Chidi Cashier")];

    /// <param name="Prices">Naira prices of the list, times this, in percent: cedis are worth more.</param>
    private sealed record Shop(string Slug, string Name, string Country, string Store, string SecondStore, int Products, int Prices);

    private static readonly Shop[] Shops =
    [
        new(Nigeria, "Demo Supermarket", "NG", "Ikeja", "Lekki", 300, 100),
        new(Ghana, "Rival Stores", "GH", "Osu", "Kumasi", 60, 1),
    ];

    /// <summary>Makes what is missing. What is made already is the database's to say: asking the API for it takes as long as the rest of a start.</summary>
    public static async Task Ensure(StandaloneOptions options, string opsConnection, Action<string> progress, CancellationToken ct)
    {
        var made = await Made(opsConnection, ct);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{options.Port}") };
        var demo = new DemoData(http, $"{options.RootDomain}:{options.Port}", progress);
        foreach (var shop in Shops.Where(shop => !made.Contains(shop.Slug)))
            await demo.Make(shop, ct);
    }

    /// <summary>The shops whose last thing is there.</summary>
    private static async Task<HashSet<string>> Made(string opsConnection, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(opsConnection);
        await using var command = database.CreateCommand(
            "SELECT t.slug FROM identity.tenant t JOIN promotions.coupon c ON c.tenant_id = t.id WHERE t.slug = ANY ($1) AND c.code = $2");
        command.Parameters.Add(new() { Value = Array.ConvertAll(Shops, shop => shop.Slug) });
        command.Parameters.Add(new() { Value = Coupon });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var made = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
            made.Add(rows.GetString(0));
        return made;
    }

    /// <summary>Everybody knows the demo's passwords: a system that the whole network reaches may not have them.</summary>
    public static async Task RefuseIn(string opsConnection, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(opsConnection);
        await using var command = database.CreateCommand("""
            SELECT EXISTS (SELECT FROM identity.tenant t JOIN identity.staff s ON s.tenant_id = t.id
            WHERE t.slug = ANY ($1) AND s.email_key = 'owner@' || t.slug || '.test')
            """);
        command.Parameters.Add(new() { Value = new[] { Nigeria, Ghana } });
        if (await command.ExecuteScalarAsync(ct) is true)
            throw new StandaloneException(
                "The demo shops are in this data, and everybody knows their passwords", "Name another folder with --data, or start without --no-demo");
    }

    private async Task Make(Shop shop, CancellationToken ct)
    {
        progress($"demo shop {shop.Slug}");
        await Send(null, HttpMethod.Post, "/api/tenants", new
        {
            slug = shop.Slug, name = shop.Name, country = shop.Country, storeName = shop.Store,
            owner = new { name = "Ada Owner", email = $"owner@{shop.Slug}.test", password = Password },
        }, $"demo-{shop.Slug}", token: null, ct);
        // The gateway remembers for a moment that there was no such shop.
        string? token = null;
        await Until(async () => (token = await SignIn(shop.Slug, ct)) is null ? null : new JsonObject(), ct);
        var stores = await Stores(shop, token!, ct);
        foreach (var (role, name) in Staff)
            await Send(shop.Slug, HttpMethod.Post, "/api/staff", new { id = Id(shop, role), name, email = $"{role}@{shop.Slug}.test", role, password = Password }, $"staff-{role}", token!, ct);
        var products = await Products(shop, token!, ct);
        await Stock(shop, stores, products, token!, ct);
        await Promotions(shop, products, token!, ct);
        await UntilItSells(shop, stores[0], products[0].Sku, token!, ct);
    }

    /// <summary>An access token, or null when there is no such shop or owner.</summary>
    private async Task<string?> SignIn(string slug, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "password", ["client_id"] = "till", ["username"] = $"owner@{slug}.test", ["password"] = Password,
            }),
        };
        request.Headers.Host = HostOf(slug);
        using var response = await http.SendAsync(request, ct);
        return response.IsSuccessStatusCode ? (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(ct))!["access_token"] : null;
    }

    /// <summary>The first store came with the sign-up; a second one and a till more in each.</summary>
    private async Task<Guid[]> Stores(Shop shop, string token, CancellationToken ct)
    {
        var first = (Guid)(await Send(shop.Slug, HttpMethod.Get, "/api/stores", null, null, token, ct))["items"]![0]!["id"]!;
        var second = Id(shop, "store-2");
        await Send(shop.Slug, HttpMethod.Post, "/api/stores", new { id = second, code = "S02", name = shop.SecondStore }, "store-2", token, ct);
        await Send(shop.Slug, HttpMethod.Post, "/api/tills", new { id = Id(shop, "till-2"), storeId = first, code = "T02", name = "Till 2" }, "till-2", token, ct);
        await Send(shop.Slug, HttpMethod.Post, "/api/tills", new { id = Id(shop, "till-3"), storeId = second, code = "T03", name = "Till 1" }, "till-3", token, ct);
        return [first, second];
    }

    private sealed record Product(Guid Id, string Sku, string Name, long Price, string Category, string Brand, string TaxClass, string Barcode);

    private async Task<Product[]> Products(Shop shop, string token, CancellationToken ct)
    {
        await using var file = typeof(DemoData).Assembly.GetManifestResourceStream("products.csv")!;
        using var reader = new StreamReader(file);
        var rows = (await reader.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(shop.Products)
            .Select(line => line.Split(','));
        var products = rows.Select(cells => new Product(
            Id(shop, cells[0]), cells[0], cells[1], long.Parse(cells[2], CultureInfo.InvariantCulture) * shop.Prices / 100,
            cells[3], cells[4], cells[5], cells[6])).ToArray();
        // One by one a taken id would stop the whole: what is there already is left alone.
        var known = await Send(shop.Slug, HttpMethod.Get, $"/api/products?sku={products[^1].Sku}", null, null, token, ct);
        if (known["items"]!.AsArray().Count == 0)
        {
            await Send(shop.Slug, HttpMethod.Post, "/api/products/batch", new
            {
                products = products.Select(p => new { p.Id, p.Sku, p.Name, p.Price, p.TaxClass, p.Category, p.Brand, barcodes = new[] { p.Barcode } }),
            }, "products", token, ct);
        }

        return products;
    }

    private async Task Stock(Shop shop, Guid[] stores, Product[] products, string token, CancellationToken ct)
    {
        for (var i = 0; i < stores.Length; i++)
        {
            await Until(async () => await TrySend(shop.Slug, HttpMethod.Post, "/api/stock/movements", new
            {
                id = Id(shop, $"opening-{i}"), kind = "receipt", storeId = stores[i], reason = "Opening stock",
                lines = products.Select((p, n) => new { productId = p.Id, quantity = (20 + n * 7 % 180).ToString(CultureInfo.InvariantCulture) }),
            }, $"opening-{i}", token, ct), ct);
        }
    }

    /// <summary>Three malt drinks for the price of two, five percent off baskets above a sum, and ten percent by coupon.</summary>
    private async Task Promotions(Shop shop, Product[] products, string token, CancellationToken ct)
    {
        await Promotion(shop, "three-for-two", new
        {
            type = "buyXGetY", name = "Malt drink: 3 for 2", buy = 2, get = 1, match = "cheapest", priority = 20,
            items = new { products = products.Where(p => p.Name.StartsWith("Malt drink", StringComparison.Ordinal)).Select(p => p.Id) },
        }, token, ct);
        await Promotion(shop, "big-basket", new
        {
            type = "tiered", name = "Big basket", scope = "order", basis = "amount", priority = 10,
            tiers = new[] { new { from = (5_000_000L * shop.Prices / 100).ToString(CultureInfo.InvariantCulture), percent = "5" } },
        }, token, ct);
        await Promotion(shop, "welcome", new { type = "percentOff", name = "Welcome", scope = "order", percent = "10", priority = 5, coupon = new { } }, token, ct);
        await Send(shop.Slug, HttpMethod.Post, $"/api/promotions/{Id(shop, "welcome")}/coupons", new { codes = new[] { Coupon } }, "welcome-coupon", token, ct);
    }

    private Task Promotion(Shop shop, string name, object rule, string token, CancellationToken ct) =>
        Send(shop.Slug, HttpMethod.Post, "/api/promotions", new { id = Id(shop, name), rule }, name, token, ct);

    /// <summary>Everything above travels by events: the shop is open when a cart with its coupon can be priced and taxed.</summary>
    private Task UntilItSells(Shop shop, Guid store, string sku, string token, CancellationToken ct) => Until(() => Quote(shop, store, sku, token, ct), ct);

    private async Task<JsonNode?> Quote(Shop shop, Guid store, string sku, string token, CancellationToken ct)
    {
        var cart = new { storeId = store, lines = new[] { new { sku, quantity = "1" } }, coupons = new[] { Coupon } };
        return await TrySend(shop.Slug, HttpMethod.Post, "/api/quotes", cart, null, token, ct) is { } quote && (long?)quote["tax"] > 0 ? quote : null;
    }

    private static async Task Until(Func<Task<JsonNode?>> done, CancellationToken ct)
    {
        for (var tries = 0; tries < 300; tries++)
        {
            if (await done() is not null)
                return;
            await Task.Delay(100, ct);
        }

        throw new StandaloneException("The demo data does not arrive", "look at the messages above, or delete the data folder and start again");
    }

    private async Task<JsonNode> Send(string? slug, HttpMethod method, string path, object? body, string? key, string? token, CancellationToken ct) =>
        await Answer(slug, method, path, body, key, token, throws: true, ct) ?? new JsonObject();

    private Task<JsonNode?> TrySend(string slug, HttpMethod method, string path, object? body, string? key, string token, CancellationToken ct) =>
        Answer(slug, method, path, body, key, token, throws: false, ct);

    /// <summary>What exists already (409) is as good as made: this start goes on after one that was cut off.</summary>
    private async Task<JsonNode?> Answer(
        string? slug, HttpMethod method, string path, object? body, string? key, string? token, bool throws, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Host = HostOf(slug);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        if (response.IsSuccessStatusCode || (int)response.StatusCode == StatusCodes.Status409Conflict)
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text);
        return throws
            ? throw new StandaloneException(
                $"The demo data cannot be made: {method} {path} answered {(int)response.StatusCode} {text}", "delete the data folder and start again")
            : null;
    }

    private string HostOf(string? slug) => slug is null ? rootHost : $"{slug}.{rootHost}";

    private static Guid Id(Shop shop, string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{shop.Slug}/{name}")).AsSpan(0, 16));

}
