using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using WebWaka.CellKit;
using WebWaka.Gateway;

namespace WebWaka.Cells.Tests.Kit;

/// <summary>What <c>/api/health</c> says of each dependency, the gateway in front of a Cell that is as well as the test says.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData(true, "healthy")]
    [InlineData(false, "unhealthy")]
    public async Task A_database_that_does_not_answer_is_named(bool answers, string said)
    {
        var checks = await Checks("database", answers);
        Assert.Equal(said, (string?)checks["database"]);
        Assert.Equal(said, (string?)checks["transaction"]);
        Assert.Equal("unhealthy", (string?)checks["redis"]);
        Assert.Equal("healthy", (string?)checks["paystack"]);
    }

    /// <summary>Payments says it, and goes on serving.</summary>
    [Theory]
    [InlineData("paystack")]
    [InlineData("messaging")]
    public async Task What_a_Cell_can_do_without_is_named_and_the_Cell_is_well(string outside)
    {
        var checks = await Checks(outside, answers: false);
        Assert.Equal("unhealthy", (string?)checks[outside]);
        Assert.Equal("healthy", (string?)checks["payments"]);
        Assert.Equal("healthy", (string?)checks["database"]);
    }

    /// <summary>The gateway's answer while one check of every Cell, or none, fails.</summary>
    private static async Task<System.Text.Json.Nodes.JsonNode> Checks(string check, bool answers)
    {
        await using var running = new InProcess();
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { [Wiring.Variables.RedisUrl] = "127.0.0.1:1" };
        await running.Start(
            [new CellModule(Wiring.Identity, null, builder => AddCell(builder, check, answers), app => app.MapDefaultEndpoints())],
            settings, "Development", CancellationToken.None);
        foreach (var cell in Wiring.Cells)
            settings[$"services:{cell}:http:0"] = running.Addresses[Wiring.Identity];
        await using var gateway = new InProcess();
        await gateway.Start(
            [new CellModule("gateway", null, builder => builder.AddGateway(), app => app.MapGateway())], settings, "Development", CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Addresses["gateway"]) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/health");
        request.Headers.Host = "localhost";

        // 503 in either case: nothing is where this Redis should be.
        return (await client.SendAsync(request).Is(503))["checks"]!;
    }

    private static void AddCell(IHostApplicationBuilder builder, string check, bool answers) => builder.Services.AddHealthChecks()
        .AddCheck(check, () => answers ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
