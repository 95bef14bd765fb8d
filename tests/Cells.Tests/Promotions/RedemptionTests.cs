using System.Text.Json;
using System.Text.Json.Nodes;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Cells.Tests.Promotions;

public sealed class RedemptionTests(CellsFixture cells)
{
    private static (long, long, long) Sums(JsonNode usage) => ((long)usage["redemptions"]!, (long)usage["reversed"]!, (long)usage["amount"]!);

    private async Task<(Shop Shop, Guid Promotion)> ShopWithCoupon(string code)
    {
        var shop = new Shop(cells);
        var promotion = await shop.Promotion(coupon: true);
        await shop.Client("promotions").Post($"/api/promotions/{promotion}/coupons", new { codes = new[] { code } }, PromotionRules.Key()).Is(201);
        return (shop, promotion);
    }

    private static async Task<long> Used(Shop shop, string code) =>
        (long)Assert.Single((await shop.Client("promotions").GetAsync($"/api/coupons?code={code}").Is(200))["items"]!.AsArray())!["used"]!;

    [Fact]
    public async Task A_sale_counts_once_for_its_promotion_and_its_coupon()
    {
        var (shop, promotion) = await ShopWithCoupon("WELCOME10");
        var plain = await shop.Promotion();
        await shop.Hear(PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, "WELCOME10", 100), new Redemption(plain, null, 40)));
        await shop.Hear(PromotionRules.Sale(PromotionRules.Id(), new Redemption(plain, null, 60)));
        await shop.Hear(PromotionRules.Sale(PromotionRules.Id()));

        var usage = await shop.Usage(promotion);
        Assert.Equal((1, 0, 100), Sums(usage));
        Assert.Equal("WELCOME10", (string?)Assert.Single(usage["coupons"]!.AsArray())!["code"]);
        Assert.Equal((2, 0, 100), Sums(await shop.Usage(plain)));
        Assert.Empty((await shop.Usage(plain))["coupons"]!.AsArray());
        Assert.Equal(1, await Used(shop, "WELCOME10"));
    }

    [Fact]
    public async Task A_sale_heard_again_under_the_same_or_another_event_counts_once()
    {
        var (shop, promotion) = await ShopWithCoupon("TWICE");
        var sale = PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, "TWICE", 100));
        var eventId = PromotionRules.Id();
        await shop.Hear(sale, eventId);
        await shop.Hear(sale, eventId);
        await shop.Hear(sale);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Hear(sale)));
        Assert.Equal((1, 0, 100), Sums(await shop.Usage(promotion)));
        Assert.Equal(1, await Used(shop, "TWICE"));
    }

    [Theory]
    [InlineData("sale void")]
    [InlineData("void sale")]
    [InlineData("sale refund")]
    [InlineData("refund sale")]
    [InlineData("void sale void sale")]
    public async Task In_any_order_of_arrival_a_sale_taken_back_ends_the_same(string order)
    {
        var (shop, promotion) = await ShopWithCoupon("BACK");
        var sale = PromotionRules.Id();
        var used = new Redemption(promotion, "BACK", 100);
        foreach (var step in order.Split(' '))
        {
            await (step switch
            {
                "sale" => shop.Hear(PromotionRules.Sale(sale, used)),
                "void" => shop.Hear(PromotionRules.Void(sale, used)),
                _ => shop.Hear(PromotionRules.Refund(sale, used)),
            });
            Assert.InRange(await Used(shop, "BACK"), 0, 1);
        }

        Assert.Equal((1, 1, 0), Sums(await shop.Usage(promotion)));
        Assert.Equal(0, await Used(shop, "BACK"));
    }

    [Fact]
    public async Task A_part_refund_gives_nothing_back()
    {
        var (shop, promotion) = await ShopWithCoupon("PART");
        var sale = PromotionRules.Id();
        await shop.Hear(PromotionRules.Sale(sale, new Redemption(promotion, "PART", 100)));
        await shop.Hear(PromotionRules.Refund(sale));
        Assert.Equal((1, 0, 100), Sums(await shop.Usage(promotion)));
    }

    [Fact]
    public async Task A_batch_of_several_tenants_with_repeats_inside_is_counted_right()
    {
        var (first, one) = await ShopWithCoupon("MANY");
        var (second, two) = await ShopWithCoupon("MANY");
        var envelopes = new List<Envelope>();
        for (var i = 0; i < 50; i++)
        {
            envelopes.Add(Envelope(first, PromotionRules.Sale(PromotionRules.Id(), new Redemption(one, "MANY", 10))));
            envelopes.Add(Envelope(second, PromotionRules.Sale(PromotionRules.Id(), new Redemption(two, "many", 7))));
        }

        envelopes.AddRange(envelopes.Take(10).ToList());
        envelopes.AddRange(envelopes.Take(10).Select(e => e with { EventId = PromotionRules.Id() }).ToList());
        Assert.Empty(await cells.Transport.Send(envelopes, CancellationToken.None));
        Assert.Equal((50, 0, 500), Sums(await first.Usage(one)));
        Assert.Equal((50, 0, 350), Sums(await second.Usage(two)));
        Assert.Equal(50, await Used(second, "MANY"));
    }

    [Fact]
    public async Task Another_tenants_sale_does_not_count_here_even_for_the_same_promotion()
    {
        var (shop, promotion) = await ShopWithCoupon("MINE");
        await new Shop(cells).Hear(PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, "MINE", 100)));
        Assert.Equal((0, 0, 0), Sums(await shop.Usage(promotion)));
    }

    [Fact]
    public async Task A_redemption_cannot_be_changed_or_deleted_by_the_cell()
    {
        var (shop, promotion) = await ShopWithCoupon("KEPT");
        await shop.Hear(PromotionRules.Sale(PromotionRules.Id(), new Redemption(promotion, "KEPT", 100)));
        await using var app = Npgsql.NpgsqlDataSource.Create(cells.ConnectionOf("promotions_app"));
        foreach (var sql in new[] { "UPDATE redemption SET amount = 0", "DELETE FROM redemption" })
        {
            await using var command = app.CreateCommand(sql);
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal("42501", refused.SqlState);
        }
    }

    private static Envelope Envelope(Shop shop, SaleCompleted sale) => new(
        shop.Tenant, PromotionRules.Id(), nameof(SaleCompleted), JsonSerializer.Serialize(sale, Json.Options), TimeProvider.System.GetUtcNow(), Trace: null);
}
