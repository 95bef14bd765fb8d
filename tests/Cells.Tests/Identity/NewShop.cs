using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Identity;

/// <summary>A tenant that signed up by identity's own door, and its people's real tokens.</summary>
internal sealed class NewShop
{
    public const string Password = "correct horse 7";

    private readonly CellsFixture _cells;

    private NewShop(CellsFixture cells, string slug) => (_cells, Slug) = (cells, slug);

    public string Slug { get; }

    public Guid Id { get; private set; }

    public string OwnerEmail => $"owner@{Slug}.test";

    /// <summary>Letters alone: digits by chance are a card's number once in some thousand runs, and refused.</summary>
    public static string FreshSlug() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 24);

    public static object Form(string slug, string country = "NG", string password = Password) => new
    {
        slug, name = $"Shop {slug}", country, owner = new { name = "Ada Obi", email = $"owner@{slug}.test", password },
    };

    public static async Task<NewShop> SignUp(CellsFixture cells, string country = "NG")
    {
        var shop = new NewShop(cells, FreshSlug());
        var made = await shop.Anonymous().Post("/api/tenants", Form(shop.Slug, country), key: shop.Slug).Is(201);
        shop.Id = (Guid)made["id"]!;
        return shop;
    }

    public HttpClient Anonymous(string cell = "identity") => new() { BaseAddress = _cells.AddressOf(cell) };

    /// <summary>A client of the Cell's door with a token that identity gave for this e-mail address.</summary>
    public async Task<HttpClient> SignedIn(string? email = null, string cell = "identity", string password = Password)
    {
        var tokens = await PasswordGrant(email ?? OwnerEmail, password).Is(200);
        return With((string)tokens["access_token"]!, cell);
    }

    public HttpClient With(string accessToken, string cell = "identity")
    {
        var client = Anonymous(cell);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    public Task<HttpResponseMessage> PasswordGrant(string email, string password = Password, string? slug = null) => Token(
        new() { ["grant_type"] = "password", ["client_id"] = "till", ["username"] = email, ["password"] = password }, slug);

    public Task<HttpResponseMessage> RefreshGrant(JsonNode tokens, string? slug = null) => Token(
        new() { ["grant_type"] = "refresh_token", ["client_id"] = "till", ["refresh_token"] = (string)tokens["refresh_token"]! }, slug);

    /// <summary>As the gateway forwards it from the tenant's host.</summary>
    public async Task<HttpResponseMessage> Token(Dictionary<string, string> form, string? slug = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TenantHeader.Slug, slug ?? Slug);
        return await Anonymous().SendAsync(request);
    }
}

internal static class OAuthAnswers
{
    /// <summary>OAuth's error shape, with our stable code beside it.</summary>
    public static async Task IsRefusal(this Task<HttpResponseMessage> answer, int status, string error, string code)
    {
        var body = await answer.Is(status);
        Assert.Equal((error, code), ((string?)body["error"], (string?)body["code"]));
    }
}
