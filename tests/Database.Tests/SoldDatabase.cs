using System.Text.Json;
using Npgsql;
using WebWaka.Cells.Tests;
using WebWaka.Cells.Tests.Identity;
using WebWaka.Cells.Tests.Payments;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;
using WebWaka.Tool.Verify;

[assembly: AssemblyFixture(typeof(WebWaka.Database.Tests.SoldDatabase))]

namespace WebWaka.Database.Tests;

/// <summary>
/// A database that was pushed and then sold in through the Cells: by a shop with coupon, fee, refunds, a void and a short drawer, by
/// one whose prices include the tax, and by one that is paid through Paystack. Everything is at rest, and each test takes a copy.
/// </summary>
public sealed class SoldDatabase : IAsyncLifetime
{
    private readonly CellsFixture _cells = new();
    private readonly Dictionary<Guid, (Guid Tenant, object Body, string Answer)> _sales = [];
    private int _copies;

    public async ValueTask InitializeAsync()
    {
        await _cells.InitializeAsync();
        var signedUp = await NewShop.SignUp(_cells);
        await signedUp.SignedIn();
        Owner = (signedUp.Slug, signedUp.OwnerEmail);
        await SellWithEverything();
        await SellWithTaxIncluded();
        await SellThroughPaystack();
        IReadOnlyList<Verification.Finding> findings = [];
        for (var tries = 0; tries < 200 && !(findings.Count > 0 && findings.All(finding => finding.Holds)); tries++)
        {
            await Task.Delay(100);
            findings = await Verification.Check(_cells.ConnectionOf("webwaka_ops"), CancellationToken.None);
        }

        Assert.All(findings, finding => Assert.True(finding.Holds, $"{finding.Name}: {string.Join("; ", finding.Faults)}"));
        await _cells.StopCells();
        // Nobody may be connected to what is copied.
        await using var elsewhere = NpgsqlDataSource.Create(On("postgres"));
        await Run(elsewhere, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");
        await Run(elsewhere, "CREATE DATABASE sold_" + Name + " TEMPLATE " + Name);
        await Run(elsewhere, $"ALTER DATABASE sold_{Name} ALLOW_CONNECTIONS false IS_TEMPLATE false");
    }

    /// <summary>Whose shop signed up through identity's own door.</summary>
    public (string Slug, string Email) Owner { get; private set; }

    /// <summary>Each sale with what was answered to it.</summary>
    public IReadOnlyDictionary<Guid, (Guid Tenant, object Body, string Answer)> Sales => _sales;

    public Microsoft.IdentityModel.Tokens.ECDsaSecurityKey SigningKey => _cells.SigningKey;

    private string Name => new NpgsqlConnectionStringBuilder(_cells.Admin.ConnectionString).Database!;

    /// <summary>The administrator's connection to another database of the server.</summary>
    public string On(string database) =>
        new NpgsqlConnectionStringBuilder(_cells.Admin.ConnectionString) { Database = database, Pooling = false, PersistSecurityInfo = true }.ConnectionString;

    public string Password => new NpgsqlConnectionStringBuilder(_cells.ConnectionOf("webwaka_ops")).Password!;

    /// <summary>A copy of the sold-in database, deleted at the end.</summary>
    public Task<Copy> Take() => Make($"TEMPLATE sold_{Name}");

    /// <summary>A database with nothing in it, deleted at the end.</summary>
    public Task<Copy> Empty() => Make("TEMPLATE template0");

    private async Task<Copy> Make(string how)
    {
        var name = $"copy_{Interlocked.Increment(ref _copies)}_{Name}";
        await using var elsewhere = NpgsqlDataSource.Create(On("postgres"));
        await Run(elsewhere, $"CREATE DATABASE {name} {how}");
        return new Copy(this, name);
    }

    internal static async Task<object?> Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 120;
        return await command.ExecuteScalarAsync();
    }

    private async Task SellWithEverything()
    {
        var shop = await SellingShop.Open(_cells, couponLimit: null);
        await shop.Shop.Hear(new TaxRulesChanged(2, JsonSerializer.Serialize(
            new RuleBook
            {
                TaxClasses = [new TaxClass("standard", "Standard", [new TaxComponent { Code = "VAT", Rate = 7.5m }])],
                Fees = [new FeeRule { Code = "BAG", Name = "Sac à café 袋", Amount = 5_000, InTaxBase = true, TaxClass = "standard" }],
            }, PricingJson.Options)));
        await Sell(shop, "WELCOME10");
        await Sell(shop);
        var whole = await Sell(shop, "WELCOME10");
        var part = await Sell(shop);
        var wrong = await Sell(shop, "WELCOME10");
        await shop.Cashier.Post("/api/refunds", new { saleId = whole, reason = "all \\N \\. 返金" }, "r-1").Is(201);
        await shop.Cashier.Post("/api/refunds", new
        {
            saleId = part, reason = "some", lines = new object[] { new { line = 1, quantity = "1" }, new { line = 2, quantity = "1", restock = false } },
        }, "r-2").Is(201);
        await shop.Cashier.Post($"/api/sales/{wrong}/void", new { reason = "wrong goods" }, "v-1").Is(200);
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 1, reason = "short" }).Is(200);
    }

    private async Task SellWithTaxIncluded()
    {
        var shop = await SellingShop.Open(_cells, couponLimit: null);
        await shop.Shop.Hear(new TenantSettingsChanged(
            2, shop.Shop.Slug, "Prices with tax", "NG", "NGN", "Africa/Lagos", "04:00", true, null, null, "active"));
        var sale = await Sell(shop, "WELCOME10");
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "one", lines = new[] { new { line = 1, quantity = "1" } } }, "r-1").Is(201);
    }

    private async Task SellThroughPaystack()
    {
        var shop = await PayingShop.Open(_cells);
        await shop.Sell();
        for (var i = 0; i < 2; i++)
        {
            var (sale, ticket, _) = await shop.Sell();
            var payment = await shop.Ask(ticket).Is(201);
            await shop.Settle(payment);
            await shop.SaleBecomes(sale, "completed");
            if (i == 0)
                await GiveBack(shop, sale, payment);
        }
    }

    private static async Task GiveBack(PayingShop shop, Guid sale, System.Text.Json.Nodes.JsonNode payment)
    {
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("sales") != 0, "the sale is booked");
        await shop.Selling.Cashier.Post("/api/refunds", new { saleId = sale, reason = "returned" }, "refund").Is(201);
        await RefundIs("pending");
        var transaction = await shop.Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200);
        var there = (await shop.Paystack.GetAsync($"/refund?transaction={transaction["data"]!["id"]}").Is(200))["data"]![0]!;
        await shop.Switch(HttpMethod.Post, $"refunds/{there["id"]}", new { status = "processed" });
        await RefundIs("processed");

        Task RefundIs(string status) => PayingShop.Eventually(async () =>
            (await shop.Office.GetAsync("/api/payments/refunds").Is(200))["items"]!.AsArray() is [{ } only] && (string?)only["status"] == status,
            $"the refund is {status}");
    }

    private async Task<Guid> Sell(SellingShop shop, params string[] coupons)
    {
        var (body, id) = await shop.Cart(coupons);
        using var answer = await shop.Cashier.Post("/api/sales", body, id.ToString());
        _sales[id] = (shop.Shop.Tenant, body, await answer.Content.ReadAsStringAsync());
        Assert.Equal(201, (int)answer.StatusCode);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var elsewhere = NpgsqlDataSource.Create(On("postgres")))
            await Run(elsewhere, $"DROP DATABASE IF EXISTS sold_{Name}");
        await _cells.DisposeAsync();
    }
}

/// <summary>A database of one test's own.</summary>
public sealed class Copy(SoldDatabase sold, string name) : IAsyncDisposable
{
    public string Name => name;

    public string Admin { get; } = sold.On(name);

    public string Ops { get; } = new NpgsqlConnectionStringBuilder(sold.On(name)) { Username = "webwaka_ops", Password = sold.Password }.ConnectionString;

    public NpgsqlDataSource Source { get; } = NpgsqlDataSource.Create(sold.On(name));

    public Task<object?> Run(string sql) => SoldDatabase.Run(Source, sql);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await using var elsewhere = NpgsqlDataSource.Create(sold.On("postgres"));
        await SoldDatabase.Run(elsewhere, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }
}
