using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebWaka.Payments.Paystack;

namespace WebWaka.PaystackSandbox.Tests;

/// <summary>The sandbox on a free loopback port, and a door that its events come to.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    readonly WebApplication host;

    SandboxHost(WebApplication app, WebhookDoor door, HttpClient api) => (host, Door, Api) = (app, door, api);

    public WebhookDoor Door { get; }

    /// <summary>With the key "sk_test_webwaka"; redirects are not followed.</summary>
    public HttpClient Api { get; }

    public Uri Address => Api.BaseAddress!;

    public static async Task<SandboxHost> Start(params (string Name, string Value)[] settings)
    {
        var door = await WebhookDoor.Open();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["PaystackSandbox:WebhookUrl"] = door.Address;
        foreach (var (name, value) in settings)
            builder.Configuration["PaystackSandbox:" + name] = value;
        builder.AddPaystackSandbox();
        var app = builder.Build();
        app.MapPaystackSandbox();
        await app.StartAsync();
        return new SandboxHost(app, door, Caller(new Uri(app.Urls.First()), "sk_test_webwaka"));
    }

    public static HttpClient Caller(Uri address, string key) => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>The product's own client, set up as the product sets it up.</summary>
    internal PaystackClient Client(string environment = "Development", Uri? baseUrl = null, string attemptTimeout = "00:00:20")
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.Configuration["Paystack:BaseUrl"] = (baseUrl ?? Address).AbsoluteUri;
        builder.Configuration["Paystack:AttemptTimeout"] = attemptTimeout;
        builder.Configuration["Paystack:TotalTimeout"] = "00:00:55";
        builder.AddPaystackClient();
        return builder.Build().Services.GetRequiredService<PaystackClient>();
    }

    public async Task<(int Status, JsonObject Body)> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Api.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(text)!);
    }

    public Task<(int Status, JsonObject Body)> Post(string path, object body) => Send(HttpMethod.Post, path, body);

    public Task<(int Status, JsonObject Body)> Get(string path) => Send(HttpMethod.Get, path);

    public async Task<JsonObject> Data(string path, object? body = null)
    {
        var (status, answer) = await Send(body is null ? HttpMethod.Get : HttpMethod.Post, path, body);
        Assert.True(status is 200, $"{path}: {answer}");
        return (JsonObject)answer["data"]!;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await host.DisposeAsync();
        await Door.DisposeAsync();
    }
}
