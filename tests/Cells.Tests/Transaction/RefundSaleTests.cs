using System.Text.Json;
using WebWaka.Contracts.Tax;
using WebWaka.Pricing;

namespace WebWaka.Cells.Tests.Transaction;

public sealed class RefundSaleTests(CellsFixture cells)
{
    [Fact]
    public async Task Refunds_line_by_line_add_up_to_the_sale_and_stop_there()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, total) = await Sold(shop, "WELCOME10");
        object[] parts = [Part(1, "1"), Part(1, "1"), Part(2, "1")];
        var refunded = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            var refund = await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "part", lines = new[] { parts[i] } }, $"r-{i}").Is(201);
            Assert.Equal($"T01R{i + 1:0000000}", (string?)refund["number"]);
            refunded += (long)refund["total"]!;
        }

        Assert.Equal(total, refunded);
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "more", lines = new[] { Part(2, "1") } }, "r-9")
            .IsProblem(409, "refund_exceeds_sale");
    }

    [Fact]
    public async Task A_full_refund_gives_each_tender_back_what_it_paid_and_frees_the_coupon()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, total) = await Sold(shop, "WELCOME10");

        var refund = await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "all" }, "r-1").Is(201);

        Assert.Equal(total, (long)refund["total"]!);
        Assert.Equal([100_000, total - 100_000], refund["tenders"]!.AsArray().Select(tender => (long)tender!["amount"]!));
        var (body, id) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
    }

    [Fact]
    public async Task Twenty_full_refunds_at_once_give_the_money_back_once()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, _) = await Sold(shop);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
            (int)(await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "all" }, $"r-{n}")).StatusCode));

        Assert.Equal((1, 19), (statuses.Count(status => status == 201), statuses.Count(status => status == 409)));
    }

    [Fact]
    public async Task A_refund_sent_twice_is_answered_with_the_same_bytes_and_its_key_fits_no_other_body()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, _) = await Sold(shop);
        var body = new { saleId = sale, reason = "one", lines = new[] { Part(1, "1") } };

        var first = await shop.Cashier.Post("/api/refunds", body, "r-1").Is(201);
        var second = await shop.Cashier.Post("/api/refunds", body, "r-1").Is(201);

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "two", lines = new[] { Part(1, "1") } }, "r-1")
            .IsProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Tenders_chosen_for_a_refund_must_make_its_total()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, total) = await Sold(shop);

        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "x", tenders = new[] { new { method = "cash", amount = total + 1 } } }, "r-1")
            .IsProblem(400, "tenders_do_not_pay");
        var refund = await shop.Cashier.Post(
            "/api/refunds", new { saleId = sale, reason = "x", tenders = new[] { new { method = "cash", amount = total } } }, "r-2").Is(201);
        Assert.Equal(total, (long)refund["due"]!);
    }

    [Fact]
    public async Task Cash_rounding_of_many_small_refunds_gives_back_no_more_than_was_paid()
    {
        var shop = await SellingShop.Open(cells);
        var rules = new RuleBook
        {
            TaxClasses = [new TaxClass("standard", "Standard", [])],
            CashRounding = [new CashRounding("NGN", 5)],
        };
        await shop.Shop.Hear(new TaxRulesChanged(2, JsonSerializer.Serialize(rules, PricingJson.Options)));
        await shop.Shop.Hear(SellingShop.Product(shop.Soap, "SOAP", "Sweet", "3", "6159876543210", version: 2));
        var sale = SellingShop.NewId();
        await shop.Cashier.Post("/api/sales", new
        {
            id = sale, storeId = shop.Store, tillId = shop.Till, shiftId = shop.Shift, lines = new[] { new { sku = "SOAP", quantity = "20" } },
            tenders = new[] { new { method = "cash", amount = 60 } },
        }, sale.ToString()).Is(201);

        var given = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            if (i == 12)
            {
                await shop.Cashier.Post("/api/refunds", new
                {
                    saleId = sale, reason = "sweet", lines = new[] { Part(1, "1") }, tenders = new[] { new { method = "cash", amount = 5 } },
                }, "chosen").IsProblem(409, "refund_exceeds_sale");
            }

            var refund = await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "sweet", lines = new[] { Part(1, "1") } }, $"r-{i}").Is(201);
            Assert.Equal(3, (long)refund["total"]!);
            given.Add((long)refund["due"]!);
        }

        Assert.Equal([.. Enumerable.Repeat(5L, 12), .. Enumerable.Repeat(0L, 8)], given);
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "more" }, "r-20").IsProblem(409, "refund_exceeds_sale");
    }

    [Fact]
    public async Task A_refund_needs_the_permission_and_a_completed_sale()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, _) = await Sold(shop);

        await shop.Shop.Client("transaction", "cashier").Post("/api/refunds", new { saleId = sale, reason = "x" }, "r-1").IsProblem(403, "forbidden");
        await shop.Cashier.Post($"/api/sales/{sale}/void", new { reason = "x" }, "v-1").Is(200);
        await shop.Cashier.Post("/api/refunds", new { saleId = sale, reason = "x" }, "r-2").IsProblem(409, "sale_not_completed");
    }

    private static object Part(int line, string quantity) => new { line, quantity, restock = true };

    private static async Task<(Guid Sale, long Total)> Sold(SellingShop shop, params string[] coupons)
    {
        var (body, id) = await shop.Cart(coupons);
        var sale = await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        return (id, (long)sale["total"]!);
    }
}
