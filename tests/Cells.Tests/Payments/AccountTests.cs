using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.Payments.Keys;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>A shop's own Paystack key, and the platform's with a subaccount of the shop.</summary>
[Collection(PaystackCollection.Name)]
public sealed class AccountTests(CellsFixture cells)
{
    [Fact]
    public async Task P02_Another_shops_key_door_and_deliveries_are_not_ones_own()
    {
        var (mine, theirs) = (await Own(), await Own());
        var (sale, ticket, _) = await mine.Shop.Sell();
        var payment = await mine.Shop.Ask(ticket).Is(201);
        var (body, _) = await Paid(mine.Shop, payment);

        // Signed by another shop's key, by the platform's, at another shop's door: refused, and nothing is kept.
        await mine.Shop.Deliver(body, Sign(body, theirs.Key), host: mine.Shop.Selling.Shop.Slug).IsProblem(400, "signature_invalid");
        await mine.Shop.Deliver(body, Sign(body, CellsFixture.PaystackKey), host: mine.Shop.Selling.Shop.Slug).IsProblem(400, "signature_invalid");
        await mine.Shop.Deliver(body, Sign(body, mine.Key), host: theirs.Shop.Selling.Shop.Slug).IsProblem(400, "signature_invalid");
        await mine.Shop.Deliver(body, Sign(body, mine.Key)).IsProblem(400, "signature_invalid");
        await mine.Shop.Deliver(body, Sign(body, mine.Key), host: "nobody").IsProblem(400, "signature_invalid");
        Assert.Equal(0, await mine.Shop.Count("payments.webhook_event WHERE reference = $1", (string)payment["reference"]!));

        // By the other shop's own door, well signed, it is an orphan there: that key says nothing about this payment.
        await theirs.Shop.Deliver(body, Sign(body, theirs.Key), host: theirs.Shop.Selling.Shop.Slug).Is(200);
        await PayingShop.Eventually(async () => (await Log(theirs.Shop)) is [{ } only] && (string?)only["state"] == "orphan", "it is kept as an orphan");
        Assert.Equal("initiated", (string?)(await mine.Shop.Payment(payment))["status"]);

        await mine.Shop.Deliver(body, Sign(body, mine.Key), host: mine.Shop.Selling.Shop.Slug).Is(200);
        await mine.Shop.SaleBecomes(sale, "completed");
        var delivery = Assert.Single(await Log(mine.Shop))!;
        await theirs.Shop.Office.GetAsync($"/api/payments/webhooks/{delivery["id"]}").IsProblem(404, "webhook_unknown");
        await theirs.Shop.Office.Post($"/api/payments/webhooks/{delivery["id"]}/replay", new { }).IsProblem(404, "webhook_unknown");
        Assert.Equal("own", (string?)(await mine.Shop.Office.GetAsync("/api/payments/account").Is(200))["kind"]);
        Assert.Equal("platform", (string?)(await (await PayingShop.Open(cells)).Office.GetAsync("/api/payments/account").Is(200))["kind"]);
    }

    [Fact]
    public async Task The_delivery_log_is_searched_and_what_is_replayed_changes_nothing_twice()
    {
        var (shop, key) = await Own();
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        var (body, signature) = await Paid(shop, payment);
        await shop.Deliver(body, signature, host: shop.Selling.Shop.Slug).Is(200);
        await shop.SaleBecomes(sale, "completed");

        var search = $"/api/payments/webhooks?event=charge.success&reference={payment["reference"]}";
        var found = Assert.Single((await shop.Office.GetAsync(search).Is(200))["items"]!.AsArray())!;
        Assert.Empty((await shop.Office.GetAsync("/api/payments/webhooks?state=orphan").Is(200))["items"]!.AsArray());
        Assert.Empty((await shop.Office.GetAsync("/api/payments/webhooks?to=2020-01-01T00:00:00Z").Is(200))["items"]!.AsArray());
        await shop.Office.GetAsync("/api/payments/webhooks?state=lost").IsProblem(400, "invalid_request");
        Assert.Equal("charge.success", (string?)(await shop.Office.GetAsync($"/api/payments/webhooks/{found["id"]}").Is(200))["body"]!["event"]);
        for (var i = 0; i < 3; i++)
            await shop.Office.Post($"/api/payments/webhooks/{found["id"]}/replay", new { }).Is(202);

        await PayingShop.Eventually(async () => (string?)(await Log(shop))[0]!["state"] == "done", "it was worked on again");
        Assert.Equal(1, await shop.Count(
            "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'payment' AND account = 'paystack_clearing'", shop.Tenant));
        Assert.DoesNotContain(key, (await shop.Office.GetAsync("/api/payments/account").Is(200)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_changed_still_opens_the_door_and_old_payments_follow_the_new_one()
    {
        var (shop, old) = await Own();
        var body = """{"event":"something.new","data":{"id":1}}"""u8.ToArray();
        await Put(shop, new { kind = "own", secretKey = NewKey() }).Is(200);

        await shop.Deliver(body, Sign(body, old), host: shop.Selling.Shop.Slug).Is(200);

        await Put(shop, new { kind = "own", secretKey = NewKey() }).Is(200);
        await shop.Deliver(body, Sign(body, old), host: shop.Selling.Shop.Slug).IsProblem(400, "signature_invalid");
    }

    [Theory]
    [InlineData("""{"kind":"own","secretKey":"sk_live_x"}""", 422, "paystack_key_wrong_mode")]
    [InlineData("""{"kind":"own","secretKey":"pk_test_x"}""", 422, "paystack_key_wrong_mode")]
    [InlineData("""{"kind":"own"}""", 400, "invalid_request")]
    [InlineData("""{"kind":"mine"}""", 400, "invalid_request")]
    [InlineData("""{"kind":"platform","businessName":"Shop"}""", 400, "invalid_request")]
    [InlineData("""{"kind":"platform","businessName":"Shop","bankCode":"058","accountNumber":"4084084084084081"}""", 400, "invalid_request")]
    public async Task An_account_that_cannot_be_is_refused_and_nothing_changes(string body, int status, string code)
    {
        var shop = await PayingShop.Open(cells);

        await Put(shop, JsonNode.Parse(body)!).IsProblem(status, code);

        Assert.Equal("platform", (string?)(await shop.Office.GetAsync("/api/payments/account").Is(200))["kind"]);
        await Put(shop, new { kind = "platform" }, "manager").IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_key_lies_sealed_in_the_database_and_opens_for_its_own_tenant_alone()
    {
        var (shop, key) = await Own();
        await using var command = cells.Ops.CreateCommand("SELECT sealed_key FROM payments.paystack_account WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = shop.Tenant });
        var box = (byte[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        var vault = cells.ServicesOf("payments").GetRequiredService<KeyVault>();

        Assert.DoesNotContain(key, Encoding.Latin1.GetString(box), StringComparison.Ordinal);
        Assert.Equal((key, false), vault.Open(shop.Tenant, box));
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(Guid.Empty, box));
        box[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => vault.Open(shop.Tenant, box));
    }

    [Fact]
    public void With_a_new_root_secret_the_old_one_opens_and_what_is_opened_is_sealed_anew()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var box = Vault("an older root secret").Seal(tenant, "sk_test_kept");
        var turned = Vault("the newer root secret", "an older root secret");

        Assert.Equal(("sk_test_kept", true), turned.Open(tenant, box));
        Assert.Equal(("sk_test_kept", false), turned.Open(tenant, turned.Seal(tenant, "sk_test_kept")));
        Assert.Contains(KeyVault.PreviousSecret, Assert.Throws<InvalidOperationException>(() => Vault("the newer root secret").Open(tenant, box)).Message);
    }

    [Fact]
    public async Task P23_By_the_platforms_key_a_shop_holds_what_Paystack_says_that_its_subaccount_got()
    {
        var shop = await PayingShop.Open(cells);
        await Put(shop, new { kind = "platform", businessName = "Ada's Shop", bankCode = "058", accountNumber = "0123456789" }).Is(200);
        var (_, payment) = await shop.Sold();

        var there = (await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200))["data"]!;
        var shares = there["split"]!["shares"]!;
        var own = (long)shares["subaccounts"]![0]!["amount"]!;
        Assert.Equal((long)there["amount"]!, own + (long)shares["paystack"]! + (long)shares["integration"]!);
        await PayingShop.Eventually(async () => (await shop.Balances())["paystack_clearing"] == 0, "all of it is booked");
        var accounts = await shop.Balances();
        Assert.Equal(own, accounts["paystack_balance"]);
        Assert.Equal((long)shares["paystack"]!, accounts["paystack_fees"]);
        Assert.Equal((long)shares["integration"]!, accounts.GetValueOrDefault("platform_fees"));
    }

    private async Task<(PayingShop Shop, string Key)> Own()
    {
        var shop = await PayingShop.Open(cells);
        var key = NewKey();
        await Put(shop, new { kind = "own", secretKey = key }).Is(200);
        shop.Paystack = shop.Integration(key);
        // Its events come to the shop's own host, which only a gateway knows: the tests bring them.
        await shop.Webhooks("hold");
        return (shop, key);
    }

    private static Task<HttpResponseMessage> Put(PayingShop shop, object body, string role = "owner") =>
        shop.Selling.Shop.Client("payments", role).Send(HttpMethod.Put, "/api/payments/account", body);

    private static async Task<(byte[] Body, string Signature)> Paid(PayingShop shop, JsonNode payment)
    {
        await shop.Settle(payment);
        var (_, body, signature) = Assert.Single(await shop.Announced((string)payment["reference"]!));
        return (body, signature);
    }

    private static async Task<JsonArray> Log(PayingShop shop) => (await shop.Office.GetAsync("/api/payments/webhooks").Is(200))["items"]!.AsArray();

    internal static string NewKey() => "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Sign(byte[] body, string key) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), body));

    private static KeyVault Vault(string secret, string? previous = null) => new(new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>(StringComparer.Ordinal) { [Wiring.Variables.RootSecret] = secret, [KeyVault.PreviousSecret] = previous }).Build());
}
