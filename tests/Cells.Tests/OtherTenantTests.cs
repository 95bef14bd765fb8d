using WebWaka.Cells.Tests.History;
using WebWaka.Cells.Tests.Inventory;
using WebWaka.Cells.Tests.Promotions;
using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests;

/// <summary>Routes called with ids that exist and are another tenant's. tests/Guards.Tests/OtherTenant.cs says which test has which route.</summary>
public sealed class OtherTenantTests(CellsFixture cells)
{
    [Fact]
    public async Task Another_tenants_till_store_and_shift_are_not_there()
    {
        var theirs = await SellingShop.Open(cells);
        var mine = (await SellingShop.Open(cells)).Cashier;
        var lines = new[] { new { productId = theirs.Rice, quantity = "1" } };

        await mine.Post("/api/quotes", new { storeId = theirs.Store, tillId = theirs.Till, lines }).IsProblem(404, "store_unknown");
        await mine.Post("/api/shifts", new { tillId = theirs.Till, @float = 0 }).IsProblem(404, "till_unknown");
        await mine.GetAsync($"/api/shifts/current?tillId={theirs.Till}").IsProblem(404, "shift_unknown");
        await mine.Post($"/api/shifts/{theirs.Shift}/cash", new { kind = "paidOut", amount = 100, reason = "mine now" }, "k").IsProblem(404, "shift_unknown");
        await mine.Post($"/api/shifts/{theirs.Shift}/close", new { counted = 0, reason = "mine now" }).IsProblem(404, "shift_unknown");

        Assert.Equal(theirs.Shift, (Guid)(await theirs.Cashier.GetAsync($"/api/shifts/current?tillId={theirs.Till}").Is(200))["id"]!);
    }

    [Fact]
    public async Task Another_tenants_journal_is_not_there()
    {
        var (theirs, mine) = (new Shop(cells), new Shop(cells));
        var (store, till) = await theirs.Open();
        var sale = Told.Sale(store, till);
        await theirs.Hear(sale);
        await theirs.Hear(Told.Void(sale));

        Assert.Empty((await mine.Read("/api/transactions"))["items"]!.AsArray());
        await mine.Door().GetAsync($"/api/transactions/{sale.SaleId}").IsProblem(404, "transaction_unknown");
        Assert.Empty((await mine.Read("/api/audit"))["items"]!.AsArray());
        Assert.Single((await theirs.Read("/api/transactions"))["items"]!.AsArray());
        Assert.Single((await theirs.Read("/api/audit"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Another_tenants_product_is_not_in_a_quote()
    {
        var theirs = await SellingShop.Open(cells);
        var mine = await SellingShop.Open(cells);
        var lines = new[] { new { productId = theirs.Rice, quantity = "1" } };

        await mine.Cashier.Post("/api/quotes", new { storeId = mine.Store, tillId = mine.Till, lines }).IsProblem(404, "product_unknown");
    }

    [Fact]
    public async Task Another_tenants_conflicts_are_not_listed()
    {
        var theirs = new Shop(cells);
        var (store, milk) = (await theirs.OpenStore(), await theirs.AddProduct());
        await theirs.Hear(Goods.Sale(Goods.NewId(), store, Goods.Line(1, milk, "1")));
        Assert.Single((await theirs.Client("inventory").GetAsync("/api/stock/conflicts").Is(200))["items"]!.AsArray());

        foreach (var query in new[] { "", $"?productId={milk}", $"?storeId={store}" })
            Assert.Empty((await new Shop(cells).Client("inventory").GetAsync("/api/stock/conflicts" + query).Is(200))["items"]!.AsArray());
    }

    [Fact]
    public async Task Another_tenants_coupon_cannot_be_archived()
    {
        var theirs = new Shop(cells);
        var promotion = await theirs.Promotion(coupon: true);
        await theirs.Client("promotions").Post($"/api/promotions/{promotion}/coupons", new { codes = new[] { "THEIRS" } }, PromotionRules.Key()).Is(201);

        await new Shop(cells).Client("promotions").Send(HttpMethod.Post, "/api/coupons/THEIRS/archive", null, ifMatch: "\"1\"").IsProblem(404, "not_found");

        await theirs.Client("promotions").Send(HttpMethod.Post, "/api/coupons/THEIRS/archive", null, ifMatch: "\"1\"").Is(200);
    }
}
