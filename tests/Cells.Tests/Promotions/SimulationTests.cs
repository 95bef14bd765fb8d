using System.Text.Json.Nodes;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Promotions;

/// <summary>A promotion on past sales, the calendar, the uses by day, and codes as CSV.</summary>
public sealed class SimulationTests(CellsFixture cells)
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-06-15T11:00:00Z");
    private readonly Guid _tea = PromotionRules.Id();
    private readonly Guid _rice = PromotionRules.Id();
    private readonly Guid _store = PromotionRules.Id();

    private async Task<Shop> Open()
    {
        var shop = new Shop(cells);
        await shop.Hear(new StoreChanged(_store, 1, "LAG", "Lagos", null, "Africa/Lagos", "04:00", false));
        await shop.Hear(new ProductChanged(_tea, 1, "TEA", "Tea", "1000", "standard", "Drinks", "Acme", ["hot"], [], true, false));
        await shop.Hear(new ProductChanged(_rice, 1, "RICE", "Rice", "5000", "standard", "Food", null, [], [], true, false));
        return shop;
    }

    private SaleCompleted Sale(DateTimeOffset at, params (Guid Product, string Quantity, string Price, long Discount)[] lines) =>
        PromotionRules.Sale(PromotionRules.Id()) with
        {
            StoreId = _store, CompletedAt = at,
            Lines = [.. lines.Select((line, i) => new SaleLine(
                i + 1, line.Product, "", "", line.Quantity, line.Price, "standard", false, 0,
                line.Discount == 0 ? [] : [new LineDiscount(null, "dent", 0, line.Discount)], 0, [], 0))],
        };

    private static Task<HttpResponseMessage> Simulate(
        Shop shop, object rule, string from = "2026-06-01T00:00:00Z", string to = "2026-07-01T00:00:00Z", bool asSold = false) =>
        shop.Client("promotions").Post("/api/promotions/simulate", new { rule, from, to, asSold });

    [Fact]
    public async Task A_promotion_is_tried_on_the_sales_of_a_time_and_answers_what_it_would_have_cost()
    {
        var shop = await Open();
        await shop.Hear(Sale(Noon, (_tea, "2", "1000", 500), (_rice, "1", "5000", 0)));
        await shop.Hear(Sale(Noon.AddDays(1), (_rice, "1", "5000", 0)));
        await shop.Hear(Sale(Noon.AddDays(60), (_tea, "9", "1000", 0)));
        await new Shop(cells).Hear(Sale(Noon, (_tea, "7", "1000", 0)));

        var rule = new { type = "percentOff", name = "Drinks", percent = "10", items = new { categories = new[] { "Drinks" } }, coupon = new { } };
        var answer = await Simulate(shop, rule).Is(200);
        Assert.Equal((2L, 1L, 200L), ((long)answer["sales"]!, (long)answer["touched"]!, (long)answer["discount"]!));
        var product = Assert.Single(answer["products"]!.AsArray())!;
        Assert.Equal((_tea, "Tea", 200L), ((Guid)product["productId"]!, (string)product["name"]!, (long)product["discount"]!));
        Assert.Equal(1, (long)answer["notTouched"]!["no_matching_item"]!);
        Assert.Equal(150, (long)(await Simulate(shop, rule, asSold: true).Is(200))["discount"]!);
        Assert.Equal(0, (long)(await shop.Usage(await shop.Promotion()))["redemptions"]!);
    }

    [Fact]
    public async Task Caps_and_the_stores_clock_count_as_they_would_have()
    {
        var shop = await Open();
        for (var i = 0; i < 5; i++)
            await shop.Hear(Sale(Noon.AddMinutes(i), (_tea, "1", "1000", 0)));
        var capped = await Simulate(shop, new { type = "percentOff", name = "a", percent = "10", caps = new { budget = 250, usesPerDay = 9 } }).Is(200);
        Assert.Equal((3L, 250L), ((long)capped["touched"]!, (long)capped["discount"]!));
        Assert.Equal(2, (long)capped["notTouched"]!["budget_spent"]!);
        // Eleven in UTC is noon in Lagos.
        var atNoon = new { type = "percentOff", name = "a", percent = "10", conditions = new { hours = new[] { new { from = "12:00:00", to = "12:02:00" } } } };
        Assert.Equal(2, (long)(await Simulate(shop, atNoon).Is(200))["touched"]!);
    }

    [Fact]
    public async Task A_promotion_for_a_group_is_tried_on_the_sales_of_those_who_are_in_it_now()
    {
        var shop = await Open();
        var (staff, other) = (PromotionRules.Id(), PromotionRules.Id());
        await shop.Hear(new CustomerChanged(staff, 2, ["staff", "vip"], false));
        await shop.Hear(new CustomerChanged(staff, 1, [], false));
        await shop.Hear(new CustomerChanged(other, 1, ["vip"], false));
        foreach (var customer in new Guid?[] { staff, other, null })
            await shop.Hear(Sale(Noon, (_tea, "1", "1000", 0)) with { CustomerId = customer });
        var rule = new { type = "percentOff", name = "Staff", percent = "10", conditions = new { customerGroups = new[] { "staff" } } };
        var answer = await Simulate(shop, rule).Is(200);
        Assert.Equal((1L, 100L, 2L),
            ((long)answer["touched"]!, (long)answer["discount"]!, (long)answer["notTouched"]!["other_customer_group"]!));
    }

    [Fact]
    public async Task A_voided_sale_did_not_happen_and_one_heard_twice_happened_once()
    {
        var shop = await Open();
        var (kept, gone) = (Sale(Noon, (_tea, "1", "1000", 0)), Sale(Noon, (_tea, "1", "1000", 0)));
        foreach (var sale in new[] { kept, kept, gone })
            await shop.Hear(sale);
        await shop.Hear(PromotionRules.Void(gone.SaleId));
        Assert.Equal(1, (long)(await Simulate(shop, PromotionRules.TenPercent()).Is(200))["sales"]!);
    }

    [Fact]
    public async Task Sales_older_than_the_time_they_are_kept_go_as_new_ones_come()
    {
        var shop = await Open();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 4; i++)
            await shop.Hear(Sale(now.AddDays(-500 + i), (_tea, "1", "1000", 0)));
        await shop.Hear(Sale(now, (_tea, "1", "1000", 0)));
        await shop.Hear(Sale(now, (_tea, "1", "1000", 0)));
        await using var command = cells.Ops.CreateCommand("SELECT count(*) FROM promotions.past_sale WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = shop.Tenant });
        Assert.Equal(2L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task What_cannot_be_simulated_is_refused_and_another_tenants_sales_are_not_looked_at()
    {
        var shop = await Open();
        await Simulate(shop, PromotionRules.TenPercent(), from: "2026-07-01T00:00:00Z").IsProblem(400, "invalid_request");
        await Simulate(shop, PromotionRules.TenPercent(), from: "2020-07-01T00:00:00Z").IsProblem(400, "invalid_request");
        await Simulate(shop, new { type = "percentOff", name = "a", percent = "101" }).IsProblem(400, "promotion_invalid");
        await shop.Hear(Sale(Noon, (_tea, "1", "1000", 0)));
        Assert.Equal(0, (long)(await Simulate(new Shop(cells), PromotionRules.TenPercent()).Is(200))["sales"]!);
    }

    [Fact]
    public async Task The_calendar_shows_each_day_what_is_on()
    {
        var shop = new Shop(cells);
        var client = shop.Client("promotions");
        await client.Post("/api/promotions", new { rule = new
        {
            type = "percentOff", name = "Happy hour", percent = "10",
            conditions = new
            {
                weekdays = new[] { "friday" }, hours = new[] { new { from = "22:00:00", to = "02:00:00" } },
                validFrom = "2030-03-01T12:00:00", validTo = "2030-03-16T00:00:00",
            },
        } }).Is(201);
        var elsewhere = new { type = "amountOff", name = "Elsewhere", amount = 5, conditions = new { stores = new[] { _store } } };
        await client.Post("/api/promotions", new { rule = elsewhere }).Is(201);
        var days = (await client.GetAsync($"/api/promotions/calendar?from=2030-03-01&to=2030-03-17&storeId={PromotionRules.Id()}").Is(200))["days"]!.AsArray();
        // 1, 8 and 15 March 2030 are Fridays; the hours run into the Saturday, and the last night is cut off.
        Assert.Equal(["2030-03-01", "2030-03-02", "2030-03-08", "2030-03-09", "2030-03-15"],
            days.Where(day => day!["promotions"]!.AsArray().Count == 1).Select(day => (string)day!["date"]!));
        Assert.Equal("12:00:00", (string)days[0]!["promotions"]![0]!["from"]!);
        const string OneDay = "/api/promotions/calendar?from=2030-03-01&to=2030-03-02";
        Assert.Equal(2, (await client.GetAsync(OneDay).Is(200))["days"]![0]!["promotions"]!.AsArray().Count);
        await client.GetAsync("/api/promotions/calendar?from=2030-03-01&to=2032-03-01").IsProblem(400, "invalid_request");
        Assert.Empty((await new Shop(cells).Client("promotions").GetAsync(OneDay).Is(200))["days"]![0]!["promotions"]!.AsArray());
    }

    [Fact]
    public async Task Uses_are_reported_day_by_day()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion();
        var sale = PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, null, 100)) with { CompletedAt = Noon };
        await shop.Hear(sale);
        await shop.Hear(PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, null, 50)) with { CompletedAt = Noon.AddDays(1) });
        await shop.Hear(PromotionRules.Void(sale.SaleId, new Redemption(promotion, null, 100)) with { VoidedAt = Noon.AddHours(1) });
        var usage = await shop.Client("promotions").GetAsync($"/api/promotions/{promotion}/usage?from=2026-06-15&to=2026-06-17").Is(200);
        Assert.Equal(["2026-06-15 1 1 0", "2026-06-16 1 0 50"],
            usage["days"]!.AsArray().Select(day => $"{day!["date"]} {day["redemptions"]} {day["reversed"]} {day["amount"]}"));
        await shop.Client("promotions").GetAsync($"/api/promotions/{promotion}/usage?from=2026-06-15").IsProblem(400, "invalid_request");
    }

    [Fact]
    public async Task Ten_thousand_codes_are_made_in_one_call_and_come_out_as_csv()
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        var made = await shop.Client("promotions")
            .Post($"/api/promotions/{promotion}/coupons", new { generate = 10_000, useLimit = 1 }, PromotionRules.Key()).Is(201);
        var codes = made["items"]!.AsArray().Select(item => (string)item!["code"]!).Order(StringComparer.Ordinal).ToList();
        using var csv = await shop.Client("promotions").GetAsync($"/api/promotions/{promotion}/coupons.csv");
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("code,useLimit,used,validFrom,validTo,archived", lines[0]);
        Assert.Equal(codes, lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.EndsWith(",1,0,,,false", lines[1]);
        await new Shop(cells).Client("promotions").GetAsync($"/api/promotions/{promotion}/coupons.csv").IsProblem(404, "not_found");
    }
}
