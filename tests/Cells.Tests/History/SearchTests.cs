using System.Text.Json.Nodes;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.History;

public sealed class SearchTests(CellsFixture cells)
{
    [Fact]
    public async Task Sales_are_found_by_each_filter_alone()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var customer = Told.NewId();
        var old = Told.Sale(store, till, "T0100000001", "2026-11-20");
        var wanted = Told.Sale(Told.NewId(), Told.NewId(), "T0200000001", "2026-11-21", minute: 1) with { Total = 90000, CustomerId = customer };
        var gone = Told.Sale(store, till, "T0100000002", minute: 2) with { Total = 100000 };
        await Told.HearTogether(cells, (shop, old), (shop, wanted), (shop, gone));
        await shop.Hear(Told.Void(gone));

        string[] filters =
        [
            "number=T0200000001", "from=2026-11-21&to=2026-11-21", $"storeId={wanted.StoreId}", $"tillId={wanted.TillId}", $"cashierId={wanted.CashierId}",
            $"customerId={customer}", "minTotal=80000&maxTotal=95000", $"product={wanted.Lines[1].ProductId}", "state=completed&from=2026-11-21",
        ];
        foreach (var filter in filters)
            Assert.Equal([wanted.SaleId], await Found(shop, filter));
        Assert.Equal([gone.SaleId], await Found(shop, "state=voided"));
        Assert.Equal([gone.SaleId, wanted.SaleId, old.SaleId], await Found(shop, ""));
        Assert.Empty(await Found(new Shop(cells), $"product={wanted.Lines[1].ProductId}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        // Two share each instant: only the id tells them apart.
        var sales = Enumerable.Range(0, 7).Select(i => Told.Sale(store, till, $"T01{i:00000000}", minute: i / 2)).ToArray();
        await Told.HearTogether(cells, [.. sales.Select(sale => (shop, sale))]);

        List<Guid> seen = [];
        string? cursor = "";
        for (var pages = 0; cursor is not null; pages++)
        {
            Assert.True(pages < 4, "more pages than there are");
            var page = await shop.Read($"/api/transactions?limit=2&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(item => (Guid)item!["id"]!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.Equal(sales.Select(sale => sale.SaleId).Order(), seen.Order());
        Assert.Equal(7, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("state=paid")]
    [InlineData("cursor=bm8")]
    [InlineData("number=12345678901234567890123456789012345678901")]
    public async Task What_cannot_be_searched_for_is_refused(string query) =>
        await new Shop(cells).Door().GetAsync($"/api/transactions?{query}").IsProblem(400, "invalid_request");

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("limit=many")]
    public async Task What_cannot_be_read_is_refused(string query) =>
        await new Shop(cells).Door().GetAsync($"/api/transactions?{query}").IsProblem(400, "malformed_request");

    [Fact]
    public async Task Refunds_are_listed_by_sale_and_read_one_by_one()
    {
        var shop = new Shop(cells);
        var other = new Shop(cells);
        var (store, till) = await shop.Open();
        var (sale, another) = (Told.Sale(store, till), Told.Sale(store, till, "T0100000002"));
        RefundCompleted[] refunds = [Told.Refund(sale), Told.Refund(sale, "T01R0000002"), Told.Refund(another, "T01R0000003")];
        await Told.HearTogether(cells, (shop, sale), (shop, another));
        await Told.HearTogether(cells, [.. refunds.Select(refund => (shop, refund))]);
        await shop.Hear(refunds[0]);

        Assert.Equal(2, (await shop.Read($"/api/refunds?saleId={sale.SaleId}"))["items"]!.AsArray().Count);
        var first = await shop.Read("/api/refunds?limit=2");
        Assert.Single((await shop.Read($"/api/refunds?limit=2&cursor={first["nextCursor"]}"))["items"]!.AsArray());
        var read = await shop.Read($"/api/refunds/{refunds[0].RefundId}");
        Assert.Equal(("T01R0000001", "T0100000001", 9675L, "1"),
            ((string)read["number"]!, (string)read["saleNumber"]!, (long)read["total"]!, (string)read["lines"]![0]!["quantity"]!));
        Assert.Equal(19350, (long)(await shop.Read($"/api/transactions/{sale.SaleId}"))["refunded"]!);

        Assert.Empty((await other.Read($"/api/refunds?saleId={sale.SaleId}"))["items"]!.AsArray());
        await other.Door().GetAsync($"/api/refunds/{refunds[0].RefundId}").IsProblem(404, "refund_unknown");
        await shop.Door().GetAsync($"/api/refunds/{sale.SaleId}").IsProblem(404, "refund_unknown");
    }

    private static async Task<Guid[]> Found(Shop shop, string query) =>
        [.. (await shop.Read($"/api/transactions?{query}"))["items"]!.AsArray().Select((JsonNode? item) => (Guid)item!["id"]!)];
}
