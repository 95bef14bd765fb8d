using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox.Tests;

public sealed class TransactionTests : IAsyncLifetime
{
    SandboxHost sandbox = null!;

    public async ValueTask InitializeAsync() => sandbox = await SandboxHost.Start();

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task Initialize_answers_the_envelope_and_books_an_abandoned_transaction()
    {
        var (status, answer) = await sandbox.Post("transaction/initialize",
            new { email = "a@shop.test", amount = 30000, currency = "GHS", reference = "ref-1" });
        Assert.Equal(200, status);
        Assert.True((bool)answer["status"]!);
        Assert.Equal("Authorization URL created", (string?)answer["message"]);
        Assert.EndsWith("/checkout/" + (string?)answer["data"]!["access_code"], (string?)answer["data"]!["authorization_url"]);

        var data = await sandbox.Data("transaction/verify/ref-1");
        Assert.Equal("abandoned", (string?)data["status"]);
        Assert.Equal(30000, (long)data["amount"]!);
        Assert.Equal("GHS", (string?)data["currency"]);
        Assert.True((long)data["id"]! > int.MaxValue);
        Assert.Equal("{}", data["authorization"]!.ToJsonString());
        Assert.Null(data["fees"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sk_test_")]
    [InlineData("sk_live_abc")]
    [InlineData("pk_test_abc")]
    public async Task A_key_that_is_no_test_secret_key_is_refused(string? key)
    {
        using var caller = SandboxHost.Caller(sandbox.Address, key ?? "x");
        if (key is null)
            caller.DefaultRequestHeaders.Authorization = null;
        using var response = await caller.GetAsync("transaction/verify/x", TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(401, (int)response.StatusCode);
        Assert.False((bool)answer["status"]!);
        Assert.Equal(("Invalid key", "invalid_Key", "validation_error"),
            ((string?)answer["message"], (string?)answer["code"], (string?)answer["type"]));
        Assert.Equal("Ensure that you provide the correct authorization key for the request", (string?)answer["meta"]!["nextStep"]);
    }

    [Fact]
    public async Task A_reference_is_taken_for_ever_whatever_the_amount_but_only_by_its_own_key()
    {
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 30000, reference = "once" });
        foreach (var path in (string[])["transaction/initialize", "charge"])
        {
            var (status, answer) = await sandbox.Post(path, new
            {
                email = "a@shop.test", amount = 40000, reference = "once", currency = "NGN", ussd = new { type = "737" },
            });
            Assert.Equal(400, status);
            Assert.Equal(("Duplicate Transaction Reference", "duplicate_reference"), ((string?)answer["message"], (string?)answer["code"]));
        }
        using var other = SandboxHost.Caller(sandbox.Address, "sk_test_other");
        using var seen = await other.GetAsync("transaction/verify/once", TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)seen.StatusCode);
    }

    [Fact]
    public async Task Twenty_at_once_with_one_reference_make_one_transaction()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            sandbox.Post("transaction/initialize", new { email = "a@shop.test", amount = 30000, reference = "race" })));
        Assert.Equal(1, answers.Count(a => a.Status is 200));
        Assert.Equal(19, answers.Count(a => (string?)a.Body["code"] is "duplicate_reference"));
    }

    [Theory]
    [InlineData("30000", 30000)]
    [InlineData("\"30000\"", 30000)]
    [InlineData("30000.0", 30000)]
    public async Task A_whole_amount_is_taken_in_any_spelling(string amount, long stored)
    {
        var answer = await SendAmount(amount, "NGN");
        Assert.True((bool)answer["status"]!);
        Assert.Equal(stored, (long)(await sandbox.Data("transaction/verify/" + answer["data"]!["reference"]))["amount"]!);
    }

    [Theory]
    [InlineData("100.5", "\"amount\" must be an integer")]
    [InlineData("\"100.50\"", "\"amount\" must be an integer")]
    [InlineData("\"many\"", "\"amount\" must be an integer")]
    [InlineData("0", "Invalid Amount Sent")]
    [InlineData("-100", "Invalid Amount Sent")]
    public async Task An_amount_that_is_not_a_positive_integer_is_refused(string amount, string message)
    {
        var answer = await SendAmount(amount, "NGN");
        Assert.False((bool)answer["status"]!);
        Assert.Equal((message, "invalid_amount"), ((string?)answer["message"], (string?)answer["code"]));
        Assert.Equal(0, (long)(await sandbox.Get("transaction")).Body["meta"]!["total"]!);
    }

    [Theory]
    [InlineData("NGN", 5000)]
    [InlineData("USD", 200)]
    [InlineData("GHS", 10)]
    [InlineData("ZAR", 100)]
    [InlineData("KES", 300)]
    [InlineData("XOF", 100)]
    public async Task A_currency_has_its_minimum(string currency, long minimum)
    {
        Assert.False((bool)(await SendAmount($"{minimum - 1}", currency))["status"]!);
        Assert.True((bool)(await SendAmount($"{minimum}", currency))["status"]!);
    }

    [Fact]
    public async Task The_fraction_of_a_franc_is_ignored()
    {
        var answer = await SendAmount("150099", "XOF");
        Assert.Equal(150000, (long)(await sandbox.Data("transaction/verify/" + answer["data"]!["reference"]))["amount"]!);
    }

    [Fact]
    public async Task Without_a_currency_the_default_is_charged_and_a_disabled_one_is_refused()
    {
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { defaultCurrency = "KES", currencies = (string[])["KES"] });
        await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 1250, reference = "forgot" });
        Assert.Equal("KES", (string?)(await sandbox.Data("transaction/verify/forgot"))["currency"]);
        var (status, answer) = await sandbox.Post("transaction/initialize", new { email = "a@shop.test", amount = 1250, currency = "USD" });
        Assert.Equal((400, "unsupported_currency"), (status, (string?)answer["code"]));
    }

    [Theory]
    [InlineData("{\"amount\":30000}", "Email Address is required", "missing_params")]
    [InlineData("{\"amount\":30000,\"email\":\"nobody\"}", "Invalid Email Address Passed", "invalid_email_address")]
    [InlineData("not json", "Email Address is required", "missing_params")]
    public async Task A_bad_email_is_refused_by_name(string body, string message, string code)
    {
        using var response = await sandbox.Api.PostAsync("transaction/initialize",
            new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((400, message, code), ((int)response.StatusCode, (string?)answer["message"], (string?)answer["code"]));
    }

    [Fact]
    public async Task An_unknown_reference_is_neither_paid_nor_failed_in_both_observed_codes()
    {
        var (first, answer) = await sandbox.Get("transaction/verify/nobody");
        Assert.Equal((400, "Transaction reference not found.", "transaction_not_found"),
            (first, (string?)answer["message"], (string?)answer["code"]));
        await sandbox.Send(HttpMethod.Put, "sandbox/settings", new { unknownReferenceStatus = 404 });
        Assert.Equal(404, (await sandbox.Get("transaction/verify/nobody")).Status);
        Assert.Equal(404, (await sandbox.Get("transaction/123")).Status);
    }

    [Fact]
    public async Task The_list_pages_newest_first_and_filters()
    {
        for (var i = 1; i <= 5; i++)
            await sandbox.Data("transaction/initialize", new { email = "a@shop.test", amount = 10000 * i, reference = $"p{i}" });
        await sandbox.Data("sandbox/settle", new { reference = "p3", status = "success" });
        var (_, page) = await sandbox.Get("transaction?perPage=2&page=2");
        Assert.Equal(["p3", "p2"], page["data"]!.AsArray().Select(t => (string?)t!["reference"]));
        Assert.Equal((5L, 3L, 2L), ((long)page["meta"]!["total"]!, (long)page["meta"]!["pageCount"]!, (long)page["meta"]!["skipped"]!));
        var (_, paid) = await sandbox.Get("transaction?status=success");
        Assert.Equal(["p3"], paid["data"]!.AsArray().Select(t => (string?)t!["reference"]));
        Assert.Empty((await sandbox.Get("transaction?customer=CUS_x")).Body["data"]!.AsArray());
        Assert.Empty((await sandbox.Get("transaction?to=2020-01-01")).Body["data"]!.AsArray());
    }

    [Fact]
    public async Task Metadata_keeps_its_number_types_only_when_it_was_sent_as_text()
    {
        await sandbox.Data("transaction/initialize",
            new { email = "a@shop.test", amount = 30000, reference = "object", metadata = new { n = 1 } });
        await sandbox.Data("transaction/initialize",
            new { email = "a@shop.test", amount = 30000, reference = "text", metadata = "{\"n\":1}" });
        Assert.Equal(JsonValueKind.String, (await sandbox.Data("transaction/verify/object"))["metadata"]!["n"]!.GetValueKind());
        Assert.Equal(JsonValueKind.Number, (await sandbox.Data("transaction/verify/text"))["metadata"]!["n"]!.GetValueKind());
    }

    async Task<JsonObject> SendAmount(string amount, string currency)
    {
        using var response = await sandbox.Api.PostAsync("transaction/initialize",
            new StringContent($$"""{"email":"a@shop.test","amount":{{amount}},"currency":"{{currency}}"}""", null, "application/json"),
            TestContext.Current.CancellationToken);
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
