using WebWaka.CellKit;

namespace WebWaka.Cells.Tests.Transaction;

/// <summary>No card's number is kept, wherever somebody types it.</summary>
public sealed class CardNumberTests(CellsFixture cells)
{
    private const string Card = "4111 1111 1111 1111";

    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("4111 1111 1111 1111", true)]
    [InlineData("card 5399-8383-8383-8381 ok", true)]
    [InlineData("378282246310005", true)]
    [InlineData("4222222222222", true)]
    [InlineData("5060666666666666666", true)]
    [InlineData("ref 12, then 4111111111111111.", true)]
    [InlineData("12 4111111111111111", true)]
    [InlineData("4111 1111 1111 1111 12/30 123", true)]
    [InlineData("till 0421-4111-1111-1111-1111", true)]
    [InlineData("40000000-0000-4000-0021-000000000000", false)]
    [InlineData("id:40000000-0000-4002-8000-000000000001", false)]
    [InlineData("01a3f4111111111111111bcde0000000", false)]
    [InlineData("01a3f 4111111111111111 bcde0000000", true)]
    [InlineData("4111111111111112", false)]
    [InlineData("004211", false)]
    [InlineData("RRN 123456789012", false)]
    [InlineData("100004250101120000123456789012", false)]
    [InlineData("6151234567890", false)]
    [InlineData("0803 123 4567", false)]
    [InlineData("4111 1111 1111", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_cards_number_is_told_from_other_digits(string? text, bool card) => Assert.Equal(card, CardNumbers.In(text));

    [Theory]
    [InlineData("paid by 4111 1111 1111 1111 12/30 and 12 4111111111111111", "paid by **** **** **** **** 12/30 and 12 ****************")]
    [InlineData("paid by nobody", "paid by nobody")]
    public void Others_words_are_kept_without_it(string said, string kept) => Assert.Equal(kept, CardNumbers.Struck(said));

    [Fact]
    public async Task A_sale_with_a_cards_number_in_it_is_refused_and_nothing_is_written()
    {
        var shop = await SellingShop.Open(cells);
        var lines = new[] { new { productId = shop.Rice, quantity = "1" } };
        var total = (long)(await shop.Quote(lines))["total"]!;
        var named = new[] { new { name = Card, unitPrice = "100", quantity = "1" } };
        var discounted = new[] { new { productId = shop.Rice, quantity = "1", discount = new { reason = Card, percent = "1" } } };
        await Refused(lines, reference: Card);
        await Refused(lines, note: $"paid with {Card}");
        await Refused(named);
        await Refused(discounted);
        await Refused(lines, discount: new { reason = Card, percent = "1" });

        async Task Refused(object cart, string reference = "POS-1", string? note = null, object? discount = null)
        {
            var id = SellingShop.NewId();
            await shop.Cashier.Post("/api/sales", new
            {
                id, storeId = shop.Store, tillId = shop.Till, shiftId = shop.Shift, lines = cart, discount, note, expectedTotal = total,
                tenders = new[] { new { method = "card", amount = total, reference } },
            }, id.ToString()).IsProblem(400, "card_number_refused");
            await shop.Cashier.GetAsync($"/api/sales/{id}").IsProblem(404, "sale_unknown");
        }
    }

    [Fact]
    public async Task A_reason_with_a_cards_number_in_it_is_refused()
    {
        var shop = await SellingShop.Open(cells);
        var (body, id) = await shop.Cart();
        await shop.Cashier.Post("/api/sales", body, id.ToString()).Is(201);

        await shop.Cashier.Post($"/api/sales/{id}/void", new { reason = Card }, "v").IsProblem(400, "card_number_refused");
        await shop.Cashier.Post("/api/refunds", new { saleId = id, reason = Card }, "r").IsProblem(400, "card_number_refused");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/cash", new { kind = "paidOut", amount = 100, reason = Card }, "c")
            .IsProblem(400, "card_number_refused");
        await shop.Cashier.Post($"/api/shifts/{shop.Shift}/close", new { counted = 0, reason = Card }).IsProblem(400, "card_number_refused");
    }
}
