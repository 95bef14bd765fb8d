namespace WebWaka.Cells.Tests.Transaction;

public sealed class ShiftTests(CellsFixture cells)
{
    [Fact]
    public async Task A_close_counts_what_the_drawer_should_hold_and_takes_the_next_z_number()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        var sale = await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidIn", amount = 5_000, reason = "coins" }, "c-1").Is(201);
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "drop", amount = 20_000, reason = "safe" }, "c-2").Is(201);
        var expected = 100_000 + (long)sale["total"]! - 100_000 + 5_000 - 20_000;

        var z = await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = expected - 50, reason = "short" }).Is(200);

        Assert.Equal((1, expected, -50L), ((int)z["zNumber"]!, (long)z["expectedCash"]!, (long)z["variance"]!));
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 0 }).IsProblem(409, "shift_not_open");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidIn", amount = 1, reason = "late" }, "c-3").IsProblem(409, "shift_not_open");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = expected - 50, reason = "other" }).IsProblem(409, "shift_not_open");
        var next = await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 0 }).Is(201);
        Assert.Equal(2, (int)(await shop.Cashier.Post($"/api/shifts/{next["id"]}/close", new { counted = 0 }).Is(200))["zNumber"]!);
    }

    [Fact]
    public async Task A_close_sent_again_is_answered_with_the_same_z_report()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);
        var close = new { counted = 90_000, reason = "short" };

        // Whose answer is lost sends again, and may do so while the first is still being saved.
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", close).Is(200)));
        await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 0 }).Is(201);
        var late = await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", close).Is(200);

        Assert.All(answers, answer => Assert.Equal(late.ToJsonString(), answer.ToJsonString()));
        Assert.Equal((1, 1), ((int)late["zNumber"]!, (int)late["sales"]!));
    }

    [Fact]
    public async Task An_open_sent_again_is_answered_with_the_shift_as_it_stands_and_another_float_is_refused()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);

        var again = await shop.Cashier.Post("/api/shifts", new { id = shop.Shift, tillId = shop.Till, @float = 100_000 }).Is(201);

        Assert.Equal((1, 100_000L), ((int)again["sales"]!, (long)again["float"]!));
        await shop.Cashier.Post("/api/shifts", new { id = shop.Shift, tillId = shop.Till, @float = 1 }).IsProblem(409, "already_exists");
    }

    [Fact]
    public async Task A_cashier_drops_cash_into_the_safe_and_pays_none_out()
    {
        var shop = await SellingShop.Open(cells);
        var cashier = shop.Shop.Client("transaction", "cashier");
        await cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "drop", amount = 10_000, reason = "safe" }, "o-1").Is(201);
        await cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidOut", amount = 10_000, reason = "taxi" }, "o-2").IsProblem(403, "forbidden");

        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidOut", amount = 10_000, reason = "taxi" }, "o-3").Is(201);

        var shift = await shop.Cashier.GetAsync($"/api/shifts/current?tillId={shop.Till}").Is(200);
        Assert.Equal(100_000L - 20_000, (long)shift["expectedCash"]!);
    }

    [Fact]
    public async Task A_till_has_one_open_shift_however_many_are_opened_at_once()
    {
        var shop = await SellingShop.Open(cells);
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 100_000 }).Is(200);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            (int)(await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = 0 })).StatusCode));

        Assert.Equal((1, 9), (statuses.Count(status => status == 201), statuses.Count(status => status == 409)));
    }

    [Fact]
    public async Task Sales_that_race_a_close_are_in_its_totals_or_refused()
    {
        var shop = await SellingShop.Open(cells);
        var carts = new List<(object Body, Guid Id)>();
        for (var i = 0; i < 30; i++)
            carts.Add(await shop.Cart());

        var selling = carts.Select(async cart => (int)(await shop.Cashier.Post("/api/sales", cart.Body, cart.Id.ToString())).StatusCode).ToList();
        var z = await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 0 }).Is(200);
        var sold = (await Task.WhenAll(selling)).Count(status => status == 201);

        Assert.Equal(sold, (int)z["sales"]!);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_000_000_001)]
    public async Task An_absurd_float_is_refused(long amount)
    {
        var shop = await SellingShop.Open(cells);
        await shop.Cashier.Post("/api/shifts", new { tillId = shop.Till, @float = amount }).IsProblem(400, "invalid_request");
        await shop.Cashier.Post("/api/shifts", new { tillId = SellingShop.NewId(), @float = 0 }).IsProblem(404, "till_unknown");
    }
}
