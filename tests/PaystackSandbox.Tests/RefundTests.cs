using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class RefundTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start(("ClockFactor", "600"));

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_refund_is_pending_only_and_its_transaction_with_it()
    {
        var id = await Paid("r1", "GHS", 100000);
        var data = await sandbox.Data("refund", new { transaction = "r1", amount = 25000, currency = "GHS" });
        Assert.Equal(("pending", 25000L), ((string?)data["status"], (long)data["amount"]!));
        Assert.Equal("reversal-pending", (string?)(await sandbox.Data("transaction/verify/r1"))["status"]);
        var rows = (await sandbox.Get($"refund?transaction={id}")).Body["data"]!.AsArray();
        Assert.Equal(id, (long)Assert.Single(rows)!["transaction"]!);
        Assert.Empty((await sandbox.Get("refund?transaction=r1")).Body["data"]!.AsArray());
        Assert.Equal(id, (long)(await sandbox.Data($"refund/{data["id"]}"))["transaction"]!);
    }

    [Fact]
    public async Task Refunds_never_exceed_what_was_paid()
    {
        await Paid("r2", "GHS", 100000);
        await sandbox.Data("refund", new { transaction = "r2", amount = 60000 });
        await Refused(new { transaction = "r2", amount = 60000 }, "Total refund amount cannot exceed original transaction amount", null);
        await Refused(new { transaction = "r2" }, "Total refund amount cannot exceed original transaction amount", null);
        await sandbox.Data("refund", new { transaction = "r2", amount = 40000 });
        await Refused(new { transaction = "r2", amount = 100 }, "Transaction has been fully reversed", "transaction_reversed");
    }

    [Fact]
    public async Task A_refund_that_cannot_be_is_refused_by_name()
    {
        await Paid("r3", "GHS", 100000);
        await sandbox.Data("transaction/initialize",
            new { email = "a@shop.test", amount = 100000, currency = "GHS", reference = "unpaid" });
        await Refused(new { transaction = "r3", amount = 1000, currency = "NGN" }, "Transaction currency must match refund currency",
            "invalid_params");
        await Refused(new { transaction = "r3", amount = 99 },
            "The minimum amount you may send in a single refund at this time is: GHS1.00", "invalid_params");
        await Refused(new { transaction = "unpaid", amount = 1000 }, "Transaction has not been paid", "invalid_params");
        Assert.Equal(404, (await sandbox.Post("refund", new { transaction = "nobody" })).Status);
    }

    [Fact]
    public async Task Two_equal_partial_refunds_announce_the_same_bytes()
    {
        await Paid("r4", "NGN", 100000);
        await sandbox.Data("refund", new { transaction = "r4", amount = 25000 });
        await sandbox.Data("refund", new { transaction = "r4", amount = 25000 });
        var bodies = await Bodies("refund.pending");
        Assert.Equal(2, bodies.Length);
        Assert.Equal(bodies[0].ToJsonString(), bodies[1].ToJsonString());
        Assert.Equal(JsonValueKind.String, bodies[0]["data"]!["amount"]!.GetValueKind());
        Assert.Null(bodies[0]["data"]!["id"]);
    }

    [Fact]
    public async Task A_transaction_is_reversed_once_all_of_it_is_processed_and_back_to_success_when_a_refund_fails()
    {
        await Paid("r5", "NGN", 100000);
        var first = await sandbox.Data("refund", new { transaction = "r5", amount = 40000 });
        await sandbox.Data($"sandbox/refunds/{first["id"]}", new { status = "processed" });
        Assert.Equal("success", await Status("r5"));
        var second = await sandbox.Data("refund", new { transaction = "r5", amount = 60000 });
        await sandbox.Data($"sandbox/refunds/{second["id"]}", new { status = "failed" });
        Assert.Equal("success", await Status("r5"));
        var third = await sandbox.Data("refund", new { transaction = "r5", amount = 60000 });
        await sandbox.Data($"sandbox/refunds/{third["id"]}", new { status = "processed" });
        Assert.Equal("reversed", await Status("r5"));
    }

    [Theory]
    [InlineData("4084080000671803", "180", "failed")]
    [InlineData("4084080000671902", "190", "needs-attention")]
    public async Task A_test_card_decides_how_its_refund_ends(string number, string cvv, string outcome)
    {
        await sandbox.Data("charge",
            new { email = "a@shop.test", amount = 100000, currency = "NGN", reference = "card", card = new { number, cvv } });
        var id = (await sandbox.Data("refund", new { transaction = "card", amount = 1000 }))["id"];
        var status = "";
        for (var i = 0; status != outcome && i < 100; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            status = (string)(await sandbox.Data($"refund/{id}"))["status"]!;
        }
        Assert.Equal(outcome, status);
        Assert.Equal(JsonValueKind.Number, Assert.Single(await Bodies("refund." + outcome))["data"]!["amount"]!.GetValueKind());
        var details = new { refund_account_details = new { currency = "NGN", account_number = "0123456789", bank_id = "24" } };
        var (retried, _) = await sandbox.Post($"refund/retry_with_customer_details/{id}", details);
        Assert.Equal(outcome is "needs-attention" ? 200 : 422, retried);
    }

    async Task<long> Paid(string reference, string currency, long amount)
    {
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount, currency, reference });
        return (long)(await sandbox.Data("sandbox/settle", new { reference, status = "success" }))["id"]!;
    }

    async Task<string> Status(string reference) => (string)(await sandbox.Data("transaction/verify/" + reference))["status"]!;

    async Task<JsonNode[]> Bodies(string name) => [.. (await sandbox.Get("sandbox/webhooks")).Body["data"]!.AsArray()
        .Where(e => (string?)e!["event"] == name).Select(e => JsonNode.Parse((string)e!["body"]!)!)];

    async Task Refused(object body, string message, string? code)
    {
        var (status, answer) = await sandbox.Post("refund", body);
        Assert.Equal((400, message), (status, (string?)answer["message"]));
        if (code is not null)
            Assert.Equal(code, (string?)answer["code"]);
    }
}
