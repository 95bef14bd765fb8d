using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace WebWaka.Standalone.Tests;

/// <summary>The door of the demo shop in Nigeria.</summary>
internal static class DemoShop
{
    /// <exception cref="HttpRequestException">That is not the password.</exception>
    public static async Task<HttpClient> SignIn(int port, string role, string password = "Demo-2026!")
    {
        HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Host = $"demo.localhost:{port}";
        using FormUrlEncodedContent form = new(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "password", ["client_id"] = "till", ["username"] = $"{role}@demo.test", ["password"] = password,
        });
        using var answer = await client.PostAsync("/connect/token", form, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["access_token"]!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
