using System.Text.Json.Nodes;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Promotions;

/// <summary>Rules, and sales that used them, as the tests of this Cell need them.</summary>
internal static class PromotionRules
{
    public static object TenPercent(string name = "Ten percent", bool coupon = false) => coupon
        ? new { type = "percentOff", name, percent = "10", scope = "order", coupon = new { codes = Array.Empty<string>() } }
        : new { type = "percentOff", name, percent = "10", scope = "order" };

    public static async Task<Guid> Promotion(this Shop shop, bool coupon = false, string name = "Ten percent") =>
        (Guid)(await shop.Client("promotions").Post("/api/promotions", new { rule = TenPercent(name, coupon) }).Is(201))["id"]!;

    public static string Key() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    public static Guid Id() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static Task<JsonNode> Usage(this Shop shop, Guid promotion) =>
        shop.Client("promotions").GetAsync($"/api/promotions/{promotion}/usage").Is(200);

    public static SaleCompleted Sale(Guid saleId, params Redemption[] redemptions) => new(
        saleId, "T01000001", Id(), Id(), Id(), Id(), "2026-11-22", TimeProvider.System.GetUtcNow(), "NGN", true,
        [], [], [], redemptions, 1000, 100, 900, 0, 900, 0, 900, 0, "", null, null);

    public static SaleVoided Void(Guid saleId, params Redemption[] redemptions) => new(
        saleId, "T01000001", Id(), Id(), Id(), Id(), "2026-11-22", TimeProvider.System.GetUtcNow(), "mistake", "NGN", [], redemptions, [], 900);

    public static RefundCompleted Refund(Guid saleId, params Redemption[] redemptions) => new(
        Id(), saleId, "R01000001", "T01000001", Id(), Id(), Id(), Id(), "2026-11-22", TimeProvider.System.GetUtcNow(), "returned", "NGN",
        [], [], [], redemptions, 1000, 100, 900, 0, 900, 0, 900);
}
