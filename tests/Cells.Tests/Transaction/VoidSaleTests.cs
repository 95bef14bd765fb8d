using System.Text.Json.Nodes;

namespace WebWaka.Cells.Tests.Transaction;

public sealed class VoidSaleTests(CellsFixture cells)
{
    [Fact]
    public async Task A_voided_sale_gives_its_coupon_back_and_keeps_its_number()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var (other, otherId) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", other, otherId.ToString()).IsProblem(409, "coupon_used_up");

        var voided = await shop.Cashier.Post($"/api/sales/{id}/void", new { reason = "wrong customer" }, "void-1").Is(200);

        Assert.Equal(("voided", "T0100000001"), ((string)voided["status"]!, (string)voided["number"]!));
        var sale = await shop.Cashier.Post("/api/sales", other, otherId.ToString()).Is(201);
        Assert.Equal("T0100000002", (string?)sale["number"]);
        var shift = await shop.Cashier.GetAsync($"/api/shifts/{shop.Shift}").Is(200);
        Assert.Equal((1, (long)sale["total"]!), ((int)shift["sales"]!, (long)shift["salesTotal"]!));
    }

    [Fact]
    public async Task A_void_sent_twice_at_once_is_done_once()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => shop.Cashier.Post($"/api/sales/{id}/void", new { reason = "twice" }, "void-1").Is(200)));

        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal(0, await CouponUses(shop));
        await shop.Cashier.Post($"/api/sales/{id}/void", new { reason = "again" }, "void-2").IsProblem(409, "sale_already_voided");
        Assert.Equal(0, await CouponUses(shop));
    }

    [Fact]
    public async Task A_sale_of_a_closed_shift_or_with_refunds_cannot_be_voided()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var (second, secondId) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", second, secondId.ToString()).Is(201);
        await shop.Cashier.Post("/api/refunds", new { saleId = secondId, reason = "broken" }, "refund-1").Is(201);

        await shop.Cashier.Post($"/api/sales/{secondId}/void", new { reason = "late" }, "void-1").IsProblem(409, "sale_has_refunds");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 0 }).Is(200);
        await shop.Cashier.Post($"/api/sales/{id}/void", new { reason = "late" }, "void-2").IsProblem(409, "shift_has_closed");
    }

    [Fact]
    public async Task A_cashier_may_give_up_a_sale_that_awaits_its_payment_but_not_void_a_completed_one()
    {
        var shop = await SellingShop.Open(cells);
        var cashier = shop.Shop.Client("transaction", "cashier");
        var (body, id) = await shop.Cart("WELCOME10");
        var waiting = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!;
        waiting["tenders"] = new JsonArray(new JsonObject { ["method"] = "paystack", ["amount"] = (long)waiting["expectedTotal"]! });
        var sale = await cashier.Post("/api/sales", waiting, id.ToString()).Is(201);
        Assert.Equal("awaitingPayment", (string?)sale["status"]);
        Assert.Null(sale["number"]);
        Assert.Equal(1, await CouponUses(shop));

        await cashier.Post($"/api/sales/{id}/void", new { reason = "customer left" }, "void-1").Is(200);

        Assert.Equal(0, await CouponUses(shop));
        var (paid, paidId) = await shop.Cart();
        await cashier.Post("/api/sales", paid, paidId.ToString()).Is(201);
        await cashier.Post($"/api/sales/{paidId}/void", new { reason = "mine" }, "void-2").IsProblem(403, "forbidden");
    }

    private async Task<long> CouponUses(SellingShop shop)
    {
        await using var command = cells.Ops.CreateCommand("SELECT used FROM transaction.coupon WHERE tenant_id = $1");
        command.Parameters.Add(new() { Value = shop.Shop.Tenant });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
