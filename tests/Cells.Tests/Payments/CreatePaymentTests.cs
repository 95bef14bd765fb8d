using WebWaka.Cells.Tests.Transaction;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class CreatePaymentTests(CellsFixture cells)
{
    [Fact]
    public async Task A_customer_pays_on_the_page_and_the_sale_completes()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, amount) = await shop.Sell();

        var payment = await shop.Ask(ticket).Is(201);
        Assert.Equal("initiated", (string?)payment["status"]);
        await PayingShop.PayOnPage(payment);

        await shop.SaleBecomes(sale, "completed");
        var settled = await shop.Payment(payment);
        Assert.Equal("settled", (string?)settled["status"]);
        Assert.Equal(amount, (long)settled["amount"]!);
        Assert.NotNull(settled["settledAt"]);
        // 13,437.50 by page: Paystack keeps 1.5 % and 100.00.
        Assert.Equal(1_343_750, amount);
        await PayingShop.Eventually(async () => (await shop.Balances()).GetValueOrDefault("paystack_clearing", -1) == 0, "the sale is booked and what Paystack took is cleared");
        var accounts = await shop.Balances();
        Assert.Equal(1_343_750 - 30_157, accounts["paystack_balance"]);
        Assert.Equal(30_157, accounts["paystack_fees"]);
        Assert.Equal(-1_250_000, accounts["sales"]);
        Assert.Equal(-93_750, accounts["tax_payable"]);
    }
}
