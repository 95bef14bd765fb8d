using System.Text.Json.Nodes;
using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.History;

/// <summary>What History is told in its tests: a shop's papers and the events of Transaction.</summary>
internal static class Told
{
    public const string Day = "2026-11-22";

    public static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static HttpClient Door(this Shop shop, string role = "owner") => shop.Client("history", role);

    public static Task<JsonNode> Read(this Shop shop, string path) => shop.Door().GetAsync(path).Is(200);

    /// <summary>Settings, a store and a till, as identity tells them.</summary>
    public static async Task<(Guid Store, Guid Till)> Open(
        this Shop shop, string country = "NG", string currency = "NGN", string zone = "Africa/Lagos", string? taxId = "01234567-0001")
    {
        var (store, till) = (NewId(), NewId());
        await shop.Hear(new TenantSettingsChanged(
            1, shop.Slug, "Adé Stores", country, currency, zone, "04:00", true, taxId, "Thank you\nCome again", "active"));
        await shop.Hear(new StoreChanged(store, 1, "S1", "Main store", "1 Broad Street", zone, "04:00", false));
        await shop.Hear(new TillChanged(till, 1, store, "T01", "Till 1", false));
        return (store, till);
    }

    /// <summary>Two lines at 7.5 % inside the price, one discounted; a bag fee; paid in cash.</summary>
    public static SaleCompleted Sale(Guid store, Guid till, string number = "T0100000001", string day = Day, int minute = 0) => new(
        NewId(), number, store, till, NewId(), NewId(), day, At(minute), "NGN", true,
        [
            new SaleLine(1, NewId(), "SPA", "Spaghetti", "2", "10750", "standard", true, 21500, [new LineDiscount(NewId(), "10% off", 1, 2150)], 18000, [new LineTax("VAT", "7.5", 18000, 1350, true)], 19350, true),
            new SaleLine(2, NewId(), "RICE", "Rice", "1", "50000", "zero", true, 50000, [], 50000, [new LineTax("VAT", "0", 50000, 0, true, "zeroRated")], 50000, true),
        ],
        [new SaleFee("bag", "Carrier bag", 1000, [new LineTax("VAT", "7.5", 1000, 75)], 1075)],
        [new SaleTender(1, "cash", 60425, 61000, null), new SaleTender(2, "card", 10000, 10000, "RRN 1")],
        [], 71500, 2150, 68000, 1425, 70425, 0, 70425, 575, "1", null, null);

    public static SaleVoided Void(SaleCompleted sale) => new(
        sale.SaleId, sale.Number, sale.StoreId, sale.TillId, sale.ShiftId, NewId(), sale.BusinessDate, sale.CompletedAt.AddMinutes(1), "wrong customer",
        sale.Currency, [], sale.Redemptions, sale.Tenders, sale.Total);

    /// <summary>The first line's half.</summary>
    public static RefundCompleted Refund(SaleCompleted sale, string number = "T01R0000001") => new(
        NewId(), sale.SaleId, number, sale.Number, sale.StoreId, sale.TillId,
        sale.ShiftId, NewId(), sale.BusinessDate, sale.CompletedAt.AddMinutes(5), "broken",
        sale.Currency, [new RefundLine(1, sale.Lines[0].ProductId, "SPA", "Spaghetti", "1", true, 10750, 1075, 9000, [new LineTax("VAT", "7.5", 9000, 675, true)], 9675)],
        [], [new SaleTender(1, "cash", 9675, 9675, null)], [], 10750, 1075, 9000, 675, 9675, 0, 9675);

    public static ShiftClosed Close(Guid store, Guid till, long variance) => new(
        NewId(), store, till, NewId(), Day, At(600), "NGN", 7, 10000, 60425, 0, 0, 0, 70425, 70425 + variance, variance, "counted twice");

    public static DateTimeOffset At(int minute) => new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).AddMinutes(minute);

    /// <summary>The day's sums of the shop, without the time of asking.</summary>
    public static async Task<string> Sums(this Shop shop)
    {
        var sales = await shop.Read($"/api/reports/sales?from={Day}&to={Day}");
        var tax = await shop.Read($"/api/reports/tax?from={Day}&to={Day}");
        return new JsonObject
        {
            ["items"] = sales["items"]!.DeepClone(), ["tenders"] = sales["tenders"]!.DeepClone(), ["tax"] = tax["items"]!.DeepClone(),
        }.ToJsonString();
    }

    /// <summary>Several events of one type and of any shops in one batch, as a dispatcher hands them on.</summary>
    public static async Task HearTogether<T>(CellsFixture cells, params (Shop Shop, T Event)[] told) where T : class
    {
        Assert.Empty(await cells.Transport.Send([.. told.Select(one => Envelope(one.Shop, one.Event))], CancellationToken.None));
    }

    public static Envelope Envelope<T>(Shop shop, T e) where T : class => new(
        shop.Tenant, NewId(), typeof(T).Name, System.Text.Json.JsonSerializer.Serialize(e, Json.Options), TimeProvider.System.GetUtcNow(), Trace: null);
}
