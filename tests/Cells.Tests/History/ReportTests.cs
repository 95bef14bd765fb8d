namespace WebWaka.Cells.Tests.History;

public sealed class ReportTests(CellsFixture cells)
{
    private const string Month = "from=2026-11-01&to=2026-11-30";

    [Theory]
    [InlineData("day", "businessDate", 2)]
    [InlineData("store", "storeId", 2)]
    [InlineData("till", "tillId", 3)]
    public async Task Sales_are_summed_by_day_store_and_till(string groupBy, string member, int groups)
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var elsewhere = Told.NewId();
        await Told.HearTogether(cells,
            (shop, Told.Sale(store, till, "1", "2026-11-21")), (shop, Told.Sale(store, till, "2")), (shop, Told.Sale(store, Told.NewId(), "3")),
            (shop, Told.Sale(elsewhere, Told.NewId(), "4")), (shop, Told.Sale(store, till, "5", "2026-12-01")));

        var report = await shop.Read($"/api/reports/sales?{Month}&groupBy={groupBy}");
        var items = report["items"]!.AsArray();
        Assert.Equal(groups, items.Select(item => (string)item![member]!).Distinct().Count());
        Assert.Equal(groups, items.Count);
        Assert.Equal(4, items.Sum(item => (long)item!["sales"]!));
        var total = Assert.Single(report["totals"]!.AsArray())!;
        Assert.Equal((4L, 286000L, 8600L, 272000L, 4000L, 5700L, 281700L),
            ((long)total["sales"]!, (long)total["gross"]!, (long)total["discount"]!, (long)total["net"]!, (long)total["fees"]!, (long)total["tax"]!, (long)total["total"]!));
        Assert.Equal(["card 4 40000", "cash 4 241700"], report["tenders"]!.AsArray().Select(t => $"{t!["method"]} {t["count"]} {t["amount"]}"));
        Assert.Equal(1, (long)(await shop.Read($"/api/reports/sales?{Month}&storeId={elsewhere}"))["totals"]![0]!["sales"]!);
    }

    [Fact]
    public async Task Taxes_are_summed_by_code_rate_and_treatment_with_refunds_apart()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);
        await shop.Hear(Told.Refund(sale));

        var items = (await shop.Read($"/api/reports/tax?{Month}"))["items"]!.AsArray().Select(t =>
            $"{t!["code"]} {t["rate"]} {t["treatment"]} {t["base"]} {t["amount"]} {t["refundBase"]} {t["refundAmount"]} {t["netBase"]} {t["netAmount"]}");
        Assert.Equal(["VAT 0 zeroRated 50000 0 0 0 50000 0", "VAT 7.5 taxed 19000 1425 9000 675 10000 750"], items);
        var cash = (await shop.Read($"/api/reports/sales?{Month}"))["tenders"]![1]!;
        Assert.Equal((1L, 9675L), ((long)cash["refundCount"]!, (long)cash["refundAmount"]!));
    }

    [Fact]
    public async Task Another_tenant_s_sales_are_in_no_report()
    {
        var (shop, other) = (new Shop(cells), new Shop(cells));
        var (store, till) = await shop.Open();
        await shop.Hear(Told.Sale(store, till));

        Assert.Empty((await other.Read($"/api/reports/sales?{Month}&storeId={store}"))["items"]!.AsArray());
        Assert.Empty((await other.Read($"/api/reports/sales?{Month}"))["tenders"]!.AsArray());
        Assert.Empty((await other.Read($"/api/reports/tax?{Month}"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("sales?from=2026-11-30&to=2026-11-01")]
    [InlineData("sales?from=0001-01-01&to=2026-11-01")]
    [InlineData("tax?from=2026-11-30&to=2026-11-01")]
    [InlineData("sales?from=2026-11-01&to=2026-11-30&groupBy=hour")]
    public async Task Periods_and_groups_that_make_no_sense_are_refused(string report) =>
        await new Shop(cells).Door().GetAsync($"/api/reports/{report}").IsProblem(400, "invalid_request");

    [Fact]
    public async Task A_report_needs_its_period() =>
        await new Shop(cells).Door().GetAsync("/api/reports/sales").IsProblem(400, "malformed_request");
}
