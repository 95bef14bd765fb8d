using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Core;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Consumers;

/// <summary>Money was given back: booked, and where it was to go by Paystack, asked of Paystack.</summary>
internal sealed class OnRefundCompleted(PaymentsDb db, PaymentDirectory directory) : IConsume<RefundCompleted>
{
    public async Task Consume(Deliveries<RefundCompleted> batch, CancellationToken ct)
    {
        await db.ConsumeOnce(nameof(OnRefundCompleted), batch, async fresh =>
        {
            foreach (var delivery in fresh)
                await Book(delivery.TenantId, delivery.Event, ct);
        }, ct);
        directory.Poke();
    }

    private async Task Book(Guid tenant, RefundCompleted e, CancellationToken ct)
    {
        if (await db.LedgerEntries.AnyAsync(row => row.SourceKind == Sources.Refund && row.SourceId == e.RefundId, ct))
            return;
        db.AddRange(Journals.OfRefund(e, db.Now));
        await RefundRequests.Add(db, tenant, Sources.Refund, e.RefundId, e.SaleId, e.Currency, e.Tenders, ct);
        await db.SaveChangesAsync(ct);
    }
}
