using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Payments;
using WebWaka.Transaction.Sales;

namespace WebWaka.Transaction.Consumers;

/// <summary>Money has come for a tender. Where its sale is not known yet it is parked: the sweep (LapseSales) brings it there.</summary>
internal sealed class OnPaymentSettled(TransactionDb db) : IConsume<PaymentSettled>
{
    public Task Consume(Deliveries<PaymentSettled> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnPaymentSettled), batch, async fresh =>
        {
            foreach (var delivery in fresh)
            {
                if (!await SettlePayment.Apply(db, delivery.TenantId, delivery.Event, ct))
                    await Park(delivery.Event, ct);
            }
        }, ct);

    private async Task Park(PaymentSettled e, CancellationToken ct)
    {
        if (await db.ParkedPayments.AnyAsync(row => row.PaymentId == e.PaymentId, ct)
            || await db.LatePayments.AnyAsync(row => row.PaymentId == e.PaymentId, ct))
            return;
        db.Add(new ParkedPaymentRow { PaymentId = e.PaymentId, SaleId = e.SaleId, Document = JsonSerializer.Serialize(e, Json.Options), ParkedAt = db.Now });
        await db.SaveChangesAsync(ct);
    }
}
