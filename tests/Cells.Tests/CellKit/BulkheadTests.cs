using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WebWaka.CellKit;
using WebWaka.Cells.Tests.Payments;
using WebWaka.Gateway;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What one shop has under way at one Cell is bounded, in front of a Cell that answers when the test says so.</summary>
public sealed class BulkheadTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Shop, string Path, TaskCompletionSource Answer)> _underWay = new();
    private readonly InProcess _gateway = new();
    private WebApplication _cell = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _cell = builder.Build();
        _cell.MapGet("/internal/tenants/{slug}", () => new { status = "active" });
        _cell.MapFallback(http =>
        {
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _underWay.Enqueue((http.Request.Headers[TenantHeader.Slug].ToString(), http.Request.Path, answer));
            return answer.Task;
        });
        await _cell.StartAsync();
        await Start(_gateway, atOnce: "2");
        _client = new HttpClient { BaseAddress = new Uri(_gateway.Addresses["gateway"]) };
    }

    [Fact]
    public async Task A_shops_third_request_waits_and_neither_another_shop_nor_another_Cell_waits_for_it()
    {
        var red = Enumerable.Range(0, 3).Select(_ => Ask("red", "/api/sales/1")).ToList();
        await Comes(2);
        var elsewhere = (Task<HttpResponseMessage>[])[Ask("green", "/api/sales/2"), Ask("red", "/api/receipts/3")];
        await Comes(4);
        Assert.Equal(["/api/receipts/3", "/api/sales/1", "/api/sales/1", "/api/sales/2"], _underWay.Select(one => one.Path).Order(StringComparer.Ordinal));

        _underWay.First(one => one is { Shop: "red", Path: "/api/sales/1" }).Answer.SetResult();
        await Comes(5);
        Assert.Equal("red", _underWay.Last().Shop);
        foreach (var one in _underWay)
            one.Answer.TrySetResult();
        Assert.All(await Task.WhenAll([.. red, .. elsewhere]), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_who_leaves_it_makes_room()
    {
        using var leaving = new CancellationTokenSource();
        var red = Enumerable.Range(0, 2 + 400 + 8).Select(_ => Ask("red", "/api/sales/1", leaving.Token)).ToList();
        await PayingShop.Eventually(() => Task.FromResult(red.Count(asked => asked.IsCompleted) == 8), "eight find the line full");
        foreach (var refused in red.Where(asked => asked.IsCompleted))
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), ((await refused).StatusCode, (await refused).Headers.RetryAfter?.Delta));
        Assert.Equal(2, _underWay.Count);

        await leaving.CancelAsync();
        foreach (var one in _underWay)
            one.Answer.TrySetResult();
        var next = Ask("red", "/api/sales/9");
        await PayingShop.Eventually(() => Task.FromResult(_underWay.Any(one => one.Path == "/api/sales/9")), "the next one comes to its turn");
        foreach (var one in _underWay)
            one.Answer.TrySetResult();
        Assert.Equal(HttpStatusCode.OK, (await next).StatusCode);
    }

    [Fact]
    public async Task Payments_which_wait_for_Paystack_are_four_times_as_many()
    {
        var red = Enumerable.Range(0, 2 * 4 + 1).Select(_ => Ask("red", "/api/payments/1")).ToList();
        await Comes(2 * 4);

        _underWay.First().Answer.SetResult();
        await Comes(red.Count);
        foreach (var one in _underWay)
            one.Answer.TrySetResult();
        Assert.All(await Task.WhenAll(red), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task With_a_bound_that_is_none_the_gateway_does_not_start()
    {
        await using var gateway = new InProcess();
        await Assert.ThrowsAsync<StartException>(() => Start(gateway, atOnce: "0"));
    }

    private Task Start(InProcess gateway, string atOnce) => gateway.Start(
        [new CellModule("gateway", null, builder => builder.AddGateway(), app => app.MapGateway())],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Wiring.Variables.RedisUrl] = "127.0.0.1:1",
            ["RateLimits:TenantAtOnce"] = atOnce,
            ["services:identity:http:0"] = _cell.Urls.First(),
            ["services:transaction:http:0"] = _cell.Urls.First(),
            ["services:history:http:0"] = _cell.Urls.First(),
            ["services:payments:http:0"] = _cell.Urls.First(),
        },
        "Development", CancellationToken.None);

    private async Task<HttpResponseMessage> Ask(string shop, string path, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = $"{shop}.localhost";
        return await _client.SendAsync(request, ct);
    }

    /// <summary>So many have reached the Cell, and no more.</summary>
    private async Task Comes(int requests)
    {
        await PayingShop.Eventually(() => Task.FromResult(_underWay.Count >= requests), $"{requests} reach the Cell");
        await Task.Delay(200);
        Assert.Equal(requests, _underWay.Count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _underWay)
            one.Answer.TrySetResult();
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _cell.DisposeAsync();
    }
}
