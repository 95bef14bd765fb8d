using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.Contracts.Identity;
using WebWaka.Pricing;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Uses leased to a till are nobody else's until they come back, and what the till gave out beyond them stands and is told.</summary>
public sealed class LeaseTests(CellsFixture cells)
{
    private const string CouponUsed = "SELECT used FROM transaction.coupon WHERE tenant_id = $1";

    private Task<long> Used(SellingShop shop) => Claiming.Number(cells, shop, CouponUsed);

    private static Task<HttpResponseMessage> Lease(SellingShop shop, object body, string? key = null) =>
        shop.Cashier.Post("/api/leases", body, key ?? SellingShop.NewId().ToString());

    private static Task<HttpResponseMessage> Return(SellingShop shop, Guid lease) =>
        shop.Cashier.Send(HttpMethod.Post, $"/api/leases/{lease}/return", null, SellingShop.NewId().ToString());

    private static async Task<Guid> Leased(SellingShop shop, int uses) =>
        (Guid)(await Lease(shop, new { tillId = shop.Till, coupon = "welcome10", uses }).Is(201))["id"]!;

    private static object[] From(Guid lease) => [new { leaseId = lease, coupon = "WELCOME10" }];

    [Fact]
    public async Task What_is_leased_is_nobody_elses_and_what_is_not_used_comes_back()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 3);
        var (early, late) = (await shop.CartOf(coupons: ["WELCOME10"]), await shop.CartOf(coupons: ["WELCOME10"]));
        var lease = await Leased(shop, 3);
        await shop.Sell(early).IsProblem(409, "coupon_used_up");
        await Lease(shop, new { tillId = shop.Till, coupon = "WELCOME10", uses = 1 }).IsProblem(409, "coupon_used_up");
        var offline = await shop.CartOf(coupons: ["WELCOME10"], leases: From(lease));
        await shop.Sell(offline).Is(201);
        await shop.Sell(offline).Is(201);
        Assert.Equal(3, await Used(shop));

        var returned = await Return(shop, lease).Is(200);
        Assert.Equal(1, (long)returned["used"]!);
        await Return(shop, lease).Is(200);
        Assert.Equal(1, await Used(shop));
        await shop.Sell(late).Is(201);
        await shop.Void(offline);
        Assert.Equal(1, await Used(shop));
        Assert.Empty((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Fifty_at_once_lease_no_more_than_there_is()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 10);
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Lease(shop, new { tillId = shop.Till, coupon = "WELCOME10", uses = 3 })));
        Assert.Equal((3, 47), (answers.Count(a => (int)a.StatusCode == 201), answers.Count(a => (int)a.StatusCode == 409)));
        Assert.Equal(9, await Used(shop));
    }

    [Fact]
    public async Task A_lease_asked_for_twice_is_given_once()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 5);
        var body = new { id = SellingShop.NewId(), tillId = shop.Till, coupon = "WELCOME10", uses = 2 };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Lease(shop, body, "same").Is(201)));
        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(2, await Used(shop));
        await Lease(shop, body, "other").IsProblem(409, "lease_id_reused");
    }

    [Fact]
    public async Task What_a_till_gave_out_beyond_its_lease_stands_and_is_an_exception()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 2);
        var carts = await shop.Carts(3, _ => shop.CartOf(coupons: ["WELCOME10"]));
        var lease = await Leased(shop, 2);
        foreach (var cart in carts)
        {
            cart.Body["leases"] = System.Text.Json.JsonSerializer.SerializeToNode(From(lease));
            await shop.Sell(cart).Is(201);
        }

        var exception = Assert.Single((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray())!;
        Assert.Equal((carts[2].Id, lease, 1L), ((Guid)exception["saleId"]!, (Guid)exception["leaseId"]!, (long)exception["count"]!));
        Assert.Equal(3, await Used(shop));
        await Return(shop, lease).Is(200);
        Assert.Equal(3, await Used(shop));
    }

    [Fact]
    public async Task A_lease_that_has_expired_gives_back_its_uses_and_a_late_sale_is_taken_all_the_same()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 2);
        var lease = await Leased(shop, 2);
        var offline = await shop.CartOf(coupons: ["WELCOME10"], leases: From(lease));
        await Races.Run(cells, shop, "UPDATE transaction.lease SET expires_at = now() - interval '1 minute' WHERE tenant_id = $1");
        await Races.Run(cells, shop, "UPDATE transaction.sweep_turn SET next_at = now() - interval '1 minute' WHERE tenant_id = $1");
        await cells.ServicesOf("transaction").GetRequiredService<LapseSales>().Run(CancellationToken.None);
        Assert.Equal(0, await Used(shop));
        await shop.Sell(offline).Is(201);
        Assert.Equal(1, await Used(shop));
        Assert.Single((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray());
        var listed = Assert.Single((await shop.Cashier.GetAsync($"/api/leases?tillId={shop.Till}&open=false").Is(200))["items"]!.AsArray())!;
        Assert.Equal(1, (long)listed["used"]!);
    }

    [Fact]
    public async Task A_promotion_with_a_limit_in_all_is_leased_too()
    {
        var shop = await SellingShop.Open(cells);
        var rule = Claiming.TenPercent(new() { UsesInTotal = 2 });
        await shop.Gives(rule);
        var offline = await shop.CartOf();
        var lease = (Guid)(await Lease(shop, new { tillId = shop.Till, promotionId = rule.Id, uses = 2 }).Is(201))["id"]!;
        Assert.Equal(0, (await shop.CartOf()).Discount);
        offline.Body["leases"] = new JsonArray(new JsonObject { ["leaseId"] = lease, ["promotion"] = rule.Id });
        await shop.Sell(offline).Is(201);
        Assert.Equal(2, await Claiming.Number(cells, shop, "SELECT used FROM transaction.promotion WHERE tenant_id = $1 AND id = $2", rule.Id));
    }

    [Fact]
    public async Task A_lease_of_another_till_coupon_or_tenant_is_not_spent_from()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 5);
        var other = SellingShop.NewId();
        await shop.Shop.Hear(new TillChanged(other, 1, shop.Store, "T02", "Till 2", false));
        var foreign = (Guid)(await Lease(shop, new { tillId = other, coupon = "WELCOME10", uses = 1 }).Is(201))["id"]!;
        await shop.Sell(await shop.CartOf(coupons: ["WELCOME10"], leases: From(foreign))).IsProblem(404, "lease_unknown");
        var rival = await SellingShop.Open(cells, couponLimit: 5);
        var theirs = await Leased(rival, 1);
        await shop.Sell(await shop.CartOf(coupons: ["WELCOME10"], leases: From(theirs))).IsProblem(404, "lease_unknown");
        await Return(shop, theirs).IsProblem(404, "lease_unknown");
        Assert.DoesNotContain((await shop.Cashier.GetAsync("/api/leases").Is(200))["items"]!.AsArray(), row => (Guid)row!["id"]! == theirs);
        Assert.Empty((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray());
        Assert.Equal(0, await Claiming.Number(cells, shop, "SELECT count(*) FROM transaction.sale WHERE tenant_id = $1"));
        await Lease(shop, new { tillId = rival.Till, coupon = "WELCOME10", uses = 1 }).IsProblem(404, "till_unknown");
    }

    [Fact]
    public async Task What_cannot_be_leased_is_refused_by_name()
    {
        var shop = await SellingShop.Open(cells, couponLimit: null);
        await Lease(shop, new { tillId = shop.Till, coupon = "WELCOME10", uses = 1 }).IsProblem(409, "not_limited");
        await Lease(shop, new { tillId = shop.Till, coupon = "NOPE", uses = 1 }).IsProblem(404, "coupon_unknown");
        await Lease(shop, new { tillId = shop.Till, promotionId = SellingShop.NewId(), uses = 1 }).IsProblem(404, "promotion_unknown");
        await Lease(shop, new { tillId = shop.Till, promotionId = shop.TenPercent, uses = 1 }).IsProblem(409, "not_limited");
        await Lease(shop, new { tillId = shop.Till, uses = 1 }).IsProblem(400, "invalid_request");
        await Lease(shop, new { tillId = shop.Till, coupon = "WELCOME10", uses = 0 }).IsProblem(400, "invalid_request");
        await Lease(shop, new { tillId = shop.Till, coupon = "WELCOME10", uses = 1, minutes = 0 }).IsProblem(400, "invalid_request");
    }
}
