using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;
using WebWaka.Cells.Tests.Transaction;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Consumers;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class LedgerTests(CellsFixture cells)
{
    private static readonly string[] Methods = ["cash", "card", "voucher"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Sales_voids_and_refunds_in_any_order_each_told_twice_sum_to_zero_and_to_what_they_say(int seed)
    {
        var shop = await PayingShop.Open(cells);
        var chance = new Random(seed);
        var sales = Enumerable.Range(0, 60).Select(_ => Sale(chance)).ToList();
        var voided = sales.Take(20).ToList();
        var refunded = sales.Skip(40).Select(sale => Refund(sale, chance)).ToList();
        List<object> events = [.. sales, .. voided.Select(Void), .. refunded];

        await Tell(shop, [.. events.Concat(events).OrderBy(_ => chance.Next())]);

        var left = sales.Skip(20).ToList();
        var expected = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (account, amount) in left.SelectMany(sale => Lines(sale.Tenders, sale.Net, sale.Tax, sale.Fees.Sum(f => f.Net), sale.Rounding))
            .Concat(refunded.SelectMany(r => Lines(r.Tenders, r.Net, r.Tax, 0, r.Rounding).Select(line => (line.Account, -line.Amount)))))
            expected[account] = expected.GetValueOrDefault(account) + amount;
        Assert.Equal(
            expected.Where(e => e.Value != 0).OrderBy(e => e.Key, StringComparer.Ordinal),
            (await shop.Balances()).Where(b => b.Value != 0).OrderBy(b => b.Key, StringComparer.Ordinal));
        Assert.Equal(0, await shop.Count(
            "(SELECT 1 FROM payments.ledger_entry WHERE tenant_id = $1 GROUP BY source_kind, source_id, currency HAVING sum(amount) <> 0) AS t", shop.Tenant));
    }

    [Fact]
    public async Task A_sale_and_its_void_at_the_same_moment_leave_nothing()
    {
        var shop = await PayingShop.Open(cells);
        var chance = new Random(4);
        var sales = Enumerable.Range(0, 40).Select(_ => Sale(chance)).ToList();

        await Task.WhenAll(sales.SelectMany(sale => new[] { Tell(shop, [sale]), Tell(shop, [Void(sale)]) }));

        Assert.All(await shop.Balances(), account => Assert.Equal(0, account.Value));
        Assert.Equal(40, await shop.Count(
            "(SELECT DISTINCT source_id FROM payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'void') AS t", shop.Tenant));
    }

    [Fact]
    public async Task Sales_told_many_times_at_once_under_other_ids_are_booked_once()
    {
        var shop = await PayingShop.Open(cells);
        var chance = new Random(8);
        var sales = Enumerable.Range(0, 5).Select(_ => (object)Sale(chance)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Tell(shop, [.. sales, sales[0]])));
        // And twice in a batch, at once, and not each alone after the batch was refused.
        var (last, id) = (Sale(chance), SellingShop.NewId());
        await ActivatorUtilities.CreateInstance<OnSaleCompleted>(cells.ServicesOf("payments"))
            .Consume(Deliveries<SaleCompleted>.Of([Told(shop, last, id), Told(shop, last, id), Told(shop, last, SellingShop.NewId())]), CancellationToken.None);

        Assert.Equal(
            sales.Cast<SaleCompleted>().Append(last).SelectMany(sale => sale.Tenders).Sum(tender => tender.Amount),
            (await shop.Balances()).Where(account => account.Value > 0).Sum(account => account.Value));
    }

    [Fact]
    public async Task A_document_that_does_not_sum_is_booked_and_shown()
    {
        var shop = await PayingShop.Open(cells);
        var sale = Sale(new Random(5));

        await Tell(shop, [sale with { Tenders = [new SaleTender(1, "cash", sale.Due - 7, sale.Due, null)] }]);

        Assert.Equal(7, (await shop.Balances())["suspense"]);
    }

    [Fact]
    public async Task What_is_booked_cannot_be_changed_or_deleted_by_the_Cell()
    {
        var shop = await PayingShop.Open(cells);
        await Tell(shop, [Sale(new Random(6))]);
        await using var app = Npgsql.NpgsqlDataSource.Create(cells.ConnectionOf("payments_app"));

        foreach (var sql in new[] { "UPDATE payments.ledger_entry SET amount = 0", "DELETE FROM payments.ledger_entry", "DELETE FROM payments.ledger_void" })
        {
            await using var command = app.CreateCommand(sql);
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());
            Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    /// <summary>As a dispatcher would: in batches of one type, each event under an id of its own.</summary>
    private async Task Tell(PayingShop shop, List<object> events)
    {
        foreach (var chunk in events.Chunk(13))
        {
            var envelopes = chunk.Select(e => Told(shop, e, SellingShop.NewId())).ToList();
            Assert.Empty(await cells.Transport.Send(envelopes, CancellationToken.None));
        }
    }

    private static Envelope Told(PayingShop shop, object e, Guid id) => new(
        shop.Tenant, id, e.GetType().Name, JsonSerializer.Serialize(e, e.GetType(), Json.Options), TimeProvider.System.GetUtcNow(), Trace: null);

    private static IEnumerable<(string Account, long Amount)> Lines(SaleTender[] tenders, long net, long tax, long fees, long rounding) =>
    [
        .. tenders.Select(t => (t.Method switch { "cash" => "cash", "card" => "card_clearing", var other => $"tender:{other}" }, t.Amount)),
        ("sales", -net), ("tax_payable", -tax), ("fees_charged", -fees), ("cash_rounding", -rounding),
    ];

    private static SaleCompleted Sale(Random chance)
    {
        var lines = Enumerable.Range(1, chance.Next(1, 5)).Select(n =>
        {
            var (net, tax) = (chance.NextInt64(1, 10_000_000), chance.NextInt64(0, 750_000));
            return new SaleLine(n, null, null, "Something", "1", "1", "standard", false, net, [], net, [new LineTax("VAT", "7.5", net, tax)], net + tax);
        }).ToArray();
        var fee = chance.NextInt64(0, 2) * 5_000;
        SaleFee[] fees = fee == 0 ? [] : [new SaleFee("bag", "Bag", fee, [new LineTax("VAT", "7.5", fee, 375)], fee + 375)];
        var total = lines.Sum(line => line.Total) + fees.Sum(f => f.Total);
        var rounding = chance.NextInt64(-2, 3);
        var first = chance.NextInt64(0, total);
        SaleTender[] tenders =
        [
            new SaleTender(1, Methods[chance.Next(3)], first, first, null),
            new SaleTender(2, "cash", total + rounding - first, total + rounding - first + 100, null),
        ];
        return new SaleCompleted(
            SellingShop.NewId(), "T1", Guid.Empty, Guid.Empty, Guid.Empty, Guid.Empty,
            "2026-01-01", TimeProvider.System.GetUtcNow(), "NGN", false, lines, fees, tenders, [],
            0, 0, lines.Sum(line => line.Net), lines.Sum(line => line.Total - line.Net) + fees.Sum(f => f.Total - f.Net),
            total, rounding, total + rounding, 100, "1", null, null);
    }

    private static SaleVoided Void(SaleCompleted s) =>
        new(s.SaleId, s.Number, s.StoreId, s.TillId, s.ShiftId, Guid.Empty, s.BusinessDate, s.CompletedAt, "wrong", s.Currency, [], [], s.Tenders, s.Total);

    private static RefundCompleted Refund(SaleCompleted s, Random chance)
    {
        var line = s.Lines[chance.Next(s.Lines.Length)];
        var rounding = chance.NextInt64(-2, 3);
        var back = new RefundLine(line.Line, null, null, line.Name, "1", false, line.Gross, 0, line.Net, line.Taxes, line.Total);
        return new RefundCompleted(
            SellingShop.NewId(), s.SaleId, "R1", s.Number, s.StoreId, s.TillId, s.ShiftId,
            Guid.Empty, s.BusinessDate, s.CompletedAt, "back", s.Currency, [back], [],
            [new SaleTender(2, "cash", line.Total + rounding, line.Total + rounding, null)], [],
            line.Gross, 0, line.Net, line.Total - line.Net, line.Total, rounding, line.Total + rounding);
    }
}
