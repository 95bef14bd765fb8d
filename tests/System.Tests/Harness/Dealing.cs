using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace WebWaka.Distributed.Tests;

/// <summary>What else happens in a busy shop: voids, refunds, payments by Paystack, shifts that are closed.</summary>
internal sealed partial class Shop
{
    /// <summary>Everything that was answered as done, and every sale that its customer has paid at Paystack: as the journal calls it.</summary>
    public ConcurrentBag<(string Kind, Guid Id)> Done { get; } = [];

    /// <summary>Deals at the pace of a busy shop until told to stop; what is begun then is finished.</summary>
    /// <returns>How many attempts failed and were made again.</returns>
    public async Task<int> DealUntil(CancellationToken stop, int callers = 3)
    {
        var failures = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            for (var n = caller; !stop.IsCancellationRequested; n += callers)
            {
                Interlocked.Add(ref failures, await Deal(n));
                await Task.Delay(80, CancellationToken.None);
            }
        }).Append(CloseShiftsUntil(stop)));
        return failures;
    }

    public async Task<Guid> SellAndVoid()
    {
        var (sale, _) = await SellOne(TillOf(0), CancellationToken.None);
        await Void(sale);
        return sale;
    }

    public async Task<Guid> SellAndRefund()
    {
        var (sale, _) = await SellOne(TillOf(0), CancellationToken.None);
        await Refund(sale);
        return sale;
    }

    private async Task<int> Deal(int n)
    {
        if (n % 5 == 4)
            return await SellByPaystack(TillOf(n));
        var (sale, failures) = await SellOne(TillOf(n), CancellationToken.None);
        return failures + (n % 5) switch
        {
            1 => await Void(sale),
            3 => await Refund(sale),
            _ => 0,
        };
    }

    private async Task<int> Void(Guid sale)
    {
        var (_, failures) = await Insist(
            $"/api/sales/{sale}/void", new JsonObject { ["reason"] = "rung up twice" }, NewId(), CancellationToken.None);
        Done.Add(("void", sale));
        return failures;
    }

    private async Task<int> Refund(Guid sale)
    {
        var id = NewId();
        var body = new JsonObject { ["id"] = id, ["saleId"] = sale, ["reason"] = "brought back" };
        var (_, failures) = await Insist("/api/refunds", body, id, CancellationToken.None);
        Done.Add(("refund", id));
        return failures;
    }

    /// <summary>The sale is completed when Paystack says that the customer has paid.</summary>
    private async Task<int> SellByPaystack(Till till)
    {
        var (sale, page, failures) = await AskPaystack(till);
        if (page is not null)
            await Pay(sale, page);
        return failures;
    }

    public async Task<(Guid Sale, string Page)> AskPaystack()
    {
        var (sale, page, _) = await AskPaystack(TillOf(0));
        return (sale, page!);
    }

    /// <summary>The page may be lost with Paystack's answer, or come too late: then the customer is asked for other money.</summary>
    private async Task<(Guid Sale, string? Page, int Failures)> AskPaystack(Till till)
    {
        var (sale, answer, failures) = await SellFor(till, Paystack(till), CancellationToken.None);
        var ask = Ask(answer, "checkout");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        try
        {
            var (payment, failed) = await Insist("/api/payments", ask, sale, patience.Token);
            return (sale, (string?)payment["authorizationUrl"], failures + failed);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException)
        {
            return (sale, null, failures);
        }
    }

    private static JsonObject Ask(JsonNode sale, string channel) =>
        new() { ["ticket"] = (string)sale["paymentTickets"]![0]!["ticket"]!, ["channel"] = channel };

    /// <summary>A sale that its customer pays by something else than the page.</summary>
    /// <returns>The payment's reference.</returns>
    public async Task<string> AskPaystack(string channel)
    {
        await Refresh();
        var (sale, answer, _) = await SellFor(TillOf(0), Paystack(TillOf(0)), CancellationToken.None);
        var (payment, _) = await Insist("/api/payments", Ask(answer, channel), sale, CancellationToken.None);
        return (string)payment["reference"]!;
    }

    /// <summary>The customer presses Pay.</summary>
    public async Task Pay(Guid sale, string page)
    {
        await Press(page);
        Done.Add(("sale", sale));
    }

    /// <summary>The sale is given up at the till while its customer pays.</summary>
    public async Task<Guid> PayTooLate()
    {
        var (sale, page) = await AskPaystack();
        await Insist($"/api/sales/{sale}/void", new JsonObject { ["reason"] = "gone" }, NewId(), CancellationToken.None);
        await Press(page);
        return sale;
    }

    private async Task Press(string page)
    {
        using var form = new FormUrlEncodedContent([new("action", "pay")]);
        using var pressed = await _http.PostAsync(page, form);
        Assert.True(pressed.StatusCode < HttpStatusCode.BadRequest, $"{page}: {pressed.StatusCode}");
    }

    /// <summary>The price of a product that is in no cart here.</summary>
    public async Task ChangePrice(string price)
    {
        var product = (await Must(HttpMethod.Get, "/api/products?limit=100", null))["items"]!.AsArray().Single(item => (string?)item!["sku"] == "P019")!;
        var body = new
        {
            id = (Guid)product["id"]!, version = (long)product["version"]!, sku = "P019", name = "Product 19",
            price = long.Parse(price, CultureInfo.InvariantCulture), taxClass = "standard",
        };
        await Must(HttpMethod.Post, "/api/products/batch", new { products = new[] { body } }, $"price-{NewId()}");
    }

    public async Task IssueCoupon()
    {
        var rule = new { type = "percentOff", name = "With a code", scope = "order", percent = "5", coupon = new { codes = Array.Empty<string>() } };
        var promotion = await Must(HttpMethod.Post, "/api/promotions", new { rule }, $"promotion-{NewId()}");
        await Must(HttpMethod.Post, $"/api/promotions/{promotion["id"]}/coupons", new { codes = new[] { $"C{NewId():N}"[..12] } }, $"coupon-{NewId()}");
    }

    public Task AddCustomer() => Must(HttpMethod.Post, "/api/customers", new { id = NewId(), name = "A regular", groups = new[] { "staff" } });

    /// <summary>The shop has none yet.</summary>
    public async Task BeginLoyalty()
    {
        var programme = new { name = "Stars", earn = new { points = 1, amount = 10_000 } };
        using var request = Request(HttpMethod.Put, "/api/promotions/loyalty", new { programme });
        request.Headers.IfMatch.Add(new EntityTagHeaderValue("\"0\""));
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task CloseShiftsUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await CloseShift();
            await Task.Delay(150, CancellationToken.None);
        }
    }

    /// <summary>Closes the shift of the last till, once one is open there.</summary>
    public async Task<Guid> CloseShift()
    {
        var (till, id) = (_tills[^1], NewId());
        if (_openShift is null)
            await Insist("/api/shifts", new JsonObject { ["id"] = id, ["tillId"] = till.Id, ["float"] = 0 }, id, CancellationToken.None);
        var shift = _openShift ?? id;
        await Insist($"/api/shifts/{shift}/close", new JsonObject { ["counted"] = 0 }, shift, CancellationToken.None);
        _openShift = null;
        Done.Add(("shiftClosed", shift));
        return shift;
    }
}
