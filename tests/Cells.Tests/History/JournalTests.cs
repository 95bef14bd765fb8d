using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Consumers;

namespace WebWaka.Cells.Tests.History;

public sealed class JournalTests(CellsFixture cells)
{
    [Fact]
    public async Task A_sale_heard_of_is_read_whole()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await shop.Hear(sale);

        var read = await shop.Read($"/api/transactions/{sale.SaleId}");
        Assert.Equal("T0100000001", (string?)read["number"]);
        Assert.Equal("completed", (string?)read["status"]);
        Assert.Equal(70425, (long)read["total"]!);
        Assert.Equal(2, read["lines"]!.AsArray().Count);
        Assert.Equal("2", (string?)read["lines"]![0]!["quantity"]);
        Assert.Equal(1350, (long)read["lines"]![0]!["taxes"]![0]!["amount"]!);
        Assert.Equal("RRN 1", (string?)read["tenders"]![1]!["reference"]);
        Assert.Equal(1000, (long)read["fees"]![0]!["net"]!);
        Assert.Empty(read["refunds"]!.AsArray());
        Assert.Null(read["voided"]);
    }

    [Fact]
    public async Task The_same_event_twenty_times_at_once_is_journaled_once()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        var eventId = Told.NewId();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Hear(sale, eventId)));

        Assert.Equal(1, (long)(await shop.Read($"/api/reports/sales?from={Told.Day}&to={Told.Day}"))["items"]![0]!["sales"]!);
        Assert.Equal(1, await Count(shop, "journal"));
    }

    [Fact]
    public async Task The_same_sale_under_twenty_event_ids_at_once_is_counted_once()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Hear(sale)));

        Assert.Equal(1, (long)(await shop.Read($"/api/reports/sales?from={Told.Day}&to={Told.Day}"))["items"]![0]!["sales"]!);
        Assert.Equal(1, await Count(shop, "journal"));
    }

    [Fact]
    public async Task The_same_sale_twice_in_one_batch_is_counted_once()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var sale = Told.Sale(store, till);
        // To the consumer itself: the transport would try a batch that fails one by one.
        await using (var scope = cells.ServicesOf("history").CreateAsyncScope())
        {
            var batch = Deliveries<SaleCompleted>.Of([Told.Envelope(shop, sale), Told.Envelope(shop, sale)]);
            await scope.ServiceProvider.GetRequiredService<OnSaleCompleted>().Consume(batch, CancellationToken.None);
        }

        var day = (await shop.Read($"/api/reports/sales?from={Told.Day}&to={Told.Day}"))["items"]![0]!;
        Assert.Equal((1, 70425), ((long)day["sales"]!, (long)day["total"]!));
    }

    /// <summary>The consumer does not read what it keeps: the database does.</summary>
    [Theory]
    [InlineData("no JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"saleId":"5"}""")]
    public async Task What_is_no_sale_is_refused_with_its_whole_batch_and_nothing_is_written(string payload)
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var heard = await Count(shop, "inbox");
        await using var scope = cells.ServicesOf("history").CreateAsyncScope();
        var sale = Told.Envelope(shop, Told.Sale(store, till));
        var batch = Deliveries<SaleCompleted>.Of([sale, sale with { EventId = Told.NewId(), Payload = payload }]);
        await Assert.ThrowsAsync<PostgresException>(() => scope.ServiceProvider.GetRequiredService<OnSaleCompleted>().Consume(batch, CancellationToken.None));
        Assert.Equal((0, heard), (await Count(shop, "journal"), await Count(shop, "inbox")));
    }

    [Fact]
    public async Task A_batch_of_two_tenants_goes_to_each_its_own()
    {
        var (one, two) = (new Shop(cells), new Shop(cells));
        var (store, till) = await one.Open();
        var (otherStore, otherTill) = await two.Open();
        var (mine, theirs, mineToo) = (Told.Sale(store, till), Told.Sale(otherStore, otherTill), Told.Sale(store, till, "T0100000002"));
        await Told.HearTogether(cells, (one, mine), (two, theirs), (one, mineToo));

        Assert.Equal(2, (await one.Read("/api/transactions"))["items"]!.AsArray().Count);
        Assert.Single((await two.Read("/api/transactions"))["items"]!.AsArray());
        await one.Door().GetAsync($"/api/transactions/{theirs.SaleId}").IsProblem(404, "transaction_unknown");
        await two.Door().GetAsync($"/api/transactions/{mine.SaleId}").IsProblem(404, "transaction_unknown");
    }

    /// <summary>Every order in which a sale, a refund of it and another sale's void may come.</summary>
    public static TheoryData<int[]> Orders => [.. Permutations([0, 1, 2, 3])];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Whatever_order_they_are_heard_in_the_end_is_the_same(int[] order)
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var (kept, gone) = (Told.Sale(store, till), Told.Sale(store, till, "T0100000002", minute: 1));
        Func<Task>[] told = [() => shop.Hear(kept), () => shop.Hear(Told.Refund(kept)), () => shop.Hear(gone), () => shop.Hear(Told.Void(gone))];
        foreach (var at in order)
            await told[at]();

        var sale = await shop.Read($"/api/transactions/{kept.SaleId}");
        Assert.Equal(("completed", 9675L), ((string)sale["status"]!, (long)sale["refunded"]!));
        Assert.Equal(9675, (long)Assert.Single(sale["refunds"]!.AsArray())!["total"]!);
        var voided = await shop.Read($"/api/transactions/{gone.SaleId}");
        Assert.Equal(("voided", "wrong customer"), ((string)voided["status"]!, (string)voided["voided"]!["reason"]!));
        var day = Assert.Single((await shop.Read($"/api/reports/sales?from={Told.Day}&to={Told.Day}"))["items"]!.AsArray())!;
        Assert.Equal(
            (1L, 70425L, 68000L, 1425L, 1000L, 1L, 70425L, 1L, 9675L, 675L),
            ((long)day["sales"]!, (long)day["total"]!, (long)day["net"]!, (long)day["tax"]!, (long)day["fees"]!, (long)day["voids"]!, (long)day["voided"]!,
                (long)day["refunds"]!, (long)day["refundTotal"]!, (long)day["refundTax"]!));
        var sums = await shop.Sums();
        Assert.Equal(sums, await Rebuilt(shop));
    }

    [Fact]
    public async Task A_sale_its_void_and_its_events_again_all_at_once_end_as_in_order()
    {
        for (var round = 0; round < 10; round++)
        {
            var shop = new Shop(cells);
            var (store, till) = await shop.Open();
            var sale = Told.Sale(store, till);
            var back = Told.Void(sale);
            await Task.WhenAll(shop.Hear(sale), shop.Hear(back), shop.Hear(sale), shop.Hear(back));

            var day = Assert.Single((await shop.Read($"/api/reports/sales?from={Told.Day}&to={Told.Day}"))["items"]!.AsArray())!;
            Assert.Equal((0L, 0L, 1L), ((long)day["sales"]!, (long)day["total"]!, (long)day["voids"]!));
        }
    }

    [Fact]
    public async Task A_void_or_refund_without_its_sale_is_not_a_sale()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var (sale, other) = (Told.Sale(store, till), Told.Sale(store, till));
        await shop.Hear(Told.Void(sale));
        await shop.Hear(Told.Refund(other));

        Assert.Empty((await shop.Read("/api/transactions"))["items"]!.AsArray());
        await shop.Door().GetAsync($"/api/transactions/{sale.SaleId}").IsProblem(404, "transaction_unknown");
    }

    [Fact]
    public async Task The_journal_cannot_be_changed_by_its_Cell()
    {
        await using var app = NpgsqlDataSource.Create(cells.ConnectionOf("history_app"));
        foreach (var table in new[] { "journal", "audit", "sale_product" })
        {
            await using var delete = app.CreateCommand($"DELETE FROM history.{table}");
            var refused = await Assert.ThrowsAsync<PostgresException>(() => delete.ExecuteNonQueryAsync());
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [Fact]
    public async Task Shifts_are_journaled_once()
    {
        var shop = new Shop(cells);
        var (store, till) = await shop.Open();
        var opened = new ShiftOpened(Told.NewId(), store, till, Told.NewId(), Told.Day, Told.At(0), "NGN", 10000);
        var closed = Told.Close(store, till, variance: 0);
        await Task.WhenAll(shop.Hear(opened), shop.Hear(opened), shop.Hear(closed), shop.Hear(closed));

        Assert.Equal(2, await Count(shop, "journal"));
    }

    private async Task<string> Rebuilt(Shop shop)
    {
        await using var connection = await cells.Ops.OpenConnectionAsync();
        await WebWaka.History.Rollups.DailySums.Rebuild(connection, shop.Tenant, CancellationToken.None);
        return await shop.Sums();
    }

    private async Task<long> Count(Shop shop, string table)
    {
        await using var command = cells.Ops.CreateCommand($"SELECT count(*) FROM history.{table} WHERE tenant_id = $1");
        command.Parameters.Add(new NpgsqlParameter { Value = shop.Tenant });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
