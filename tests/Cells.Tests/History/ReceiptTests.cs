using System.Net.Http.Headers;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.History;

public sealed class ReceiptTests(CellsFixture cells)
{
    [Fact]
    public async Task A_Ghana_receipt_shows_its_three_levies()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open("GH", "GHS", "Africa/Accra", "C0001234567");
        var sale = Told.Sale(store, till) with
        {
            Currency = "GHS", PricesIncludeTax = false, Fees = [], Gross = 10000, Discount = 0, Net = 10000, Tax = 2000, Total = 12000, Due = 12000, Change = 0,
            Lines = [new SaleLine(1, null, null, "Kente cloth", "1", "10000", "standard", false, 10000, [], 10000, [Levy("NHIL", "2.5", 250), Levy("GETFUND", "2.5", 250), Levy("VAT", "15", 1500)], 12000)],
            Tenders = [new SaleTender(1, "cash", 12000, 12000, null)],
        };
        await shop.Hear(sale);

        var text = await Text(shop, $"/api/receipts/{sale.SaleId}");
        Assert.Contains("TIN C0001234567", text);
        Assert.Contains("1 x 100.00 (ABC)", text);
        Assert.Contains("(A) NHIL 2.5% of 100.00               2.50", text);
        Assert.Contains("(B) GETFUND 2.5% of 100.00            2.50", text);
        Assert.Contains("(C) VAT 15% of 100.00                15.00", text);
        Assert.Contains("GH₵120.00", text);
        Assert.Contains("2026-11-22 09:00:00 +00:00", text);
        Assert.DoesNotContain("Served by", text);
        Assert.DoesNotContain("COPY", text);
    }

    [Fact]
    public async Task A_Lagos_receipt_shows_discount_fee_treatment_tenders_and_local_time()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);

        var text = await Text(shop, $"/api/receipts/{sale.SaleId}");
        foreach (var expected in new[]
        {
            "Adé Stores", "Main store", "1 Broad Street", "T0100000001", "Till 1", "2026-11-22 10:00:00 +01:00", "10% off", "-21.50", "Carrier bag", "₦704.25",
            "(A) VAT 7.5% of 190.00               14.25", "(B) VAT 0% of 500.00                  0.00",
            "Tendered", "610.00", "RRN 1", "Change", "5.75", "Come again",
        })
            Assert.Contains(expected, text);
        Assert.Contains("*** COPY ***", await Text(shop, $"/api/receipts/{sale.SaleId}?copy=true"));
    }

    [Fact]
    public async Task A_refund_is_a_credit_note_with_the_prices_of_its_sale()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open("CI", "XOF", "Africa/Abidjan");
        var sale = Told.Sale(store, till) with { Currency = "XOF" };
        var refund = Told.Refund(sale);
        await shop.Hear(refund);
        await shop.Door().GetAsync($"/api/receipts/{refund.RefundId}").IsProblem(503, "receipt_not_ready");
        await shop.Hear(sale);

        var text = await Text(shop, $"/api/receipts/{refund.RefundId}");
        foreach (var expected in new[] { "AVOIR", "T01R0000001", "T0100000001", "1 x 10\u00A0750 (A)", "9\u00A0675 F CFA", "Espèces", "NCC 01234567-0001" })
            Assert.Contains(expected, text);
    }

    [Fact]
    public async Task A_voided_sales_receipt_says_so_at_its_head_and_foot()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);
        Assert.DoesNotContain("VOID", await Text(shop, $"/api/receipts/{sale.SaleId}"));

        await shop.Hear(Told.Void(sale));
        var text = await Text(shop, $"/api/receipts/{sale.SaleId}");
        Assert.Equal(3, text.Split("*** VOID ***").Length);
        Assert.Contains("*** COPY ***", await Text(shop, $"/api/receipts/{sale.SaleId}?copy=true"));
        Assert.Equal(3, (await Text(shop, $"/api/receipts/{sale.SaleId}?copy=true")).Split("*** VOID ***").Length);
    }

    [Fact]
    public async Task A_receipt_is_a_PDF_for_who_asks_for_one()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);

        using var answer = await Get(shop, $"/api/receipts/{sale.SaleId}", "application/pdf");
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("%PDF-"u8.ToArray(), bytes[..5]);
        using var either = await Get(shop, $"/api/receipts/{sale.SaleId}", "application/pdf;q=0.5, text/*");
        Assert.Equal("text/plain", either.Content.Headers.ContentType?.MediaType);
        await Get(shop, $"/api/receipts/{sale.SaleId}", "image/png").IsProblem(406, "not_acceptable");
    }

    [Fact]
    public async Task A_receipt_is_there_once_the_journal_has_it_and_for_its_own_tenant()
    {
        var (shop, other) = (new Shop(cells), new Shop(cells));
        var (store, till) = await shop.Open();
        await other.Open();
        var sale = Told.Sale(store, till);
        await shop.Door().GetAsync($"/api/receipts/{sale.SaleId}").IsProblem(404, "receipt_unknown");
        await shop.Hear(sale);

        await Text(shop, $"/api/receipts/{sale.SaleId}");
        await other.Door().GetAsync($"/api/receipts/{sale.SaleId}").IsProblem(404, "receipt_unknown");
    }

    [Fact]
    public async Task An_older_version_of_the_shop_does_not_replace_a_newer_one()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);
        await shop.Hear(new StoreChanged(store, 3, "S1", "New store", null, "Africa/Lagos", "04:00", false));
        await shop.Hear(new StoreChanged(store, 2, "S1", "Old store", null, "Africa/Lagos", "04:00", false));
        await shop.Hear(new TillChanged(till, 3, store, "T01", "New till", false));
        await shop.Hear(new TillChanged(till, 2, store, "T01", "Old till", false));
        await shop.Hear(new TenantSettingsChanged(3, shop.Slug, "New name", "NG", "NGN", "Africa/Lagos", "04:00", true, null, null, "active"));
        await shop.Hear(new TenantSettingsChanged(2, shop.Slug, "Old name", "NG", "NGN", "Africa/Lagos", "04:00", true, null, null, "active"));

        var text = await Text(shop, $"/api/receipts/{sale.SaleId}");
        foreach (var current in new[] { "New store", "New till", "New name" })
            Assert.Contains(current, text);
    }

    private static LineTax Levy(string code, string rate, long amount) => new(code, rate, 10000, amount);

    private static async Task<string> Text(Shop shop, string path)
    {
        using var answer = await shop.Door().GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return text;
    }

    private static async Task<HttpResponseMessage> Get(Shop shop, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var type in accept.Split(", "))
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(type));
        return await shop.Door().SendAsync(request);
    }
}
