using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Refunds;

namespace WebWaka.Payments.Consumers;

/// <summary>A sale was taken back: its journal is turned round, and what Paystack collected for it goes back to the customer.</summary>
internal sealed class OnSaleVoided(PaymentsDb db, PaymentDirectory directory) : IConsume<SaleVoided>
{
    public async Task Consume(Deliveries<SaleVoided> batch, CancellationToken ct)
    {
        await db.ConsumeOnce(nameof(OnSaleVoided), batch, async fresh =>
        {
            await SaleLock.Alone(db, fresh[0].TenantId, ct);
            foreach (var delivery in fresh)
                await Book(delivery.TenantId, delivery.Event, ct);
        }, ct);
        directory.Poke();
    }

    private async Task Book(Guid tenant, SaleVoided e, CancellationToken ct)
    {
        if (await db.LedgerVoids.AnyAsync(row => row.SaleId == e.SaleId, ct))
            return;
        db.Add(new LedgerVoidRow { SaleId = e.SaleId, At = e.VoidedAt.ToUniversalTime() });
        // None yet: the sale's own booking finds the void and does this.
        var booked = await db.LedgerEntries.AsNoTracking().Where(row => row.SourceKind == Sources.Sale && row.SourceId == e.SaleId).ToListAsync(ct);
        db.AddRange(booked.ConvertAll(row => new LedgerEntryRow
        {
            SourceKind = Sources.Void, SourceId = e.SaleId, Account = row.Account, Amount = -row.Amount, Currency = row.Currency, SaleId = e.SaleId,
            At = e.VoidedAt.ToUniversalTime(), BookedAt = db.Now,
        }));
        await RefundRequests.Add(db, tenant, Sources.Void, e.SaleId, e.SaleId, e.Currency, e.Tenders, ct);
        await db.SaveChangesAsync(ct);
    }
}
