using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Payments;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Paystack;

namespace WebWaka.Cells.Tests.Payments;

/// <summary>Neither a key nor a card's number nor a PIN is found anywhere afterwards, whoever wrote it wherever.</summary>
[Collection(PaystackCollection.Name)]
public sealed class SecretsTests(CellsFixture cells)
{
    private const string Card = "5060666666666666666";
    private const string Grouped = "4084 0840 8408 4081";
    private const string Pin = "73519042";

    [Fact]
    public async Task P26_No_key_card_or_pin_is_in_a_log_or_in_the_database()
    {
        using var said = new Said();
        foreach (var cell in new[] { "payments", "transaction" })
            cells.ServicesOf(cell).GetRequiredService<ILoggerFactory>().AddProvider(said);
        var shop = await PayingShop.Open(cells);
        var key = "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = key }).Is(200);
        var (sale, ticket, _) = await shop.Sell();

        foreach (var number in new[] { Card, Grouped })
        {
            await Send(shop.Till, "/api/payments", new { ticket, channel = "mobileMoney", phone = number, provider = "mtn" });
            await Send(shop.Till, "/api/payments", new { ticket, channel = "terminal", terminal = number });
            await Send(shop.Till, "/api/payments", new { ticket, channel = "checkout", pin = Pin, card = number });
            await Send(shop.Till, "/api/payments", new { ticket = number, channel = "checkout" });
            await Send(shop.Office, $"/api/payments/{sale}/abandon", new { reason = $"card {number}" });
            await Send(shop.Office, $"/api/payments/{sale}/return", new { reason = number });
            await Send(shop.Office, $"/api/payments/refunds/{sale}/retry", new { accountNumber = number, bankId = "9" });
            await Send(shop.Office, $"/api/payments/disputes/{sale}/answer", new { resolution = "declined", message = number });
            await Send(shop.Office, $"/api/settlements/exceptions/{sale}/resolve", new { note = number });
            await Send(shop.Selling.Cashier, $"/api/sales/{sale}/void", new { reason = $"paid with {number}" });
            await shop.Office.Send(HttpMethod.Put, "/api/payments/account",
                new { kind = "platform", businessName = number, bankCode = "058", accountNumber = number.Replace(" ", "", StringComparison.Ordinal) });
            await shop.Office.GetAsync($"/api/payments/webhooks?reference={Uri.EscapeDataString(number)}");
        }

        // Even should Paystack itself say one: in an event, and in its words about a payment.
        var id = RandomNumberGenerator.GetInt32(int.MaxValue);
        var body = Encoding.UTF8.GetBytes($$$"""
            {"event":"charge.success","data":{"id":{{{id}}},"reference":"r{{{sale}}}","note":"{{{Card}}} and {{{Grouped}}}"}}
            """);
        await shop.Deliver(body, Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(CellsFixture.PaystackKey), body))).Is(200);
        shop.Paystack = shop.Integration(key);
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Switch(HttpMethod.Post, "settle", new { reference = (string)payment["reference"]!, status = "failed", message = $"declined {Card}" });
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Contains("declined", (string?)(await shop.Payment(payment))["reason"], StringComparison.Ordinal);

        string[] secrets = [Card, Grouped, Grouped.Replace(" ", "", StringComparison.Ordinal), Pin, key, CellsFixture.PaystackKey];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said.All, StringComparison.Ordinal));
        foreach (var secret in secrets)
            Assert.Empty(await FoundIn(secret));
    }

    [Theory]
    [InlineData("sk_live_x", "Development", null, false)]
    [InlineData("sk_live_x", "Production", null, true)]
    [InlineData("sk_live_x", "Production", "http://sandbox", false)]
    [InlineData("sk_test_x", "Production", null, false)]
    [InlineData("sk_test_x", "Production", "http://sandbox", true)]
    [InlineData("sk_test_x", "Development", null, true)]
    public void P26_A_key_is_used_where_its_mode_belongs_and_the_start_stops_where_it_does_not(string key, string environment, string? address, bool used)
    {
        var paystack = address is null ? new PaystackOptions() : new PaystackOptions { BaseUrl = new Uri(address) };
        var modes = new KeyModes(new Environment { EnvironmentName = environment }, paystack);
        var account = PaystackAccount.Of(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal) { [Wiring.Variables.PaystackSecretKey] = key }).Build());

        Assert.Equal(used, modes.Refusal(account.Key!) is null);
        if (used)
            Assert.Same(account, account.MustFit(modes));
        else
            Assert.DoesNotContain(key, Assert.Throws<StartException>(() => account.MustFit(modes)).ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whatever comes of it: what is looked at is what stays behind.</summary>
    private static async Task Send(HttpClient client, string path, object body)
    {
        using var answer = await client.Post(path, body, SellingShop.NewId().ToString());
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{path} answered {(int)answer.StatusCode}");
    }

    /// <summary>Tables of the Cells that take such texts, in which a row holds it in any column.</summary>
    private async Task<List<string>> FoundIn(string secret)
    {
        var tables = new List<string>();
        await using (var command = cells.Ops.CreateCommand(
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname IN ('payments', 'transaction') AND tablename NOT LIKE '\\_\\_%'"))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }

        Assert.True(tables.Count > 15);
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var command = cells.Ops.CreateCommand($"SELECT count(*) FROM {table} AS t WHERE t::text LIKE $1 OR t::text LIKE $2");
            command.Parameters.Add(new() { Value = $"%{secret}%" });
            command.Parameters.Add(new() { Value = $"%{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))}%" });
            if ((long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))! > 0)
                found.Add($"{table} holds {Regex.Replace(secret, ".(?=.{4})", "*")}");
        }

        return found;
    }

    private sealed class Environment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }

    /// <summary>Everything that was logged, whole: messages, their members, exceptions.</summary>
    private sealed class Said : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _all = new();

        public string All
        {
            get
            {
                lock (_all)
                    return _all.ToString();
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_all)
                _all.AppendLine($"{formatter(state, exception)} {state} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
