using System.Text.Json.Nodes;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Inventory;

/// <summary>What the tests of Inventory do again and again.</summary>
internal static class Goods
{
    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    /// <summary>A text that no other test has.</summary>
    public static string Unique(string prefix = "x") => prefix + NewId().ToString("N")[20..];

    public static async Task<Guid> OpenStore(this Shop shop)
    {
        var id = NewId();
        await shop.Hear(new StoreChanged(id, 1, Unique("S"), "Store", null, "Africa/Lagos", "04:00", false));
        return id;
    }

    public static async Task<Guid> AddProduct(this Shop shop, string? name = null, bool stocked = true)
    {
        var made = await shop.Client("inventory").Post("/api/products", new { sku = Unique("SKU"), name = name ?? "Milk", price = 1000, stocked }).Is(201);
        return (Guid)made["id"]!;
    }

    public static SaleLine Line(int line, Guid? product, string quantity, bool stocked = true) =>
        new(line, product, "SKU", "Milk", quantity, "1000", "standard", stocked, 1000, [], 1000, [], 1000);

    public static SaleCompleted Sale(Guid id, Guid store, params SaleLine[] lines) => new(
        id, "T1-000001", store, NewId(), NewId(), NewId(), "2026-01-05", TimeProvider.System.GetUtcNow(), "NGN", true, lines, [], [], [],
        1000, 0, 1000, 0, 1000, 0, 1000, 0, "1", null, null);

    public static SaleVoided Void(Guid sale, Guid store, params StockReturn[] stock) => new(
        sale, "T1-000001", store, NewId(), NewId(), NewId(), "2026-01-05", TimeProvider.System.GetUtcNow(), "wrong item", "NGN", stock, [], [], 1000);

    public static RefundLine Back(int line, Guid? product, string quantity, bool restock = true) =>
        new(line, product, "SKU", "Milk", quantity, restock, 1000, 0, 1000, [], 1000);

    public static RefundCompleted Refund(Guid id, Guid sale, Guid store, params RefundLine[] lines) => new(
        id, sale, "R1-000001", "T1-000001", store, NewId(), NewId(), NewId(), "2026-01-05", TimeProvider.System.GetUtcNow(), "broken", "NGN", lines,
        [], [], [], 1000, 0, 1000, 0, 1000, 0, 1000);

    /// <summary>On-hand as answered, or null where the product never moved in the store.</summary>
    public static async Task<decimal?> OnHand(this Shop shop, Guid store, Guid product)
    {
        var items = (await shop.Client("inventory").GetAsync($"/api/stock?storeId={store}&productId={product}").Is(200))["items"]!.AsArray();
        return items.Count == 0 ? null : decimal.Parse((string)Assert.Single(items)!["onHand"]!);
    }

    public static async Task<JsonArray> Movements(this Shop shop, Guid product) =>
        (await shop.Client("inventory").GetAsync($"/api/stock/movements?productId={product}&limit=200").Is(200))["items"]!.AsArray();

    public static Task<HttpResponseMessage> Move(this Shop shop, object body, string? key = null) =>
        shop.Client("inventory").Post("/api/stock/movements", body, key ?? Unique("key"));
}
