using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class BooksTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("paystack-books-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_restart_keeps_references_payments_refunds_and_what_was_not_delivered()
    {
        string before, refund;
        await using (var sandbox = await Start())
        {
            sandbox.Door.Answers.Enqueue(500);
            await sandbox.Data("transaction/initialize",
                new { email = "a@shop.test", amount = 30000, reference = "kept", metadata = new { a = "b" } });
            await sandbox.Data("sandbox/settle", new { reference = "kept", status = "success" });
            refund = (await sandbox.Data("refund", new { transaction = "kept", amount = 1000 }))["id"]!.ToJsonString();
            before = (await sandbox.Data("transaction/verify/kept")).ToJsonString();
            await sandbox.Door.Expect(2);
        }
        await using var again = await Start();
        Assert.Equal(before, (await again.Data("transaction/verify/kept")).ToJsonString());
        Assert.Equal("pending", (string?)(await again.Data("refund/" + refund))["status"]);
        var (status, answer) = await again.Post("transaction/initialize",
            new { email = "a@shop.test", amount = 30000, reference = "kept" });
        Assert.Equal((400, "duplicate_reference"), (status, (string?)answer["code"]));
        await again.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, reference = "new" });
        Assert.True((long)(await again.Data("transaction/verify/new"))["id"]! > long.Parse(refund));
        await again.Door.Expect(2);
    }

    [Fact]
    public async Task Half_a_line_left_by_a_crash_is_forgotten_and_the_next_line_is_whole()
    {
        await using (var sandbox = await Start())
            await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, reference = "whole" });
        var file = Path.Combine(folder, "books.jsonl");
        await File.AppendAllTextAsync(file, "{\"key\":\"sk_test_webwaka\",\"transac", Encoding.UTF8, TestContext.Current.CancellationToken);
        await using (var sandbox = await Start())
            await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, reference = "after" });
        await using var last = await Start();
        await last.Data("transaction/verify/whole");
        await last.Data("transaction/verify/after");
    }

    [Fact]
    public void The_sandbox_refuses_to_start_in_production()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        Assert.Contains("Production", Assert.Throws<InvalidOperationException>(builder.AddPaystackSandbox).Message);
    }

    // Slow enough that the retry comes from the restart and not from the schedule.
    Task<SandboxHost> Start() => SandboxHost.Start(("DataFolder", folder), ("ClockFactor", "5000"));
}
