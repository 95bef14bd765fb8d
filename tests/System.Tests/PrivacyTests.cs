using System.Diagnostics;
using System.Net;
using Npgsql;

namespace WebWaka.Distributed.Tests;

/// <summary>Logs, traces and error reports say which shop and which sale, and nothing of any person.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class PrivacyTests(DistributedSystem system)
{
    private const string Name = "Adaeze Plantedname";
    private const string Email = "adaeze.planted@example.com";
    private const string Phone = "+2348031234567";
    private const string Note = "deliver to planted street seven";
    private const string Password = "Planted-password-7";

    private Shop Red => system.Shops[0];

    [Fact]
    public async Task What_fails_is_told_with_its_shop_and_sale_and_without_a_word_about_a_person()
    {
        await Red.Refresh();
        var sale = Shop.NewId();
        await WhileFailing("transaction.sale", $"document NOT LIKE '%{Note}%'", async () =>
        {
            var body = Red.Cart(sale);
            body["note"] = Note;
            Assert.Equal(HttpStatusCode.InternalServerError, await Send(HttpMethod.Post, "/api/sales", body, sale.ToString()));
        });
        await WhileFailing("identity.staff", $"name <> '{Name}'", async () =>
        {
            var staff = new { name = Name, email = Email, role = "cashier", password = Password };
            Assert.Equal(HttpStatusCode.InternalServerError, await Send(HttpMethod.Post, "/api/staff", staff, "staff"));
        });
        // What people type where it does not belong, and what is refused.
        await Send(HttpMethod.Get, $"/api/transactions?number={Uri.EscapeDataString(Email)}&note={Uri.EscapeDataString(Phone)}", null, null);
        await SignIn();
        await Send(HttpMethod.Post, "/api/staff", new { name = Name, email = Email + " ", role = Name }, "refused");
        await Send(HttpMethod.Post, "/api/payments", new { ticket = "x", channel = "mobileMoney", email = Email, phone = Phone, provider = Name }, "pay");

        var tenant = Red.Tenant.ToString();
        await Wait.Until(
            () => Logs().Any(IsAbout(tenant, sale.ToString())) && system.Collector.LogRecords.Any(IsAbout(tenant, sale.ToString())),
            () => $"a log line of shop {tenant} and sale {sale}; collected are\n{string.Join('\n', system.Collector.LogRecords.TakeLast(5))}");
        await Wait.Until(
            () => system.Collector.Errors.Any(IsAbout(tenant, sale.ToString())) && system.Collector.Errors.Any(e => e.Contains("/api/staff")),
            () => $"both errors for Sentry; {system.Collector.Errors.Count} came, the last is {system.Collector.Errors.LastOrDefault()}");
        Assert.Contains(system.Collector.Errors, error => error.Contains("PostgresException", StringComparison.Ordinal));

        // The last request's path, to know that the spans of all of them are looked at.
        await Wait.Until(() => system.Collector.Spans.Any(span => span.Tags.Values.Contains("/api/payments")), () => "the span of the last request");

        string[] told =
        [
            .. Logs(), .. system.Collector.LogRecords, .. system.Collector.Errors,
            .. system.Collector.Spans.Select(span => $"{span.Name} {string.Join(' ', span.Tags)}"),
        ];
        foreach (var planted in (string[])[Name, "Plantedname", Email, "adaeze.planted", Phone, Phone[1..], Note, "planted street", Password, Red.Token])
            Assert.DoesNotContain(told, line => line.Contains(planted, StringComparison.OrdinalIgnoreCase));
        await system.Settles();
    }

    /// <summary>As a recorded trace, so that its spans are looked at too.</summary>
    private async Task<HttpStatusCode?> Send(HttpMethod method, string path, object? body, string? key)
    {
        using var caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded };
        caller.Start();
        return (await Red.Send(method, path, body, key, root: false, CancellationToken.None)).Status;
    }

    private async Task SignIn()
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "password"), new("client_id", "till"), new("username", Email), new("password", Password)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(system.Gateways[0], "/connect/token")) { Content = form };
        request.Headers.Host = "red.localhost";
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>A constraint of the database that our code knows nothing of: its own words would repeat the whole row.</summary>
    private async Task WhileFailing(string table, string check, Func<Task> act)
    {
        await using var admin = NpgsqlDataSource.Create(system.AdminConnection);
        await using (var add = admin.CreateCommand($"ALTER TABLE {table} ADD CONSTRAINT planted CHECK ({check}) NOT VALID"))
            await add.ExecuteNonQueryAsync();
        try
        {
            await act();
        }
        finally
        {
            await using var drop = admin.CreateCommand($"ALTER TABLE {table} DROP CONSTRAINT planted");
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static Func<string, bool> IsAbout(string tenant, string sale) =>
        line => line.Contains(tenant, StringComparison.Ordinal) && line.Contains(sale, StringComparison.Ordinal);

    private IEnumerable<string> Logs() => Directory.EnumerateFiles(system.Logs, "*.log").SelectMany(file =>
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n');
    });
}
