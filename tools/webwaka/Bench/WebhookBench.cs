using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Spectre.Console;
using WebWaka.Standalone;

namespace WebWaka.Tool.Bench;

/// <summary>
/// <c>webwaka bench webhooks</c>: signed events, each another one, through the gateway's root host into the inbox of a Standalone of its
/// own, durable, while shops sell. What counts is an answer after the event is committed.
/// </summary>
internal static class WebhookBench
{
    private const string Key = "sk_test_bench";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static long _lastId = 9_000_000_000;

    public static async Task<int> Run(int callers, int sellers, TimeSpan length, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("webwaka-bench-").FullName;
        // As root PostgreSQL runs as another user, who has to reach its files.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
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
            using var shops = await BenchShops.Open($"http://127.0.0.1:{port}", port, tenants: Math.Max(1, sellers), tills: 2, ct);
            using var paystack = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Deliver(paystack, callers, WarmUp, ct);
            var selling = sellers > 0 ? shops.Sell(sellers, length, ct) : Task.FromResult(new Sold(0, 0, 0, length, []));
            var delivered = await Deliver(paystack, callers, length, ct);
            Print(delivered, await selling, callers, sellers, await Kept(postgres, ct));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(Sold delivered, Sold sold, int callers, int sellers, long kept)
    {
        var table = new Table().AddColumns("callers", "events/s", "p50 ms", "p99 ms", "errors", "sellers", "sales/s", "events kept in all");
        table.AddRow(
            $"{callers}", Text(delivered.PerSecond), Text(delivered.Percentile(0.50)), Text(delivered.Percentile(0.99)), $"{delivered.Errors}",
            $"{sellers}", Text(sold.PerSecond), $"{kept}");
        AnsiConsole.Write(table);
    }

    private static async Task<Sold> Deliver(HttpClient paystack, int callers, TimeSpan length, CancellationToken ct)
    {
        var until = Stopwatch.StartNew();
        var rounds = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => DeliverAlone(paystack, until, length, ct), ct)));
        var latencies = rounds.SelectMany(round => round.Latencies).Order().ToList();
        return new Sold(latencies.Count, rounds.Sum(round => round.Errors), 0, until.Elapsed, latencies);
    }

    private static async Task<(List<double> Latencies, int Errors)> DeliverAlone(HttpClient paystack, Stopwatch until, TimeSpan length, CancellationToken ct)
    {
        var (latencies, errors) = (new List<double>(100_000), 0);
        while (until.Elapsed < length)
        {
            using var request = Event();
            var started = Stopwatch.GetTimestamp();
            using var response = await paystack.SendAsync(request, ct);
            if (response.StatusCode == HttpStatusCode.OK)
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            else
                errors++;
        }

        return (latencies, errors);
    }

    private static HttpRequestMessage Event()
    {
        var id = Interlocked.Increment(ref _lastId);
        var body = Encoding.UTF8.GetBytes($$$"""
            {"event":"charge.success","data":{"id":{{{id}}},"domain":"test","status":"success","reference":"bench-{{{id}}}","amount":1250000,"message":null,
            "gateway_response":"Approved","paid_at":"2026-03-02T09:15:02.000Z","created_at":"2026-03-02T09:14:24.000Z","channel":"card","currency":"NGN",
            "ip_address":"102.89.23.14","metadata":{"sale":"x"},"log":null,"fees":28750,"authorization":{"bin":"408408","last4":"4081"},"customer":{"id":1} } }
            """);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/paystack") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("x-paystack-signature", Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(Key), body)));
        return request;
    }

    private static async Task<long> Kept(PostgresServer postgres, CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(postgres.AdminConnectionString);
        await using var command = database.CreateCommand("SELECT count(*) FROM payments.webhook_event");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string Text(double number) => number.ToString("N1", CultureInfo.InvariantCulture);
}
