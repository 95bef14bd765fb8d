using System.Net.Http.Headers;
using System.Net.Http.Json;
using WebWaka.CellKit;

namespace WebWaka.Distributed.Tests;

/// <summary>The numbers that dashboards and alerts are made of, as a collector gets them by OTLP.</summary>
[Collection(nameof(DistributedSystem))]
public sealed class NumberTests(DistributedSystem system)
{
    private Shop Red => system.Shops[0];

    [Fact]
    public async Task Every_number_arrives_under_its_name_with_its_tags()
    {
        await Red.Sell(5);
        await Pay(await Red.AskPaystack("ussd"));
        using var flood = new Flood(system);
        await flood.SignUp();
        await flood.Run(TimeSpan.FromSeconds(3), callers: 4);

        string[] expected = [.. Metrics.Instruments.Select(instrument => instrument.Name), .. Metrics.NamesOfOthers];
        await Wait.Until(
            () => !expected.Except(Names()).Any(), () => $"missing {string.Join(", ", expected.Except(Names()))}; there are {string.Join(", ", Names())}");

        var tenant = Red.Tenant.ToString();
        await Arrives("webwaka.sale.duration", Wiring.Transaction, (TenantTag.Name, tenant), ("outcome", "completed"));
        await Arrives("webwaka.event.lag", Wiring.Inventory, (TenantTag.Name, tenant), ("event", "SaleCompleted"));
        await Arrives("webwaka.payment.ended", Wiring.Payments, (TenantTag.Name, tenant), ("channel", "ussd"), ("outcome", "settled"));
        await Arrives("webwaka.payment.settle_time", Wiring.Payments, ("channel", "ussd"));
        await Arrives("webwaka.payment.latency", Wiring.Payments, ("channel", "ussd"), ("outcome", "initiated"));
        await Arrives("webwaka.payment.webhook_lag", Wiring.Payments);
        await Arrives("webwaka.payment.unknown", Wiring.Payments);
        await Arrives("webwaka.gateway.limited", Wiring.Gateway, ("limit", "tenant"));
        await Arrives("webwaka.outbox.rows", Wiring.Transaction, (Metrics.Cell, Wiring.Transaction));
        await Arrives("webwaka.queue.depth", Wiring.History, ("queue", "history.SaleCompleted"));
        await Arrives("webwaka.dead.letters", Wiring.History, ("state", "dead"));
        await Arrives("db.client.operation.duration", Wiring.Transaction, ("db.client.connection.pool.name", Wiring.Transaction));
        Assert.Equal(["application/x-protobuf", "grpc"], system.Collector.Protocols.Keys.Order());
        await system.Settles();
    }

    private IEnumerable<string> Names() => system.Collector.Numbers.Values.Select(series => series.Name).Distinct();

    private Task Arrives(string name, string service, params (string Name, string Value)[] tags) => Wait.Until(
        () => system.Collector.Numbers.Values.Any(series => series.Name == name && series.Service == service
            && tags.All(tag => series.Tags.GetValueOrDefault(tag.Name) == tag.Value)),
        () => $"{name} of {service}; there are {string.Join("; ", system.Collector.Numbers.Where(n => n.Value.Name == name).Select(n => n.Key))}");

    /// <summary>The customer's bank says yes.</summary>
    private async Task Pay(string reference)
    {
        using var http = new HttpClient { BaseAddress = system.AddressOf(Wiring.PaystackSandbox, 0) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_webwaka");
        using var answer = await http.PostAsJsonAsync("/sandbox/settle", new { reference });
        answer.EnsureSuccessStatusCode();
    }
}
