using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebWaka.Cells.Tests.Payments;
using WebWaka.Contracts.Payments;
using WebWaka.Contracts.Promotions;
using WebWaka.Tool.Verify;
using WebWaka.Transaction.Sales;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>Sales whose payment does not come in time, and payments that come at the wrong time.</summary>
public sealed class LapseTests(CellsFixture cells)
{
    private static readonly TimeSpan LongAfter = TimeSpan.FromMinutes(6);

    [Fact]
    public async Task A_sale_that_was_not_paid_in_time_ends_and_its_coupon_can_be_used_again()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, _) = await Sell(shop, parts: 1, "WELCOME10");
        var (other, id) = await shop.Cart("WELCOME10");
        await shop.Cashier.Post("/api/sales", other, id.ToString()).IsProblem(409, "coupon_used_up");

        await Expired(shop, sale, LongAfter);

        await Becomes(shop, sale, "voided");
        await shop.Cashier.Post("/api/sales", other, id.ToString()).Is(201);
        Assert.Equal(0, await Count(shop, "outbox WHERE type = 'SaleVoided' AND tenant_id = $1"));
    }

    [Fact]
    public async Task A_sale_whose_ticket_ended_only_now_still_waits_for_money_on_its_way()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, amount) = await Sell(shop, parts: 1);
        await Expired(shop, sale, TimeSpan.FromSeconds(30));

        await TwoSweeps(shop);

        Assert.Equal("awaitingPayment", await Status(shop, sale));
        await shop.Shop.Hear(Settled(sale, 1, amount));
        Assert.Equal("completed", await Status(shop, sale));
        await TwoSweeps(shop);
        Assert.Equal("completed", await Status(shop, sale));
    }

    [Fact]
    public async Task Money_that_comes_after_the_end_is_put_before_a_person()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, amount) = await Sell(shop, parts: 1);
        await Expired(shop, sale, LongAfter);
        await Becomes(shop, sale, "voided");

        var late = Settled(sale, 1, amount);
        await shop.Shop.Hear(late);
        await shop.Shop.Hear(late);

        var item = Assert.Single((await Late(shop)).AsArray())!;
        Assert.Equal(late.PaymentId, (Guid)item["paymentId"]!);
        Assert.Equal(sale, (Guid)item["saleId"]!);
        Assert.Equal(amount, (long)item["amount"]!);
        Assert.Equal("the sale was given up before the money came", (string?)item["reason"]);
        Assert.Equal("voided", await Status(shop, sale));
        await shop.Shop.Client("transaction", "cashier").GetAsync("/api/sales/late-payments").IsProblem(403, "forbidden");
        var stranger = new Shop(cells).Client("transaction");
        Assert.Empty((await stranger.GetAsync("/api/sales/late-payments").Is(200))["items"]!.AsArray());
    }

    [Theory]
    [InlineData(true, "the sale lapsed before all of its payments came")]
    [InlineData(false, "the sale was given up before all of its payments came")]
    public async Task Money_of_a_sale_that_was_paid_in_part_is_put_before_a_person(bool lapses, string reason)
    {
        var shop = await SellingShop.Open(cells);
        var (sale, amount) = await Sell(shop, parts: 2);
        var first = Settled(sale, 1, amount);
        await shop.Shop.Hear(first);
        Assert.Equal("awaitingPayment", await Status(shop, sale));

        if (lapses)
            await Expired(shop, sale, LongAfter);
        else
            await shop.Cashier.Post($"/api/sales/{sale}/void", new { reason = "the second card is refused" }, "void").Is(200);

        await Becomes(shop, sale, "voided");
        var item = Assert.Single((await Late(shop)).AsArray())!;
        Assert.Equal(first.PaymentId, (Guid)item["paymentId"]!);
        Assert.Equal(reason, (string?)item["reason"]);
    }

    [Fact]
    public async Task Each_tender_takes_its_own_money_once()
    {
        var shop = await SellingShop.Open(cells);
        var (sale, amount) = await Sell(shop, parts: 1);
        await shop.Shop.Hear(Settled(sale, 1, amount - 1));
        Assert.Equal("awaitingPayment", await Status(shop, sale));
        var paid = Settled(sale, 1, amount);
        await shop.Shop.Hear(paid);
        await shop.Shop.Hear(paid);
        await shop.Shop.Hear(Settled(sale, 1, amount));

        Assert.Equal("completed", await Status(shop, sale));
        Assert.Equal(
            ["another amount or currency than the tender's", "the tender has been paid already"],
            (await Late(shop)).AsArray().Select(item => (string)item!["reason"]!).Order());
        Assert.Equal(1, await Count(shop, "sale WHERE tenant_id = $1 AND seq = 1"));
    }

    [Fact]
    public async Task A_payment_that_comes_before_its_sale_waits_for_it()
    {
        var shop = await SellingShop.Open(cells);
        var id = SellingShop.NewId();
        var early = Settled(id, 1, (long)(await shop.Quote(Lines(shop)))["total"]!);
        await shop.Shop.Hear(early);
        await TwoSweeps(shop);
        Assert.Empty((await Late(shop)).AsArray());

        await Sell(shop, parts: 1, id: id);

        await Becomes(shop, id, "completed");
        Assert.Equal(0, await Count(shop, "parked_payment WHERE tenant_id = $1"));
        Assert.Empty((await Late(shop)).AsArray());
    }

    [Fact]
    public async Task A_payment_whose_sale_never_comes_is_put_before_a_person()
    {
        var shop = await SellingShop.Open(cells);
        var early = Settled(SellingShop.NewId(), 1, 500);
        await shop.Shop.Hear(early);

        await Run(shop, "UPDATE transaction.parked_payment SET parked_at = parked_at - interval '61 minutes' WHERE tenant_id = $1");

        await PayingShop.Eventually(async () =>
        {
            await TwoSweeps(shop);
            return (await Late(shop)).AsArray().Count == 1;
        }, "it is listed");
        Assert.Equal("no sale came for it", (string?)(await Late(shop))[0]!["reason"]);
        Assert.Equal(0, await Count(shop, "parked_payment WHERE tenant_id = $1"));
    }

    [Fact]
    public async Task A_sale_that_the_cashier_gives_up_while_the_sweep_is_at_another_gives_its_coupon_back_once()
    {
        var shop = await SellingShop.Open(cells, couponLimit: null);
        await shop.Shop.Hear(new CouponChanged("SECOND", 1, shop.TenPercent, null, null, null, false));
        var (first, second) = ((await Sell(shop, parts: 1, "WELCOME10")).Id, (await Sell(shop, parts: 1, "SECOND")).Id);
        await Sell(shop, parts: 1, "SECOND");
        await Expired(shop, first, LongAfter);
        await Expired(shop, second, LongAfter);
        await using var holder = await cells.Ops.OpenConnectionAsync();
        await using var held = await holder.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("SELECT 1 FROM transaction.coupon WHERE tenant_id = $1 AND code = 'WELCOME10' FOR UPDATE", holder);
        hold.Parameters.Add(new() { Value = shop.Shop.Tenant });
        await hold.ExecuteNonQueryAsync();

        // The sweep has both sales on its list and stands at the first one's coupon.
        var sweeping = TwoSweeps(shop);
        await PayingShop.Eventually(async () => await Races.WaitingFor(cells, holder.ProcessID) == 1, "the sweep waits for the coupon");
        await shop.Cashier.Post($"/api/sales/{second}/void", new { reason = "the customer has gone" }, "void").Is(200);
        await held.CommitAsync();
        await sweeping;

        Assert.Equal("voided", await Status(shop, first));
        Assert.Equal(1, await Count(shop, "coupon WHERE tenant_id = $1 AND code = 'SECOND' AND used = 1"));
    }

    [Fact]
    public async Task Money_and_the_end_at_once_make_a_completed_sale_or_a_late_payment_and_never_both()
    {
        // Cells of its own: the invariants are about a whole database at rest.
        await using var own = new CellsFixture { Change = settings => settings["Transaction:SweepEvery"] = "01:00:00" };
        await own.InitializeAsync();
        var test = new LapseTests(own);
        var shop = await SellingShop.Open(own, couponLimit: null);
        var sales = new List<(Guid Id, long Amount)>();
        for (var i = 0; i < 20; i++)
        {
            sales.Add(await Sell(shop, parts: 1, "WELCOME10"));
            await test.Expired(shop, sales[i].Id, LongAfter);
        }

        var settling = sales.Select((sale, i) => Task.Run(async () =>
        {
            await Task.Delay(i * 3);
            await shop.Shop.Hear(Settled(sale.Id, 1, sale.Amount));
        })).ToList();
        await test.TwoSweeps(shop);
        await Task.WhenAll(settling);

        var completed = 0;
        foreach (var (id, _) in sales)
            completed += await Status(shop, id) is "completed" ? 1 : 0;
        Assert.Equal(sales.Count - completed, await test.Count(shop, "late_payment WHERE tenant_id = $1"));
        Assert.Equal(completed, await test.Count(shop, "sale WHERE tenant_id = $1 AND number IS NOT NULL"));
        // The payments of this test are told, not made: Payments knows nothing of them, so what it holds them to is left out.
        await PayingShop.Eventually(async () =>
        {
            var findings = await Verification.Check(own.ConnectionOf("webwaka_ops"), CancellationToken.None);
            return findings.All(finding => finding.Holds || finding.Name == "I8");
        }, "the invariants hold");
    }

    [Fact]
    public async Task The_invariants_hold_for_a_sale_paid_in_time_one_paid_late_and_one_never_paid()
    {
        // By itself, as every replica does it.
        await using var own = new CellsFixture { Change = settings => settings["Transaction:SweepEvery"] = "00:00:00.250" };
        await own.InitializeAsync();
        var test = new LapseTests(own);
        var shop = await PayingShop.Open(own);
        var (paid, late, never) = (await shop.Sell(), await shop.Sell(), await shop.Sell());
        var payments = new[] { await shop.Ask(paid.Ticket).Is(201), await shop.Ask(late.Ticket).Is(201) };
        await shop.Settle(payments[0]);
        await shop.SaleBecomes(paid.Sale, "completed");
        foreach (var sale in new[] { late.Sale, never.Sale })
        {
            await test.Expired(shop.Selling, sale, LongAfter);
            await shop.SaleBecomes(sale, "voided");
        }

        await shop.Settle(payments[1]);

        await PayingShop.Eventually(async () => (await Late(shop.Selling)).AsArray().Count == 1, "the late money is listed");
        IReadOnlyList<Verification.Finding> findings = [];
        for (var tries = 0; tries < 60 && !(findings.Count > 0 && findings.All(finding => finding.Holds)); tries++)
        {
            findings = await Verification.Check(own.ConnectionOf("webwaka_ops"), CancellationToken.None);
            await Task.Delay(100);
        }

        Assert.All(findings, finding => Assert.True(finding.Holds, $"{finding.Name}: {finding.Example}"));
    }

    private static object[] Lines(SellingShop shop) => [new { productId = shop.Rice, quantity = "2" }];

    /// <summary>A sale that awaits <paramref name="parts"/> payments; the amount is the first one's.</summary>
    private static async Task<(Guid Id, long Amount)> Sell(SellingShop shop, int parts, string? coupon = null, Guid? id = null)
    {
        var sale = id ?? SellingShop.NewId();
        string[] coupons = coupon is null ? [] : [coupon];
        var total = (long)(await shop.Quote(Lines(shop), coupons))["total"]!;
        var first = total / parts;
        object[] tenders = parts == 1
            ? [new { method = "paystack", amount = total }]
            : [new { method = "paystack", amount = first }, new { method = "paystack", amount = total - first }];
        var body = new { id = sale, storeId = shop.Store, tillId = shop.Till, shiftId = shop.Shift, lines = Lines(shop), coupons, tenders };
        Assert.Equal("awaitingPayment", (string?)(await shop.Cashier.Post("/api/sales", body, sale.ToString()).Is(201))["status"]);
        return (sale, first);
    }

    private static PaymentSettled Settled(Guid sale, int tender, long amount) =>
        new(SellingShop.NewId(), sale, tender, amount, "NGN", $"ww-{SellingShop.NewId():N}", "card", TimeProvider.System.GetUtcNow());

    /// <summary>As if the sale's tickets had ended so long ago.</summary>
    private Task Expired(SellingShop shop, Guid sale, TimeSpan ago) => Run(
        shop, "UPDATE transaction.pending_tender SET expires_at = now() - $3 WHERE tenant_id = $1 AND sale_id = $2", sale, ago);

    /// <summary>Two replicas sweep at once when it is the shop's turn.</summary>
    private async Task TwoSweeps(SellingShop shop)
    {
        await Run(shop, "UPDATE transaction.sweep_turn SET next_at = now() - interval '1 second' WHERE tenant_id = $1");
        var services = cells.ServicesOf("transaction");
        await Task.WhenAll(
            services.GetRequiredService<LapseSales>().Run(CancellationToken.None),
            ActivatorUtilities.CreateInstance<LapseSales>(services).Run(CancellationToken.None));
    }

    private Task Becomes(SellingShop shop, Guid sale, string status) => PayingShop.Eventually(async () =>
    {
        await TwoSweeps(shop);
        return await Status(shop, sale) == status;
    }, $"the sale is {status}");

    private static async Task<string> Status(SellingShop shop, Guid sale) =>
        (string)(await shop.Cashier.GetAsync($"/api/sales/{sale}").Is(200))["status"]!;

    private static async Task<JsonNode> Late(SellingShop shop) => (await shop.Cashier.GetAsync("/api/sales/late-payments").Is(200))["items"]!;

    private async Task Run(SellingShop shop, string sql, params object[] values)
    {
        await using var command = cells.Ops.CreateCommand(sql);
        foreach (var value in new object[] { shop.Shop.Tenant }.Concat(values))
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> Count(SellingShop shop, string rows)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT count(*) FROM transaction.{rows}");
        command.Parameters.Add(new() { Value = shop.Shop.Tenant });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
