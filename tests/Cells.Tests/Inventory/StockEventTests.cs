using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Inventory.Consumers;
using static WebWaka.Cells.Tests.Inventory.Goods;

namespace WebWaka.Cells.Tests.Inventory;

public sealed class StockEventTests(CellsFixture cells)
{
    [Fact]
    public async Task A_sale_moves_its_stocked_lines_and_no_others()
    {
        var shop = new Shop(cells);
        var (store, milk, bread, service) = (NewId(), NewId(), NewId(), NewId());
        var sale = Sale(NewId(), store, Line(1, milk, "2"), Line(2, bread, "0.125"), Line(3, service, "1", stocked: false), Line(4, null, "1"), Line(5, milk, "1"));
        await shop.Hear(sale);
        Assert.Equal(-3m, await shop.OnHand(store, milk));
        Assert.Equal(-0.125m, await shop.OnHand(store, bread));
        Assert.Null(await shop.OnHand(store, service));
        var lines = await shop.Movements(milk);
        Assert.Equal([1, 5], lines.Select(m => (int)m!["line"]!).Order());
        Assert.All(lines, m => Assert.Equal(("sale", sale.SaleId), ((string)m!["kind"]!, (Guid)m["sourceId"]!)));
    }

    [Fact]
    public async Task The_same_sale_twenty_times_at_once_moves_stock_once()
    {
        var shop = new Shop(cells);
        var (store, milk, bread) = (NewId(), NewId(), NewId());
        var sale = Sale(NewId(), store, Line(1, milk, "2"), Line(2, bread, "3"));
        var sameEvent = NewId();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => shop.Hear(sale, n % 2 == 0 ? sameEvent : NewId())));
        Assert.Equal((-2m, -3m), (await shop.OnHand(store, milk), await shop.OnHand(store, bread)));
        Assert.Single(await shop.Movements(milk));
        Assert.Single(await shop.Movements(bread));
    }

    [Fact]
    public async Task An_event_twice_in_a_batch_and_its_sale_under_another_id_move_stock_once()
    {
        var shop = new Shop(cells);
        var (store, milk) = (NewId(), NewId());
        var (before, now) = (Sale(NewId(), store, Line(1, milk, "2"), Line(2, milk, "3")), Sale(NewId(), store, Line(1, milk, "10")));
        await shop.Hear(before);
        var told = EnvelopeOf(shop, now);
        var batch = Deliveries<SaleCompleted>.Of([told, EnvelopeOf(shop, before), told, EnvelopeOf(shop, now), EnvelopeOf(shop, before)]);
        // At once, and not each alone after the batch was refused.
        await ActivatorUtilities.CreateInstance<OnSaleCompleted>(cells.ServicesOf("inventory")).Consume(batch, CancellationToken.None);
        Assert.Equal(-15m, await shop.OnHand(store, milk));
        Assert.Equal(3, (await shop.Movements(milk)).Count);
    }

    [Fact]
    public async Task Sale_and_void_and_refunds_give_the_same_stock_in_every_order()
    {
        var (store, milk, bread) = (NewId(), NewId(), NewId());
        var sale = Sale(NewId(), store, Line(1, milk, "5"), Line(2, bread, "1"));
        var other = Sale(NewId(), store, Line(1, milk, "7"));
        object[] events =
        [
            sale, other,
            Refund(NewId(), sale.SaleId, store, Back(1, milk, "2"), Back(2, bread, "1", restock: false)),
            Refund(NewId(), sale.SaleId, store, Back(1, milk, "0.5"), Back(3, null, "1")),
            Void(other.SaleId, store, new StockReturn(1, milk, "7")),
        ];
        foreach (var order in Permutations(events.Length))
        {
            var shop = new Shop(cells);
            foreach (var at in order)
                await Hear(shop, events[at]);
            Assert.Equal((-2.5m, -1m), (await shop.OnHand(store, milk), await shop.OnHand(store, bread)));
        }
    }

    [Fact]
    public async Task A_batch_of_two_tenants_moves_each_ones_own_stock()
    {
        var (one, two) = (new Shop(cells), new Shop(cells));
        var (store, milk) = (NewId(), NewId());
        // The same ids on purpose: only the tenant tells them apart.
        var sale = Sale(NewId(), store, Line(1, milk, "1"));
        Envelope[] batch = [EnvelopeOf(one, sale), EnvelopeOf(two, sale with { Lines = [Line(1, milk, "4")] }), EnvelopeOf(one, sale)];
        Assert.Empty(await cells.Transport.Send(batch, CancellationToken.None));
        Assert.Equal((-1m, -4m), (await one.OnHand(store, milk), await two.OnHand(store, milk)));
    }

    [Fact]
    public async Task An_event_with_a_quantity_that_cannot_be_read_holds_back_no_other()
    {
        var shop = new Shop(cells);
        var (store, milk) = (NewId(), NewId());
        Envelope[] batch =
        [
            EnvelopeOf(shop, Sale(NewId(), store, Line(1, milk, "1"))), EnvelopeOf(shop, Sale(NewId(), store, Line(1, milk, "NaN"))),
            EnvelopeOf(shop, Sale(NewId(), store, Line(1, milk, "2"))),
        ];
        var undelivered = Assert.Single(await cells.Transport.Send(batch, CancellationToken.None), u => u.Cell == "inventory");
        Assert.Equal(batch[1].EventId, undelivered.Envelope.EventId);
        Assert.Equal(-3m, await shop.OnHand(store, milk));
    }

    [Fact]
    public async Task Movements_sum_to_on_hand_after_500_random_events_at_once()
    {
        var random = new Random(20260105);
        Shop[] shops = [new(cells), new(cells), new(cells)];
        Guid[] stores = [NewId(), NewId()];
        Guid[] products = [.. Enumerable.Range(0, 12).Select(_ => NewId())];
        var envelopes = Enumerable.Range(0, 500).Select(_ => RandomEvent(random, shops[random.Next(3)], stores[random.Next(2)], products)).ToList();
        // Each is told twice, in batches of random size, eight at a time.
        var told = envelopes.Concat(envelopes).ToArray();
        random.Shuffle(told);
        var batches = told.GroupBy(_ => random.Next(40)).Select(group => group.GroupBy(e => e.Type).ToList()).ToList();
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (batch, ct) =>
        {
            foreach (var type in batch)
                Assert.Empty(await cells.Transport.Send([.. type], ct));
        });

        await using var command = cells.Ops.CreateCommand("""
            SELECT count(*) FILTER (WHERE level.on_hand IS DISTINCT FROM moved.total), count(*), sum(moved.movements)
            FROM (SELECT tenant_id, store_id, product_id, on_hand FROM inventory.stock_level WHERE tenant_id = ANY ($1)) level
            FULL JOIN (SELECT tenant_id, store_id, product_id, sum(quantity) total, count(*) movements FROM inventory.stock_movement
                       WHERE tenant_id = ANY ($1) GROUP BY 1, 2, 3) moved USING (tenant_id, store_id, product_id)
            """);
        command.Parameters.Add(new() { Value = shops.Select(shop => shop.Tenant).ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        Assert.Equal(0, reader.GetInt64(0));
        Assert.Equal(72, reader.GetInt64(1));
        Assert.Equal(envelopes.Sum(LinesOf), reader.GetDecimal(2));
    }

    private static Envelope RandomEvent(Random random, Shop shop, Guid store, Guid[] products)
    {
        var picked = Enumerable.Range(1, random.Next(1, 6))
            .Select(line => (Line: line, Product: products[random.Next(products.Length)], Quantity: $"{random.Next(1, 9)}.{random.Next(10)}")).ToList();
        return random.Next(3) switch
        {
            0 => EnvelopeOf(shop, Sale(NewId(), store, [.. picked.Select(p => Line(p.Line, p.Product, p.Quantity))])),
            1 => EnvelopeOf(shop, Void(NewId(), store, [.. picked.Select(p => new StockReturn(p.Line, p.Product, p.Quantity))])),
            _ => EnvelopeOf(shop, Refund(NewId(), NewId(), store, [.. picked.Select(p => Back(p.Line, p.Product, p.Quantity))])),
        };
    }

    private static int LinesOf(Envelope envelope)
    {
        using var document = JsonDocument.Parse(envelope.Payload);
        return document.RootElement.GetProperty(envelope.Type == nameof(SaleVoided) ? "stock" : "lines").GetArrayLength();
    }

    private static Envelope EnvelopeOf<T>(Shop shop, T e) where T : class =>
        new(shop.Tenant, NewId(), typeof(T).Name, JsonSerializer.Serialize(e, Json.Options), TimeProvider.System.GetUtcNow(), Trace: null);

    private static Task Hear(Shop shop, object e) => e switch
    {
        SaleCompleted sale => shop.Hear(sale),
        SaleVoided voided => shop.Hear(voided),
        RefundCompleted refund => shop.Hear(refund),
        _ => throw new ArgumentException(e.GetType().Name, nameof(e)),
    };

    private static IEnumerable<int[]> Permutations(int count) =>
        count == 1
            ? [[0]]
            : Permutations(count - 1).SelectMany(rest => Enumerable.Range(0, count).Select(at => (int[])[.. rest[..at], count - 1, .. rest[at..]]));
}
