using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace WebWaka.Standalone.Tests;

/// <summary>A service in a process of its own, set up by its environment alone.</summary>
public sealed class ServiceProcessTests
{
    const string Database = "postgres://app:hunter2@127.0.0.1:1/webwaka";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Gateway", "REDIS_URL is missing")]
    [InlineData("Gateway", "REDIS_URL cannot be read", "REDIS_URL=http://:hunter2@cache")]
    [InlineData("Gateway", "ConnectionStrings__redis cannot be read", "ConnectionStrings__redis=redis://:hunter2@cache/first")]
    [InlineData("Gateway", "NEXT_PUBLIC_ROOT_DOMAIN is no domain", "REDIS_URL=redis://127.0.0.1", "NEXT_PUBLIC_ROOT_DOMAIN=https://example.com")]
    [InlineData("Transaction", "NEXTAUTH_SECRET is missing")]
    [InlineData("Transaction", "NEXTAUTH_SECRET is missing or shorter than 16 characters", "NEXTAUTH_SECRET=hunter2")]
    [InlineData(
        "Identity", "NEXTAUTH_SECRET is missing",
        $"ConnectionStrings__identity={Database}", $"ConnectionStrings__identity-relay={Database}", "RABBITMQ_URL=amqp://127.0.0.1")]
    [InlineData("Tax", "RABBITMQ_URL is missing", $"ConnectionStrings__tax={Database}", $"ConnectionStrings__tax-relay={Database}")]
    [InlineData("Payments", "PAYSTACK_SECRET_KEY cannot be read", "PAYSTACK_SECRET_KEY=pk_test_hunter2")]
    [InlineData("Tax", "ConnectionStrings__tax is missing")]
    [InlineData("Tax", "ConnectionStrings__tax cannot be read", "ConnectionStrings__tax=mysql://a:hunter2@h/d")]
    [InlineData("Tax", "ConnectionStrings__tax-relay is missing", $"ConnectionStrings__tax={Database}")]
    [InlineData("webwaka", "DATABASE_URL cannot be read", "DATABASE_URL=mysql://a:hunter2@h/d")]
    [InlineData("webwaka", "DATABASE_URL is missing")]
    public async Task A_setting_that_is_missing_or_malformed_is_one_line_and_exit_code_2(string program, string line, params string[] environment)
    {
        using var process = Start(program, environment);
        // One that starts in spite of it is no reason to wait for ever.
        await using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);

        Assert.StartsWith(line, error, StringComparison.Ordinal);
        Assert.Equal((2, 1, ""), (process.ExitCode, error.Count(c => c == '\n'), await output));
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gateway_alone_understands_a_redis_url()
    {
        await using var redis = GarnetServer.Start(StandaloneOptions.ThrowAway());
        var port = FreePort.Choose();
        using var gateway = Start("Gateway", [$"REDIS_URL=redis://{redis.ConnectionString}/0", $"ASPNETCORE_URLS=http://127.0.0.1:{port}"]);
        try
        {
            _ = gateway.StandardOutput.ReadToEndAsync(Stop);
            _ = gateway.StandardError.ReadToEndAsync(Stop);
            using HttpClient client = new() { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
            JsonNode? health = null;
            for (var tries = 0; health is null && tries < 300 && !gateway.HasExited; tries++)
            {
                try
                {
                    using var answer = await client.GetAsync("/api/health", Stop);
                    health = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop));
                }
                catch (HttpRequestException)
                {
                    await Task.Delay(100, Stop);
                }
            }

            Assert.Equal("healthy", (string?)health?["checks"]?["redis"]);
        }
        finally
        {
            gateway.Kill();
            await gateway.WaitForExitAsync(CancellationToken.None);
        }
    }

    static Process Start(string program, string[] environment)
    {
        string[] arguments = program == "webwaka" ? ["db", "push"] : [];
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(name =>
            name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || name is "DATABASE_URL" or "REDIS_URL" or "NEXTAUTH_SECRET").ToList())
            start.Environment.Remove(name);
        foreach (var pair in environment)
            start.Environment[pair.Split('=', 2)[0]] = pair.Split('=', 2)[1];
        return Process.Start(start)!;
    }
}
