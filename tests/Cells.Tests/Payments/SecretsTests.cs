using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WebWaka.CellKit;
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
    private const string Key = "sk_test_never_in_a_log_5f2c";
    private static readonly string[] Numbers = [Card, Grouped, "4084084084084081", "4084-0840-8408-4081"];

    private const string Otp = "86420975";
    private static readonly string[] Cells = [.. CellsUnderTest.All.Select(cell => cell.Name)];

    /// <summary>In each text of each address of each Cell, from the path to the last member of the body.</summary>
    [Fact]
    public async Task P26_What_is_sent_to_any_door_is_in_no_log_and_no_cards_number_is_in_any_table()
    {
        var shop = await PayingShop.Open(cells);
        using var said = Listen(cells);
        using var spans = new Spans();
        var door = new EveryDoor(cells, shop);
        var (asked, taken) = (0, 0);
        foreach (var cell in Cells.Where(cell => cell != Wiring.PaystackSandbox))
        {
            // Something harmless is taken by many of them: it is no closed door that keeps the others out.
            taken += (await door.Knock(cell, "Something harmless")).Taken;
            foreach (var secret in new[] { Card, $"{Grouped} 12/30 {Pin}", Otp, Key })
                asked += (await door.Knock(cell, secret)).Asked;
        }

        Assert.True(asked > 800 && taken > 5, $"{asked} requests, and of the harmless ones {taken} were taken");
        Assert.All([.. Numbers, Pin, Otp, Key], secret => Assert.DoesNotContain(secret, said.All, StringComparison.Ordinal));
        Assert.All([.. Numbers, Pin, Otp, Key], secret => Assert.DoesNotContain(secret, spans.All, StringComparison.Ordinal));
        foreach (var number in Numbers)
            Assert.Empty(await FoundIn(number));
    }

    /// <summary>The sandbox takes cards, PINs and codes as Paystack does: neither its log nor its books on disk hold any.</summary>
    [Fact]
    public async Task P26_A_card_a_pin_and_a_code_that_go_to_Paystack_are_neither_logged_nor_kept_there()
    {
        var folder = Directory.CreateTempSubdirectory("webwaka-books-").FullName;
        string said;
        await using (var own = new CellsFixture { Change = settings => settings["PaystackSandbox:DataFolder"] = folder })
        {
            await own.InitializeAsync();
            var shop = await PayingShop.Open(own);
            using var log = Listen(own);
            foreach (var (number, cvv, step, answer) in new[]
                { ("5060666666666666666", "123", "pin", Pin), ("4084084084084081", "408", "pin", Pin), ("507850785078507804", "884", "otp", Otp) })
            {
                var reference = $"card-{SellingShop.NewId():N}";
                var card = new { number, cvv, expiry_month = "12", expiry_year = "2030" };
                await shop.Paystack.Post("/charge", new { email = "x@shop.test", amount = 50_000, currency = "NGN", reference, card }).Is(200);
                (await shop.Paystack.Post($"/charge/submit_{step}", new { reference, pin = answer, otp = answer, phone = answer })).Dispose();
                // A wrong one has ended the charge: the next try is one under a reference of its own.
                using var again = await shop.Paystack.Post("/charge", new { email = "x@shop.test", amount = 50_000, currency = "NGN", reference, card });
                Assert.Equal(400, (int)again.StatusCode);
            }

            foreach (var path in new[]
                { "/transaction/initialize", "/refund", "/subaccount", "/split", "/customer", "/paymentrequest", "/dedicated_account", "/charge" })
                (await shop.Paystack.Post(path, new { email = Card, amount = Pin, reference = Grouped, card = Card, pin = Pin, transaction = Card })).Dispose();
            said = log.All;
        }

        var kept = string.Concat(Directory.GetFiles(folder).Select(File.ReadAllText));
        Directory.Delete(folder, recursive: true);
        Assert.Contains("card-", kept, StringComparison.Ordinal);
        Assert.All((string[])["5060666666666666666", "4084084084084081", "507850785078507804", Card, Pin, Otp],
            secret => Assert.DoesNotContain(secret, kept, StringComparison.Ordinal));
        Assert.All((string[])["5060666666666666666", "4084084084084081", "507850785078507804", Card, Grouped, Pin, Otp, CellsFixture.PaystackKey],
            secret => Assert.DoesNotContain(secret, said, StringComparison.Ordinal));
    }

    /// <summary>Even should Paystack itself say one: in an event, and in its words about a payment. Of an event's body no log has a word.</summary>
    [Fact]
    public async Task P26_What_Paystack_says_and_a_shops_own_key_are_in_no_log_and_not_kept()
    {
        var shop = await PayingShop.Open(cells);
        using var said = Listen(cells);
        var key = "sk_test_" + RandomNumberGenerator.GetHexString(32, lowercase: true);
        await shop.Office.Send(HttpMethod.Put, "/api/payments/account", new { kind = "own", secretKey = key }).Is(200);
        var (sale, ticket, _) = await shop.Sell();
        var mark = $"mark-{SellingShop.NewId():N}";
        foreach (var body in new[]
        {
            $$$"""
            {"event":"charge.success","data":{"id":{{{RandomNumberGenerator.GetInt32(int.MaxValue)}}},"reference":"r{{{sale}}}",
            "note":"{{{Card}}} {{{Grouped}}} {{{mark}}}"}}
            """,
            $$$"""{"event":"{{{Card}}}","data":{"id":"{{{mark}}}","reference":"{{{Grouped}}} 12/30"}}""",
            $"{mark} {Card} is no event",
        })
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            await shop.Deliver(bytes, Sign(bytes)).Is(200);
            await shop.Deliver(bytes, Sign([.. bytes, 1])).IsProblem(400, "signature_invalid");
        }

        shop.Paystack = shop.Integration(key);
        var payment = await shop.Ask(ticket).Is(201);
        var words = new string('x', 260);
        await shop.Switch(HttpMethod.Post, "settle",
            new { reference = (string)payment["reference"]!, status = "failed", message = $"declined {Card} {words} {Card}" });
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        await PayingShop.Eventually(
            async () => await shop.Count("payments.webhook_event WHERE state = 'received' AND note IS NULL") == 0, "all events have been looked at");
        var reason = (string?)(await shop.Payment(payment))["reason"];
        Assert.Contains("declined", reason, StringComparison.Ordinal);
        // What was cut off at the end is no less a part of a card's number.
        Assert.DoesNotMatch("[0-9]{3}", reason!);

        Assert.All([.. Numbers, key, CellsFixture.PaystackKey, mark], secret => Assert.DoesNotContain(secret, said.All, StringComparison.Ordinal));
        foreach (var secret in (string[])[.. Numbers, key, CellsFixture.PaystackKey])
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

    private static Said Listen(CellsFixture to)
    {
        var said = new Said();
        foreach (var cell in Cells)
            to.ServicesOf(cell).GetRequiredService<ILoggerFactory>().AddProvider(said);
        return said;
    }

    private static string Sign(byte[] body) => Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(CellsFixture.PaystackKey), body));

    /// <summary>Tables of every schema in which a row holds it in any column: texts, documents, and what is kept as bytes.</summary>
    private async Task<List<string>> FoundIn(string secret)
    {
        var tables = new List<string>();
        await using (var command = cells.Ops.CreateCommand("""
            SELECT schemaname || '.' || tablename FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'public') AND tablename NOT LIKE '\_\_%'
            """))
        await using (var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                tables.Add(reader.GetString(0));
        }

        Assert.True(tables.Select(table => table.Split('.')[0]).Distinct().Count() >= 7 && tables.Count > 40, $"only {tables.Count} tables were looked into");
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

    /// <summary>Names and tags of all spans that began while it listens.</summary>
    private sealed class Spans : IDisposable
    {
        private readonly StringBuilder _all = new();
        private readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Observing.Source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span =>
                {
                    lock (_all)
                        _all.AppendLine($"{span.DisplayName} {string.Join(' ', span.TagObjects)} {span.StatusDescription} {span.Events.Count()}");
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public string All
        {
            get
            {
                lock (_all)
                    return _all.ToString();
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
