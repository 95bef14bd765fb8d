using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace WebWaka.PaystackSandbox.Tests;

public sealed record Received(byte[] Body, string? Signature);

/// <summary>A merchant's webhook endpoint that keeps the raw bytes and answers what it is told.</summary>
public sealed class WebhookDoor : IAsyncDisposable
{
    readonly WebApplication host;
    readonly ConcurrentQueue<Received> received = new();

    WebhookDoor(WebApplication app) => host = app;

    public string Address => host.Urls.First() + "/hook";

    /// <summary>The status of each attempt in turn; the last one stays.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public IReadOnlyList<Received> All => [.. received];

    public static async Task<WebhookDoor> Open()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        var app = builder.Build();
        var door = new WebhookDoor(app);
        app.MapPost("/hook", door.Take);
        await app.StartAsync();
        return door;
    }

    public async Task<IReadOnlyList<Received>> Expect(int count)
    {
        for (var i = 0; received.Count < count && i < 500; i++)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.True(received.Count >= count, $"{received.Count} of {count} events came");
        return All;
    }

    async Task<IResult> Take(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        received.Enqueue(new Received(bytes.ToArray(), request.Headers["x-paystack-signature"].FirstOrDefault()));
        var status = Answers.TryPeek(out var next) ? next : 200;
        if (Answers.Count > 1)
            Answers.TryDequeue(out _);
        return Results.StatusCode(status);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
