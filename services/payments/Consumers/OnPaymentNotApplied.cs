using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Consumers;

/// <summary>Money came that no sale took: it is set aside for its payer, and goes back by a person's word or by itself.</summary>
internal sealed class OnPaymentNotApplied(PaymentsDb db, PaymentDirectory directory, PaymentsOptions options) : IConsume<PaymentNotApplied>
{
    public async Task Consume(Deliveries<PaymentNotApplied> batch, CancellationToken ct)
    {
        await db.ConsumeOnce(nameof(OnPaymentNotApplied), batch, async fresh =>
        {
            foreach (var delivery in fresh)
                await SetAside(delivery.TenantId, delivery.Event, ct);
        }, ct);
        directory.Poke();
    }

    private async Task SetAside(Guid tenant, PaymentNotApplied e, CancellationToken ct)
    {
        // An event of a payment that is not ours has nothing to set aside.
        if (!await db.Payments.AnyAsync(row => row.Id == e.PaymentId, ct))
            return;
        var payment = await db.LockPayment(tenant, e.PaymentId, ct);
        if (payment is not { State: PaymentStates.Settled, NotApplied: null })
            return;
        payment.NotApplied = e.Reason;
        db.AddRange(Journals.OfNotApplied(payment, db.Now));
        await RefundRequests.OweLess(db, payment, ct);
        if (options.ReturnNotApplied)
            await RefundRequests.Return(db, payment, e.Reason, ct);
        await db.SaveChangesAsync(ct);
    }
}
