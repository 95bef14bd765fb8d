using WebWaka.Payments;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Paystack;

namespace WebWaka.Cells.Tests.Payments;

[Collection(PaystackCollection.Name)]
public sealed class SweepTests(CellsFixture cells)
{
    [Fact]
    public async Task P17_A_payment_whose_event_never_came_is_settled_by_the_sweep_and_a_late_event_changes_nothing()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, ticket, _) = await shop.Sell();
        var payment = await shop.Ask(ticket).Is(201);
        await shop.Webhooks("drop");
        await shop.Settle(payment);
        await shop.Webhooks("deliver");

        await shop.SweepNow(TimeSpan.Zero);
        Assert.Equal("initiated", (string?)(await shop.Payment(payment))["status"]);
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);

        await shop.SaleBecomes(sale, "completed");
        await shop.Switch(HttpMethod.Post, "webhooks/resend", new { reference = (string)payment["reference"]!, times = 3 });
        await PayingShop.Eventually(async () => await shop.Count("payments.webhook_event WHERE reference = $1 AND state = 'done'", (string)payment["reference"]!) == 1, "the event came");
        Assert.Equal(1, await shop.Count(
            "payments.ledger_entry WHERE tenant_id = $1 AND source_kind = 'payment' AND account = 'paystack_clearing'", shop.Tenant));
        Assert.Equal(0, await shop.Count("payments.payment_reference WHERE tenant_id = $1 AND check_at IS NOT NULL", shop.Tenant));
    }

    [Fact]
    public async Task P13_A_payment_ends_at_its_expiry_and_money_that_comes_later_still_counts()
    {
        var shop = await PayingShop.Open(cells);
        var (sale, _, amount) = await shop.Sell();
        var payment = await shop.Ask(shop.Ticket(sale, amount, life: TimeSpan.FromSeconds(2))).Is(201);
        await Task.Delay(TimeSpan.FromSeconds(2.2));
        await shop.SweepNow(TimeSpan.FromMinutes(1));
        Assert.Equal("abandoned", (string?)(await shop.Payment(payment))["status"]);
        await shop.Selling.Cashier.Post($"/api/sales/{sale}/void", new { reason = "the customer has gone" }, "void").Is(200);

        await shop.Webhooks("drop");
        await shop.Settle(payment);
        await shop.Webhooks("deliver");
        await shop.SweepNow(TimeSpan.FromHours(2));

        Assert.Equal("settled", (string?)(await shop.Payment(payment))["status"]);
        await PayingShop.Eventually(
            async () => await shop.Count("transaction.late_payment WHERE tenant_id = $1", shop.Tenant) == 1, "the late money is kept for a person");
        Assert.Equal("voided", await shop.SaleStatus(sale));
    }

    [Theory]
    [InlineData(89, false)]
    [InlineData(90, true)]
    public void What_Paystack_does_not_know_has_failed_once_no_call_can_be_under_way(int seconds, bool failed)
    {
        var now = TimeProvider.System.GetUtcNow();
        var payment = new PaymentRow
        {
            Currency = "NGN", Amount = 100, Reference = "r", State = PaymentStates.Initiated, Channel = Channels.Ussd,
            CreatedAt = now - TimeSpan.FromSeconds(seconds), ExpiresAt = now + TimeSpan.FromHours(1),
        };
        var unknown = new PaystackOutcome<PaystackTransaction>.Refused(new PaystackError(404, "Transaction reference not found.", "transaction_not_found"));

        Assert.Equal(failed ? PaymentStates.Failed : null, Judging.Of(payment, unknown, now, new PaymentsOptions())?.State);
        Assert.Null(Judging.Of(payment, new PaystackOutcome<PaystackTransaction>.NotDone("away"), now, new PaymentsOptions()));
        Assert.Null(Judging.Of(
            payment, new PaystackOutcome<PaystackTransaction>.Refused(new PaystackError(401, "Invalid key", "invalid_Key")), now, new PaymentsOptions()));
    }

    [Theory]
    [InlineData("success", "settled")]
    [InlineData("reversed", "needsReview")]
    [InlineData("reversal-pending", "needsReview")]
    [InlineData("failed", "failed")]
    [InlineData("ongoing", "abandoned")]
    [InlineData("something new", "abandoned")]
    public void At_its_end_a_payment_is_what_Paystack_says(string status, string state)
    {
        var now = TimeProvider.System.GetUtcNow();
        var payment = new PaymentRow { Currency = "XOF", Amount = 100, Reference = "r", State = PaymentStates.Unknown, Channel = Channels.MobileMoney, CreatedAt = now, ExpiresAt = now };
        var transaction = new PaystackTransaction { Id = 1, Reference = "r", Status = status, Amount = PaystackAmount.Reported(10_000, "XOF") };

        Assert.Equal(state, Judging.Of(payment, new PaystackOutcome<PaystackTransaction>.Done(transaction), now, new PaymentsOptions())?.State);
    }

    [Fact]
    public void Where_the_customer_bears_the_fee_the_price_is_compared()
    {
        var now = TimeProvider.System.GetUtcNow();
        var payment = new PaymentRow { Currency = "NGN", Amount = 30_050, Reference = "r", State = PaymentStates.Initiated, Channel = Channels.Checkout, CreatedAt = now, ExpiresAt = now };
        var paid = new PaystackOutcome<PaystackTransaction>.Done(
            new PaystackTransaction { Id = 1, Reference = "r", Status = "success", Amount = PaystackAmount.Reported(40_333, "NGN"), RequestedSubunits = 30_050, FeeSubunits = 10_283 });

        Assert.Equal("needsReview", Judging.Of(payment, paid, now, new PaymentsOptions())?.State);
        Assert.Equal("settled", Judging.Of(payment, paid, now, new PaymentsOptions { CustomerPaysFees = true })?.State);
        payment.State = PaymentStates.Settled;
        var lines = Journals.OfPayment(payment, paid.Data, now).ToDictionary(line => line.Account, line => line.Amount, StringComparer.Ordinal);
        Assert.Equal(new Dictionary<string, long>(StringComparer.Ordinal) { ["paystack_balance"] = 30_050, ["paystack_clearing"] = -30_050 }, lines);
    }
}
