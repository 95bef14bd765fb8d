using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Promotions;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>A shop that can sell: VAT of 7.5 % on top, two products, ten percent off by coupon, a till with an open shift.</summary>
public sealed class SellingShop
{
    private readonly CellsFixture _cells;

    private SellingShop(CellsFixture cells) => (_cells, Shop) = (cells, new Shop(cells));

    public Shop Shop { get; }

    public Guid Store { get; } = NewId();

    public Guid Till { get; } = NewId();

    public Guid Rice { get; } = NewId();

    public Guid Soap { get; } = NewId();

    public Guid TenPercent { get; } = NewId();

    public Guid Shift { get; private set; }

    public HttpClient Cashier { get; private set; } = null!;

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static async Task<SellingShop> Open(CellsFixture cells, string currency = "NGN", long? couponLimit = 1)
    {
        var shop = new SellingShop(cells);
        var s = shop.Shop;
        await s.Hear(new TenantSettingsChanged(1, s.Slug, "Test shop", "NG", currency, "Africa/Lagos", "04:00", false, null, null, "active"));
        await s.Hear(new StoreChanged(shop.Store, 1, "LAG", "Lagos", null, "Africa/Lagos", "04:00", false));
        await s.Hear(new TillChanged(shop.Till, 1, shop.Store, "T01", "Till 1", false));
        await s.Hear(new TaxRulesChanged(1, JsonSerializer.Serialize(
            new RuleBook { TaxClasses = [new TaxClass("standard", "Standard", [new TaxComponent { Code = "VAT", Rate = 7.5m }])] }, PricingJson.Options)));
        await s.Hear(Product(shop.Rice, "RICE", "Rice 5 kg", "1250000", "6151234567890"));
        await s.Hear(Product(shop.Soap, "SOAP", "Soap", "45050", "6159876543210"));
        await s.Hear(new PromotionChanged(shop.TenPercent, 1, JsonSerializer.Serialize<Promotion>(
            new PercentOff { Id = shop.TenPercent, Name = "Welcome", Percent = 10, Scope = PromotionScope.Order, Coupon = new CouponRule([]) },
            PricingJson.Options), null, false));
        await s.Hear(new CouponChanged("WELCOME10", 1, shop.TenPercent, couponLimit, null, null, false));
        shop.Cashier = s.Client("transaction", "supervisor");
        shop.Shift = (Guid)(await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 100_000 }).Is(201))["id"]!;
        return shop;
    }

    public static ProductChanged Product(Guid id, string sku, string name, string price, string barcode, long version = 1) =>
        new(id, version, sku, name, price, "standard", "Food", null, [], [barcode], true, false);

    public async Task<JsonNode> Quote(object lines, params string[] coupons) =>
        await Cashier.Post("/api/quotes", new { storeId = Store, tillId = Till, lines, coupons }).Is(200);

    /// <summary>A sale of two rice and one soap, paid by card for 1,000.00 and the rest in cash.</summary>
    public async Task<(object Body, Guid Id)> Cart(params string[] coupons)
    {
        var id = NewId();
        var lines = new object[] { new { productId = Rice, quantity = "2" }, new { barcode = "6159876543210", quantity = "1" } };
        var total = (long)(await Quote(lines, coupons))["total"]!;
        return (new
        {
            id, storeId = Store, tillId = Till, shiftId = Shift, lines, coupons, expectedTotal = total,
            tenders = new object[] { new { method = "card", amount = 100_000, reference = "POS-1" }, new { method = "cash", amount = total - 100_000, tendered = total } },
        }, id);
    }
}
