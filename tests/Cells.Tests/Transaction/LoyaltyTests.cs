using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Contracts.Promotions;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Points are earned and spent once for each sale, and buying and giving back never makes any.</summary>
public sealed class LoyaltyTests(CellsFixture cells)
{
    private static readonly LoyaltyProgramme Stars = new()
    {
        Id = new Guid(7, 0, 0, new byte[8]), Name = "Stars", Earn = new() { Points = 1, Amount = 10_000 }, Burn = new() { PointValue = 100 },
    };

    private async Task<(SellingShop Shop, Guid Customer)> Open(LoyaltyProgramme? programme = null)
    {
        var shop = await SellingShop.Open(cells);
        await shop.Shop.Hear(new LoyaltyProgrammeChanged(1, JsonSerializer.Serialize(programme ?? Stars, PricingJson.Options), false));
        return (shop, SellingShop.NewId());
    }

    private static async Task<long> PointsOf(SellingShop shop, Guid customer) =>
        (long)(await shop.Cashier.GetAsync($"/api/loyalty/{customer}").Is(200))["points"]!;

    private static async Task<JsonArray> Entries(SellingShop shop, Guid customer, string query = "") =>
        (await shop.Cashier.GetAsync($"/api/loyalty/{customer}/entries{query}").Is(200))["items"]!.AsArray();

    [Fact]
    public async Task A_sale_earns_once_however_often_it_is_sent()
    {
        var (shop, customer) = await Open();
        var sale = await shop.CartOf(customer);
        // 12,500.00 and 7.5 % are 13,437.50.
        var first = await shop.Sell(sale).Is(201);
        Assert.Equal(134, (long)first["loyalty"]!["earned"]!);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.Sell(sale).Is(201)));
        Assert.Equal(134, await PointsOf(shop, customer));
        Assert.Equal("earned", (string?)Assert.Single(await Entries(shop, customer))!["kind"]);
    }

    [Fact]
    public async Task Points_pay_what_they_are_worth_and_a_quote_offers_no_more_than_there_are()
    {
        var (shop, customer) = await Open();
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        var quote = await shop.QuoteRice(customer, burn: 1_000);
        Assert.Equal((134L, 13_400L), ((long)quote["loyalty"]!["burned"]!, (long)quote["loyalty"]!["value"]!));
        var sale = await shop.CartOf(customer, burn: 100);
        await shop.Sell(sale).Is(201);
        // 12,400.00 and VAT are 13,330.00.
        Assert.Equal(134 - 100 + 133, await PointsOf(shop, customer));
        Assert.Equal([-100L, 133L, 134L], (await Entries(shop, customer)).Select(entry => (long)entry!["points"]!).Order());
        await shop.Cashier.Post("/api/quotes", Claiming.Asked(shop, null, null, 5, "1")).IsProblem(400, "customer_required");
    }

    [Fact]
    public async Task Points_are_spent_once_by_fifty_tills()
    {
        var (shop, customer) = await Open();
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        var carts = await shop.Carts(50, _ => shop.CartOf(customer, burn: 134));

        var answers = await shop.SellAtOnce(carts);

        Assert.Equal(1, answers["201"]);
        Assert.Equal(49, answers.GetValueOrDefault("409 points_insufficient") + answers.GetValueOrDefault("409 price_changed"));
        Assert.Equal(132, await PointsOf(shop, customer));
    }

    [Fact]
    public async Task Buying_and_giving_back_never_makes_points()
    {
        var (shop, customer) = await Open();
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        var before = await PointsOf(shop, customer);
        var voided = await shop.CartOf(customer, burn: 50);
        await shop.Sell(voided).Is(201);
        await shop.Void(voided);
        Assert.Equal(before, await PointsOf(shop, customer));
        var refunded = await shop.CartOf(customer, burn: 51, quantity: "3");
        await shop.Sell(refunded).Is(201);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await shop.Refund(refunded, "1");
            Assert.True(await PointsOf(shop, customer) <= before + 402, "never more than the sale left");
        }

        Assert.Equal(before, await PointsOf(shop, customer));
        Assert.Equal((await Entries(shop, customer)).Sum(entry => (long)entry!["points"]!), before);
    }

    [Fact]
    public async Task Points_spent_before_their_sale_is_taken_back_are_owed()
    {
        var (shop, customer) = await Open();
        var earning = await shop.CartOf(customer);
        await shop.Sell(earning).Is(201);
        var spending = await shop.CartOf(customer, burn: 134);
        await shop.Sell(spending).Is(201);
        await shop.Void(earning);
        Assert.Equal(132 - 134, await PointsOf(shop, customer));
        Assert.Equal(0, (long)(await shop.QuoteRice(customer, burn: 10))["loyalty"]!["burned"]!);
    }

    [Fact]
    public async Task Points_expire_when_nothing_moves_them_and_the_ledger_says_so()
    {
        var (shop, customer) = await Open(Stars with { ExpiresAfterDays = 30 });
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        await Races.Run(cells, shop, "UPDATE transaction.customer SET points_expire_at = now() - interval '1 minute' WHERE tenant_id = $1");
        Assert.Equal(0, await PointsOf(shop, customer));
        Assert.Equal(0, (long)(await shop.QuoteRice(customer, burn: 10))["loyalty"]!["burned"]!);
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        Assert.Equal(134, await PointsOf(shop, customer));
        Assert.Contains((await Entries(shop, customer)).Select(entry => (string?)entry!["kind"]), kind => kind == "expired");
    }

    [Fact]
    public async Task A_sale_that_awaits_its_payment_keeps_the_points_it_spends_and_a_sale_given_up_returns_them()
    {
        var (shop, customer) = await Open();
        await shop.Sell(await shop.CartOf(customer)).Is(201);
        var waiting = await shop.CartOf(customer, burn: 34, method: "paystack");
        await shop.Sell(waiting).Is(201);
        Assert.Equal(100, await PointsOf(shop, customer));
        await shop.Void(waiting);
        Assert.Equal(134, await PointsOf(shop, customer));
    }

    [Fact]
    public async Task Entries_page_without_gap_and_another_tenant_sees_none()
    {
        var (shop, customer) = await Open();
        for (var i = 0; i < 3; i++)
            await shop.Sell(await shop.CartOf(customer, burn: i == 0 ? null : 10)).Is(201);
        var all = (await Entries(shop, customer)).Select(entry => entry!.ToJsonString()).ToList();
        var paged = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await shop.Cashier.GetAsync($"/api/loyalty/{customer}/entries?limit=2&cursor={cursor}").Is(200);
            paged.AddRange(page["items"]!.AsArray().Select(entry => entry!.ToJsonString()));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(5, paged.Count);
        Assert.Equal(all, paged);
        var rival = (await Open()).Shop;
        await rival.Cashier.GetAsync($"/api/loyalty/{customer}").IsProblem(404, "not_found");
        await rival.Cashier.GetAsync($"/api/loyalty/{customer}/entries").IsProblem(404, "not_found");
        await shop.Cashier.GetAsync($"/api/loyalty/{customer}/entries?cursor=bm9wZQ").IsProblem(400, "invalid_request");
    }
}
