using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Spectre.Console;
using WebWaka.Standalone;

namespace WebWaka.Tool.Bench;

/// <summary>
/// <c>webwaka bench webhooks</c>: signed events, each another one, through the gateway's root host into the inbox of a Standalone of its
/// own, durable, while shops sell: as many as a few connections get answered, and so many a second as they come. What counts is an
/// answer after the event is committed. At the end some come again, which must change nothing.
/// </summary>
internal static class WebhookBench
{
    private const string Key = "sk_test_bench";
    private const int Repeats = 10_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(25);
    private static long _lastId = 9_000_000_000;

    /// <param name="connections">Of Paystack's to the gateway.</param>
    /// <param name="rate">Events a second in the second round.</param>
    /// <param name="pace">Sales a second meanwhile.</param>
    public static async Task<int> Run(int connections, double rate, double pace, TimeSpan length, CancellationToken ct)
    {
        var folder = SaleBench.NewFolder();
        try
        {
            var port = FreePort.Choose();
            var options = new StandaloneOptions { DataPath = folder, Port = port, Demo = false, SolutionRoot = null };
            await using var postgres = await PostgresServer.FindOrBringAsync(options, Console.WriteLine, ct);
            await using var redis = GarnetServer.Start(options);
            foreach (var (name, value) in new[]
            {
                // Nobody answers there, and nobody is asked: the events are of payments that are not ours.
                (Wiring.Variables.PaystackSecretKey, Key), (Wiring.Variables.PaystackBaseUrl, "http://127.0.0.1:1"),
                ("RateLimits__TenantPerSecond", "100000"), ("RateLimits__sign-up", "100000"), ("RateLimits__sign-in", "100000"),
            })
                Environment.SetEnvironmentVariable(name, value);
            await using var system = await RunningSystem.Start(
                options, postgres.AdminConnectionString, redis.ConnectionString, pages: null, postgres.Data.Secret,
                Path.Combine(folder, "keys.json"), Path.Combine(folder, "paystack"), Console.WriteLine, ct);
            using var shops = await BenchShops.Open($"http://127.0.0.1:{port}", port, tenants: 2, tills: 5, ct);
            Console.WriteLine("warming up");
            await Beside(shops, pace, WarmUp, Deliver(port, connections, perSecond: null, WarmUp, ct), ct);
            var table = new Table().AddColumns("events", "events/s", "p50 ms", "p95 ms", "p99 ms", "errors", "sales/s", "sales' p99 ms", "errors");
            foreach (var (name, perSecond) in ((string, double?)[])[($"{connections} connections without a pause", null), ($"{Text(rate)} a second", rate)])
            {
                var (delivered, sold) = await Beside(shops, pace, length, Deliver(port, connections, perSecond, length, ct), ct);
                table.AddRow(
                    name, Text(delivered.PerSecond), Text(delivered.Percentile(0.50)), Text(delivered.Percentile(0.95)), Text(delivered.Percentile(0.99)),
                    $"{delivered.Errors}", Text(sold.PerSecond), Text(sold.Percentile(0.99)), $"{sold.Errors}");
            }

            AnsiConsole.Write(table);
            return await RepeatsChangeNothing(port, connections, postgres, ct) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(Sold Delivered, Sold Sold)> Beside(BenchShops shops, double pace, TimeSpan length, Task<Sold> delivering, CancellationToken ct)
    {
        var sold = await shops.SellAt(pace, length, tenant: null, ct);
        return (await delivering, sold);
    }

    private static async Task<bool> RepeatsChangeNothing(int port, int connections, PostgresServer postgres, CancellationToken ct)
    {
        var (before, first) = (await Kept(postgres, ct), Interlocked.Read(ref _lastId) - Repeats);
        Interlocked.Exchange(ref _lastId, first);
        var each = Repeats / connections;
        var answers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var paystack = await RawConnection.Open(port, ct);
            var accepted = 0;
            for (var n = 0; n < each; n++)
                accepted += await Post(paystack, port, ct) == HttpStatusCode.OK ? 1 : 0;
            return accepted;
        }, ct)));
        var added = await Kept(postgres, ct) - before;
        Console.WriteLine($"{answers.Sum()} of {each * connections} delivered again were answered 200 and added {added} to the {before} that are kept.");
        return answers.Sum() == each * connections && added == 0;
    }

    /// <param name="perSecond">Each is begun when it is due, and its latency counts from then; null: as soon as the one before is answered.</param>
    private static async Task<Sold> Deliver(int port, int connections, double? perSecond, TimeSpan length, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var rounds = await Task.WhenAll(Enumerable.Range(0, connections).Select(
            number => Task.Run(() => DeliverAlone(port, number, connections, perSecond, clock, length, ct), ct)));
        var latencies = rounds.SelectMany(round => round.Latencies).Order().ToList();
        return new Sold(latencies.Count, rounds.Sum(round => round.Errors), 0, clock.Elapsed, latencies);
    }

    private static async Task<(List<double> Latencies, int Errors)> DeliverAlone(
        int port, int number, int connections, double? perSecond, Stopwatch clock, TimeSpan length, CancellationToken ct)
    {
        using var paystack = await RawConnection.Open(port, ct);
        var (latencies, errors) = (new List<double>(100_000), 0);
        for (var n = 0; clock.Elapsed < length; n++)
        {
            var due = clock.Elapsed;
            if (perSecond is { } rate)
            {
                due = TimeSpan.FromSeconds((number + (double)n * connections) / rate);
                if (due - clock.Elapsed is { Ticks: > 0 } early)
                    await Task.Delay(early, ct);
            }

            if (await Post(paystack, port, ct) == HttpStatusCode.OK)
                latencies.Add((clock.Elapsed - due).TotalMilliseconds);
            else
                errors++;
        }

        return (latencies, errors);
    }

    private static ValueTask<HttpStatusCode> Post(RawConnection paystack, int port, CancellationToken ct)
    {
        var body = Event(Interlocked.Increment(ref _lastId));
        var signature = Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(body)));
        return paystack.Post("/api/webhooks/paystack", $"127.0.0.1:{port}", $"x-paystack-signature: {signature}\r\n", body, ct);
    }

    private static string Event(long id) => $$$"""
        {"event":"charge.success","data":{"id":{{{id}}},"domain":"test","status":"success","reference":"bench-{{{id}}}","amount":1250000,"message":null,
        "gateway_response":"Approved","paid_at":"2026-03-02T09:15:02.000Z","created_at":"2026-03-02T09:14:24.000Z","channel":"card","currency":"NGN",
        "ip_address":"102.89.23.14","metadata":{"sale":"x"},"log":null,"fees":28750,"authorization":{"bin":"408408","last4":"4081"},"customer":{"id":1} } }
        """;

    private static async Task<long> Kept(PostgresServer postgres, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(postgres.AdminConnectionString);
        await using var command = database.CreateCommand("SELECT count(*) FROM payments.webhook_event");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string Text(double number) => number.ToString("N1", CultureInfo.InvariantCulture);
}
