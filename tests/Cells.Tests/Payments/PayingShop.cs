using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Keys;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>The sandbox is one for all tests and some of them switch it, so these run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PaystackCollection
{
    public const string Name = "paystack";
}

/// <summary>A shop that sells by Paystack: sales that await their money, the customer's hand, and Paystack's switches.</summary>
public sealed class PayingShop
{
    private static readonly SemaphoreSlim OneSweep = new(1, 1);
    private readonly CellsFixture _cells;

    private PayingShop(CellsFixture cells, SellingShop selling)
    {
        (_cells, Selling) = (cells, selling);
        Till = selling.Shop.Client("payments", "cashier");
        Office = selling.Shop.Client("payments", "owner");
        Paystack = Integration(CellsFixture.PaystackKey);
    }

    /// <summary>The sandbox, as one that holds this key sees it.</summary>
    public HttpClient Integration(string key) => new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = _cells.AddressOf("paystack-sandbox"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
    };

    public SellingShop Selling { get; }

    public Guid Tenant => Selling.Shop.Tenant;

    public HttpClient Till { get; }

    public HttpClient Office { get; }

    /// <summary>The sandbox, with the platform's key; or with the shop's own, once it has one.</summary>
    public HttpClient Paystack { get; set; }

    public static async Task<PayingShop> Open(CellsFixture cells) => new(cells, await SellingShop.Open(cells));

    /// <summary>A sale of one rice, by Paystack alone, that awaits its money.</summary>
    public async Task<(Guid Sale, string Ticket, long Amount)> Sell()
    {
        var id = SellingShop.NewId();
        var lines = new object[] { new { productId = Selling.Rice, quantity = "1" } };
        var total = (long)(await Selling.Quote(lines))["total"]!;
        var body = new { id, storeId = Selling.Store, tillId = Selling.Till, shiftId = Selling.Shift, lines, tenders = new object[] { new { method = "paystack", amount = total } } };
        var sale = await Selling.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        Assert.Equal("awaitingPayment", (string?)sale["status"]);
        return (id, (string)sale["paymentTickets"]![0]!["ticket"]!, total);
    }

    /// <summary>A ticket as Transaction would sign it, with what a test wants of it.</summary>
    public string Ticket(Guid sale, long amount, string currency = "NGN", TimeSpan? life = null, Guid? tenant = null) => new PaymentTickets(
            new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal) { [Wiring.Variables.RootSecret] = CellsFixture.RootSecret }).Build())
        .Sign(new PaymentTicket(tenant ?? Tenant, sale, 1, amount, currency, TimeProvider.System.GetUtcNow() + (life ?? TimeSpan.FromMinutes(30))));

    /// <summary>A sale of one rice: this much by Paystack, the rest in cash.</summary>
    public async Task<(Guid Sale, string Ticket)> SellMixed(long byPaystack)
    {
        var (sale, tickets) = await SellParts(byPaystack);
        return (sale, tickets[0]);
    }

    /// <summary>A sale of one rice: these parts by Paystack, a ticket each, the rest in cash.</summary>
    public async Task<(Guid Sale, string[] Tickets)> SellParts(params long[] byPaystack)
    {
        var id = SellingShop.NewId();
        var lines = new object[] { new { productId = Selling.Rice, quantity = "1" } };
        var total = (long)(await Selling.Quote(lines))["total"]!;
        var cash = total - byPaystack.Sum();
        var tenders = byPaystack.Select(amount => (object)new { method = "paystack", amount }).Append(new { method = "cash", amount = cash, tendered = cash });
        var body = new { id, storeId = Selling.Store, tillId = Selling.Till, shiftId = Selling.Shift, lines, tenders };
        var sale = await Selling.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        return (id, [.. sale["paymentTickets"]!.AsArray().Select(ticket => (string)ticket!["ticket"]!)]);
    }

    /// <summary>Paid by page, and completed.</summary>
    public async Task<(Guid Sale, JsonNode Payment)> Sold()
    {
        var (sale, ticket, _) = await Sell();
        var payment = await Ask(ticket).Is(201);
        await Settle(payment);
        await SaleBecomes(sale, "completed");
        await Eventually(async () => (await Balances()).GetValueOrDefault("sales") != 0, "the sale is booked");
        return (sale, payment);
    }

    public Task<HttpResponseMessage> Ask(string ticket, string? key = null, string channel = "checkout") =>
        Till.Post("/api/payments", new { ticket, channel }, key ?? SellingShop.NewId().ToString());

    /// <summary>An account number of the shop's at Paystack.</summary>
    public async Task<(Guid Id, string Number)> OpenAccount()
    {
        var id = SellingShop.NewId();
        var opened = await Office.Send(HttpMethod.Put, $"/api/payments/dedicated-accounts/{id}", new { label = "Till 1", phone = "08030000000" }).Is(201);
        return (id, (string)opened["accountNumber"]!);
    }

    /// <summary>Asks for the money at that account number.</summary>
    public Task<HttpResponseMessage> AskAt(Guid account, string ticket, string? key = null) => Till.Post(
        "/api/payments", new { ticket, channel = "dedicatedAccount", dedicatedAccount = account }, key ?? SellingShop.NewId().ToString());

    public async Task<JsonNode> Payment(JsonNode payment) => await Till.GetAsync($"/api/payments/{payment["id"]}").Is(200);

    public async Task<string> SaleStatus(Guid sale) => (string)(await Selling.Cashier.GetAsync($"/api/sales/{sale}").Is(200))["status"]!;

    /// <summary>The customer presses Pay on the page.</summary>
    public static async Task PayOnPage(JsonNode payment)
    {
        using var customer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([new("action", "pay")]);
        using var pressed = await customer.PostAsync((string)payment["authorizationUrl"]!, form);
        Assert.True((int)pressed.StatusCode < 400);
    }

    /// <summary>One of the sandbox's switches.</summary>
    public async Task<JsonNode> Switch(HttpMethod method, string path, object body) => await Paystack.Send(method, $"/sandbox/{path}", body).Is(200);

    public Task Settle(JsonNode payment, long? amount = null, string? currency = null) =>
        Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]!, amount, currency });

    public Task Webhooks(string mode) => Switch(HttpMethod.Put, "settings", new { webhooks = mode });

    /// <summary>The account rounds: what was missed, and payouts.</summary>
    public async Task RoundsNow()
    {
        await using var command = _cells.Ops.CreateCommand("UPDATE payments.paystack_door SET next_at = now() - interval '1 hour'");
        await command.ExecuteNonQueryAsync();
        await _cells.ServicesOf("payments").GetRequiredService<AccountRounds>().Run(TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>What the sandbox has announced of a reference, oldest first.</summary>
    public async Task<List<(string Event, byte[] Body, string Signature)>> Announced(string reference) =>
        [.. (await Paystack.GetAsync("/sandbox/webhooks").Is(200))["data"]!.AsArray().Where(e => (string?)e!["reference"] == reference)
            .Select(e => ((string)e!["event"]!, Encoding.UTF8.GetBytes((string)e!["body"]!), (string)e!["signature"]!))];

    public async Task<JsonArray> Refunds() => (await Office.GetAsync("/api/payments/refunds").Is(200))["items"]!.AsArray();

    public async Task<JsonArray> AtPaystack(JsonNode payment)
    {
        var transaction = await Paystack.GetAsync($"/transaction/verify/{payment["reference"]}").Is(200);
        return (await Paystack.GetAsync($"/refund?transaction={transaction["data"]!["id"]}").Is(200))["data"]!.AsArray();
    }

    /// <summary>Paystack has done the payment's latest refund.</summary>
    public async Task GivesBack(JsonNode payment) =>
        await Switch(HttpMethod.Post, $"refunds/{(await AtPaystack(payment))[0]!["id"]}", new { status = "processed" });

    /// <summary>
    /// The sweep, as if <paramref name="later"/> had passed for this shop, or for all. By moving what is due and not the sweep's time, by
    /// which what it puts off would be due at once, for ever. One at a time, so that it has been done when this returns.
    /// </summary>
    public async Task SweepNow(TimeSpan later, bool ofAll = false)
    {
        await OneSweep.WaitAsync();
        try
        {
            await using var command = _cells.Admin.CreateCommand(
                "UPDATE payments.payment_reference SET check_at = now() - interval '1 day' WHERE (tenant_id = $1 OR $2) AND check_at <= now() + $3");
            command.Parameters.Add(new NpgsqlParameter { Value = Tenant });
            command.Parameters.Add(new NpgsqlParameter { Value = ofAll });
            command.Parameters.Add(new NpgsqlParameter { Value = later });
            await command.ExecuteNonQueryAsync();
            await _cells.ServicesOf("payments").GetRequiredService<Sweep>().Run(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }
        finally
        {
            OneSweep.Release();
        }
    }

    /// <summary>What other shops have open is not looked after any more, neither by the sweep nor for an event that waits.</summary>
    public async Task LeaveOthers()
    {
        await using var command = _cells.Admin.CreateCommand("""
            WITH others AS (UPDATE payments.payment_reference SET check_at = NULL, unknown_since = NULL WHERE tenant_id <> $1)
            UPDATE payments.webhook_event SET state = 'done' WHERE state = 'received'
                AND (reference IS NULL OR reference NOT IN (SELECT reference FROM payments.payment_reference WHERE tenant_id = $1))
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = Tenant });
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="host">The shop's slug, when it comes by the shop's own host.</param>
    /// <param name="from">What the gateway says where it came from.</param>
    public async Task<HttpResponseMessage> Deliver(byte[] body, string? signature, CellsFixture? cells = null, string? host = null, string? from = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/paystack") { Content = content };
        if (signature is not null)
            request.Headers.Add("x-paystack-signature", signature);
        if (host is not null)
            request.Headers.Add("X-Tenant-Slug", host);
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        using var anybody = new HttpClient { BaseAddress = (cells ?? _cells).AddressOf("payments") };
        return await anybody.SendAsync(request);
    }

    public static async Task Eventually(Func<Task<bool>> holds, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30), $"not within 30 s: {what}");
            await Task.Delay(50);
        }
    }

    public Task Becomes(JsonNode payment, string status) =>
        Eventually(async () => (string?)(await Payment(payment))["status"] == status, $"the payment is {status}");

    public Task SaleBecomes(Guid sale, string status) => Eventually(async () => await SaleStatus(sale) == status, $"the sale is {status}");

    /// <summary>Rows of a table in this tenant, or of all where it has none.</summary>
    public async Task<long> Count(string sql, params object[] values)
    {
        await using var command = _cells.Ops.CreateCommand($"SELECT count(*) FROM {sql}");
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What stands on each account of this tenant.</summary>
    public async Task<Dictionary<string, long>> Balances()
    {
        var balance = await Office.GetAsync("/api/payments/ledger/balance").Is(200);
        Assert.True((bool)balance["balanced"]!, balance.ToJsonString());
        return balance["items"]!.AsArray().ToDictionary(item => (string)item!["account"]!, item => (long)item!["balance"]!, StringComparer.Ordinal);
    }
}
