using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>A process that is asked to stop.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task It_says_so_and_serves_on_for_as_long_as_it_was_told()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["DrainSeconds"] = "3";
        builder.AddCellDefaults();
        await using var process = builder.Build();
        process.MapDefaultEndpoints();
        await process.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(process.Urls.First()) };
        Assert.Equal(HttpStatusCode.OK, await Ask(client, "/ready"));

        var stopping = process.StopAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Ask(client, "/ready"));
        Assert.Equal(HttpStatusCode.OK, await Ask(client, "/alive"));
        Assert.False(stopping.IsCompleted);

        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => Ask(client, "/alive"));
    }

    private static async Task<HttpStatusCode> Ask(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.StatusCode;
    }
}
