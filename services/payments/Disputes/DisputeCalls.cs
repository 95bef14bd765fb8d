using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Payments.Core;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Disputes;

/// <summary>
/// Brings a payment's disputes to where Paystack says they are. An event only says which one to look at, so reminders, repeats and
/// events out of order change nothing; a resolved one is booked once and never opened again.
/// </summary>
internal sealed class DisputeCalls(PaymentsDb db, PaystackClient paystack)
{
    private static readonly TimeSpan Seldom = TimeSpan.FromHours(1);

    /// <summary>An event named this dispute of the payment.</summary>
    /// <returns>False when Paystack could not be asked.</returns>
    public async Task<bool> Look(Guid tenant, Guid payment, ulong dispute, PaystackKey key, CancellationToken ct)
    {
        var answer = await paystack.GetDispute(key, dispute, ct);
        if (answer is not PaystackOutcome<PaystackDispute>.Done { Data: var found })
            return answer is PaystackOutcome<PaystackDispute>.Refused;
        await db.InTenant(tenant, () => Save(tenant, payment, found, ct), ct);
        return true;
    }

    /// <summary>Those that are open, whose event may not have come.</summary>
    public async Task Advance(Guid tenant, Guid payment, PaystackKey key, CancellationToken ct)
    {
        var due = await db.InTenant(tenant, () => db.Disputes
            .Where(row => row.PaymentId == payment && row.Resolution == null && row.NextAt <= db.Now).Select(row => row.PaystackId).ToListAsync(ct), ct);
        foreach (var dispute in due)
            await Look(tenant, payment, dispute, key, ct);
    }

    public static Task<DateTimeOffset?> NextCheck(PaymentsDb db, Guid payment, DateTimeOffset now, CancellationToken ct) =>
        db.Disputes.Where(row => row.PaymentId == payment && row.Resolution == null).MinAsync(row => (DateTimeOffset?)row.NextAt, ct);

    private async Task<bool> Save(Guid tenant, Guid paymentId, PaystackDispute found, CancellationToken ct)
    {
        // The payment's lock: a refund is counted against the same money.
        var payment = await db.LockPayment(tenant, paymentId, ct);
        var row = await db.Disputes.SingleOrDefaultAsync(dispute => dispute.PaystackId == found.Id, ct);
        if (row is null)
            db.Add(row = new DisputeRow
            {
                Id = db.NewId(), PaystackId = found.Id, PaymentId = paymentId, SaleId = payment.SaleId, Currency = found.Amount.Currency,
                Status = found.Status, OpenedAt = db.Now,
            });
        else if (!row.IsOpen)
            return false;
        (row.Status, row.Resolution, row.DueAt) = (found.Status, found.Status is "resolved" ? found.Resolution ?? "declined" : null, found.DueAt);
        (row.Amount, row.ResolvedAt, row.NextAt) = (found.Amount.ToMinorRounded(), found.ResolvedAt, Next(found.DueAt));
        if (!row.IsLost)
            return true;
        db.AddRange(Journals.OfDispute(row, payment.SaleId, db.Now));
        await RefundRequests.OweLess(db, payment, ct);
        return true;
    }

    /// <summary>Hourly, and a moment after the deadline.</summary>
    private DateTimeOffset Next(DateTimeOffset? due) => due is { } at && at > db.Now && at < db.Now + Seldom ? at + TimeSpan.FromSeconds(5) : db.Now + Seldom;
}
