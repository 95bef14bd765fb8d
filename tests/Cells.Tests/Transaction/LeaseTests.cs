using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Promotions;
using WebWaka.Pricing;
using WebWaka.Tool.Verify;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Uses leased to a till are nobody else's until they come back, and what the till gave out beyond them stands and is told.</summary>
public sealed class LeaseTests(CellsFixture cells)
{
    private const string CouponUsed = "SELECT used FROM transaction.coupon WHERE tenant_id = $1";

    private const string PromotionUsed = "SELECT used FROM transaction.promotion WHERE tenant_id = $1 AND id = $2";

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
        var shop = await SellingShop.Open(cells, couponLimit: 3);
        var (lease, later) = (await Leased(shop, 2), await Leased(shop, 1));
        var offline = await shop.CartOf(coupons: ["WELCOME10"], leases: From(lease));
        await Races.Run(cells, shop, "UPDATE transaction.lease SET expires_at = now() - interval '1 minute' WHERE tenant_id = $1 AND id = $2", lease);
        await Races.Run(cells, shop, "UPDATE transaction.sweep_turn SET next_at = now() - interval '1 minute' WHERE tenant_id = $1");
        await cells.ServicesOf("transaction").GetRequiredService<LapseSales>().Run(CancellationToken.None);
        // What is left is the lease whose time has not come.
        Assert.Equal(1, await Used(shop));
        await shop.Sell(offline).Is(201);
        Assert.Equal(2, await Used(shop));
        await Return(shop, later).Is(200);
        Assert.Equal(1, await Used(shop));
        Assert.Single((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray());
        var closed = (await shop.Cashier.GetAsync($"/api/leases?tillId={shop.Till}&open=false").Is(200))["items"]!.AsArray();
        var listed = closed.Single(row => (Guid)row!["id"]! == lease)!;
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
        Assert.Equal(2, await Claiming.Number(cells, shop, PromotionUsed, rule.Id));
    }

    [Fact]
    public async Task Of_a_promotion_no_more_is_leased_than_there_is_and_a_lease_of_another_is_not_spent_from()
    {
        var shop = await SellingShop.Open(cells);
        var (rule, other) = (Claiming.TenPercent(new() { UsesInTotal = 2 }), Claiming.TenPercent(new() { UsesInTotal = 2 }));
        await shop.Gives(rule);
        await shop.Gives(other with { Coupon = new CouponRule([]) });
        var offline = await shop.CartOf();
        await Lease(shop, new { tillId = shop.Till, promotionId = rule.Id, uses = 3 }).IsProblem(409, "promotion_used_up");
        var lease = (Guid)(await Lease(shop, new { tillId = shop.Till, promotionId = other.Id, uses = 2 }).Is(201))["id"]!;
        offline.Body["leases"] = new JsonArray(new JsonObject { ["leaseId"] = lease, ["promotion"] = rule.Id });
        await shop.Sell(offline).IsProblem(404, "lease_unknown");
    }

    [Fact]
    public async Task Of_two_uses_of_a_promotion_the_one_in_the_lease_is_not_counted_again()
    {
        var shop = await SellingShop.Open(cells, couponLimit: null);
        await shop.Shop.Hear(new CouponChanged("ANOTHER", 1, shop.TenPercent, null, null, null, false));
        var rule = Claiming.TenPercent(new() { UsesInTotal = 5 }, shop.TenPercent) with { Version = 2, Coupon = new CouponRule([], PerOrder: 2) };
        await shop.Gives(rule);
        var offline = await shop.CartOf(coupons: ["WELCOME10", "ANOTHER"]);
        var lease = (Guid)(await Lease(shop, new { tillId = shop.Till, promotionId = rule.Id, uses = 1 }).Is(201))["id"]!;
        offline.Body["leases"] = new JsonArray(new JsonObject { ["leaseId"] = lease, ["promotion"] = rule.Id });
        await shop.Sell(offline).Is(201);
        var exception = Assert.Single((await shop.Cashier.GetAsync("/api/leases/exceptions").Is(200))["items"]!.AsArray())!;
        Assert.Equal((1L, 2L), ((long)exception["count"]!, await Claiming.Number(cells, shop, PromotionUsed, rule.Id)));
        var findings = await Verification.Check(cells.ConnectionOf("webwaka_ops"), TestContext.Current.CancellationToken);
        // Of the uses alone: what other Cells have to hear of the sale may still be on its way.
        Assert.DoesNotContain(findings.SelectMany(finding => finding.Faults), fault =>
            fault.StartsWith("a promotion's uses", StringComparison.Ordinal) && fault.Contains(rule.Id.ToString(), StringComparison.Ordinal));
        await shop.Void(offline);
        await Return(shop, lease).Is(200);
        Assert.Equal(0, await Claiming.Number(cells, shop, PromotionUsed, rule.Id));
    }

    [Fact]
    public async Task A_lease_that_a_sale_is_using_gives_back_what_is_left_after_it()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 3);
        var lease = await Leased(shop, 3);
        var returning = await Races.Behind(cells, shop, "UPDATE transaction.lease SET used = used + 1 WHERE tenant_id = $1", [() => Return(shop, lease)]);
        Assert.Equal(1, (long)(await returning[0].Is(200))["used"]!);
        Assert.Equal(1, await Used(shop));
    }

    [Fact]
    public async Task A_lease_of_another_till_coupon_or_tenant_is_not_spent_from()
    {
        var shop = await SellingShop.Open(cells, couponLimit: 5);
        var other = SellingShop.NewId();
        await shop.Shop.Hear(new TillChanged(other, 1, shop.Store, "T02", "Till 2", false));
        var foreign = (Guid)(await Lease(shop, new { tillId = other, coupon = "WELCOME10", uses = 1 }).Is(201))["id"]!;
        await shop.Sell(await shop.CartOf(coupons: ["WELCOME10"], leases: From(foreign))).IsProblem(404, "lease_unknown");
        await shop.Shop.Hear(new CouponChanged("ANOTHER", 1, shop.TenPercent, 5, null, null, false));
        var another = (Guid)(await Lease(shop, new { tillId = shop.Till, coupon = "ANOTHER", uses = 1 }).Is(201))["id"]!;
        await shop.Sell(await shop.CartOf(coupons: ["WELCOME10"], leases: From(another))).IsProblem(404, "lease_unknown");
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
        var (till, now) = (shop.Till, TimeProvider.System.GetUtcNow());
        var away = SellingShop.NewId();
        await shop.Shop.Hear(new TillChanged(away, 1, shop.Store, "T09", "Till 9", true));
        foreach (var coupon in new CouponChanged[]
        {
            new("LIMITED", 1, shop.TenPercent, 9_999, null, null, false), new("GONE", 1, shop.TenPercent, 9, null, null, true),
            new("SOON", 1, shop.TenPercent, 9, now.AddHours(1), null, false), new("OVER", 1, shop.TenPercent, 9, null, now.AddHours(-1), false),
        })
            await shop.Shop.Hear(coupon);
        (object Body, int Status, string Code)[] refused =
        [
            (new { tillId = till, coupon = "WELCOME10", uses = 1 }, 409, "not_limited"),
            (new { tillId = till, coupon = "NOPE", uses = 1 }, 404, "coupon_unknown"),
            (new { tillId = till, coupon = "GONE", uses = 1 }, 404, "coupon_unknown"),
            (new { tillId = till, coupon = "SOON", uses = 1 }, 404, "coupon_unknown"),
            (new { tillId = till, coupon = "OVER", uses = 1 }, 404, "coupon_unknown"),
            (new { tillId = till, promotionId = SellingShop.NewId(), uses = 1 }, 404, "promotion_unknown"),
            (new { tillId = till, promotionId = shop.TenPercent, uses = 1 }, 409, "not_limited"),
            (new { tillId = away, coupon = "LIMITED", uses = 1 }, 404, "till_unknown"),
            (new { tillId = till, uses = 1 }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", promotionId = shop.TenPercent, uses = 1 }, 400, "invalid_request"),
            (new { tillId = till, coupon = new string('X', 41), uses = 1 }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", uses = 0 }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", uses = 1_001 }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", uses = 1, id = Guid.Empty }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", uses = 1, minutes = 0 }, 400, "invalid_request"),
            (new { tillId = till, coupon = "LIMITED", uses = 1, minutes = 10_081 }, 400, "invalid_request"),
        ];
        await Assert.AllAsync(refused, async lease => await Lease(shop, lease.Body).IsProblem(lease.Status, lease.Code));
        await Lease(shop, new { tillId = till, coupon = "LIMITED", uses = 1_000, minutes = 10_080 }).Is(201);
    }
}
