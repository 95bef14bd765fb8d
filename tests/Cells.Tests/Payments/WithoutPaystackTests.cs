using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WebWaka.Payments;
using WebWaka.Payments.Paystack;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class WithoutPaystackTests
{
    [Fact]
    public async Task Without_a_key_cash_goes_on_and_collecting_says_that_Paystack_is_not_set_up()
    {
        await using var cells = new CellsFixture { Change = settings => settings.Remove(Wiring.Variables.PaystackSecretKey) };
        await cells.InitializeAsync();
        var shop = await PayingShop.Open(cells);
        var (body, id) = await shop.Selling.Cart();
        await shop.Selling.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var (_, ticket, _) = await shop.Sell();

        await shop.Ask(ticket, "key").IsProblem(503, "paystack_not_configured");

        await shop.Deliver("{}"u8.ToArray(), signature: null, cells).IsProblem(503, "paystack_not_configured");
        Assert.Equal(0, await shop.Count("payments.payment WHERE tenant_id = $1", shop.Tenant));
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("cash") > 0, "the cash sale is booked");
    }

    /// <summary>The base address answers nothing here: whoever asked it would say so.</summary>
    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData("sk_test_x", HealthStatus.Unhealthy)]
    public async Task Paystack_is_looked_at_only_where_there_is_a_key(string? key, HealthStatus expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[Wiring.Variables.PaystackSecretKey] = key;
        builder.Configuration[Wiring.Variables.PaystackBaseUrl] = "http://127.0.0.1:1";
        builder.Services.AddHealthChecks();
        builder.AddPaystackClient();
        await using var app = builder.Build();

        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(expected, report.Status);
        Assert.All(report.Entries, entry => Assert.Equal(("paystack", "outside"), (entry.Key, entry.Value.Tags.Single())));
    }

    [Theory]
    [InlineData("pk_test_public")]
    [InlineData("sk_test_")]
    [InlineData("sk_test_a b")]
    public void A_malformed_key_stops_the_start_and_is_not_repeated(string key)
    {
        var error = Assert.Throws<StartException>(() => PaystackAccount.Of(Settings((Wiring.Variables.PaystackSecretKey, key))));

        Assert.StartsWith(Wiring.Variables.PaystackSecretKey, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key == "sk_test_" ? "sk_test_." : key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Webhooks_are_signed_with_their_own_secret_where_there_is_one()
    {
        Assert.Equal("sk_test_x", PaystackAccount.Of(Settings((Wiring.Variables.PaystackSecretKey, "sk_test_x"))).WebhookSecret);
        var own = PaystackAccount.Of(Settings((Wiring.Variables.PaystackSecretKey, "sk_test_x"), (Wiring.Variables.WebhookSecret, "own")));
        Assert.Equal("own", own.WebhookSecret);
        Assert.DoesNotContain("own", own.ToString(), StringComparison.Ordinal);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value))).Build();
}
