using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WebWaka.CellKit;

namespace WebWaka.Cells.Tests;

/// <summary>A tenant of its own for one test: calls Cells with real tokens, and lets events reach them.</summary>
public sealed class Shop(CellsFixture cells)
{
    private static readonly JsonWebTokenHandler Tokens = new();

    public Guid Tenant { get; init; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public string Slug => $"t{Tenant.ToString("N")[..12]}";

    /// <summary>A client of the Cell's own door whose token is this tenant's, with the role's permissions.</summary>
    public HttpClient Client(string cell, string role = "owner")
    {
        var client = new HttpClient { BaseAddress = cells.AddressOf(cell) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token(role));
        return client;
    }

    public string Token(string role = "owner", Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = "https://localhost/",
            Audience = TokenAccess.Audience,
            TokenType = "at+jwt",
            // Longer than the longest run of any test, the soak of thousands of payments included.
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(6),
            SigningCredentials = new SigningCredentials(cells.SigningKey, SecurityAlgorithms.EcdsaSha256),
            Subject = new ClaimsIdentity(
            [
                new Claim("sub", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString()), new Claim("name", role),
                new Claim(CellKit.Claims.Tenant, Tenant.ToString()), new Claim(CellKit.Claims.Slug, Slug), new Claim(CellKit.Claims.Role, role),
                new Claim(CellKit.Claims.Permissions, string.Join(' ', Roles.BuiltIn[role])),
            ]),
        };
        change?.Invoke(descriptor);
        return Tokens.CreateToken(descriptor);
    }

    /// <summary>An event of another Cell reaches every subscribed one, as its dispatcher would bring it. Fails when one refuses it.</summary>
    public async Task Hear<T>(T e, Guid? eventId = null) where T : class
    {
        var id = eventId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var envelope = new Envelope(Tenant, id, typeof(T).Name, JsonSerializer.Serialize(e, Json.Options), TimeProvider.System.GetUtcNow(), Trace: null);
        Assert.Empty(await cells.Transport.Send([envelope], CancellationToken.None));
    }
}

/// <summary>Requests as tests write them: anonymous objects in, JSON nodes out.</summary>
public static class Requests
{
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body, string? key = null) =>
        Send(client, HttpMethod.Post, path, body, key);

    public static async Task<HttpResponseMessage> Send(
        this HttpClient client, HttpMethod method, string path, object? body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    /// <summary>The answer's JSON, after a check of its status that shows the body when it is another.</summary>
    public static async Task<JsonNode> Is(this Task<HttpResponseMessage> answer, int status)
    {
        using var response = await answer;
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"expected {status}, got {(int)response.StatusCode}: {body}");
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <summary>The answer is this problem, as RFC 9457 problem details.</summary>
    public static async Task<JsonNode> IsProblem(this Task<HttpResponseMessage> answer, int status, string code)
    {
        var response = await answer;
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await Task.FromResult(response).Is(status);
        Assert.Equal(code, (string?)body["code"]);
        return body;
    }
}
