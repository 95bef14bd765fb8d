using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Audit;
using WebWaka.History.Journal;
using WebWaka.History.Rollups;

namespace WebWaka.History.Consumers;

/// <summary>Journals a void, takes its sale out of the daily sums again, and puts it on the audit chain.</summary>
internal sealed class OnSaleVoided(HistoryDb db) : IConsume<SaleVoided>
{
    public Task Consume(Deliveries<SaleVoided> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnSaleVoided), batch, async fresh =>
        {
            await db.Hold(fresh[0].TenantId, ct);
            foreach (var delivery in fresh)
                await Void(delivery, ct);
        }, ct);

    private async Task Void(Delivery<SaleVoided> delivery, CancellationToken ct)
    {
        var (tenant, e) = (delivery.TenantId, delivery.Event);
        var isNew = await db.Record(tenant, new JournalRow
        {
            Kind = Kinds.Void, ThingId = e.SaleId, SaleId = e.SaleId, StoreId = e.StoreId,
            TillId = e.TillId, ShiftId = e.ShiftId, By = e.VoidedBy, Number = e.Number,
            BusinessDate = Journaling.Day(e.BusinessDate), At = e.VoidedAt, Currency = e.Currency, Total = e.Total, Document = delivery.Payload,
        }, ct);
        if (!isNew)
            return;
        // Marks the sale, which locks its row: from here on the sale has either been heard or comes after us and finds the mark.
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sale (tenant_id, id, state, store_id, till_id, shift_id, cashier_id, business_date, at, currency, total, refunded)
            VALUES ({tenant}, {e.SaleId}, 'voided', {e.StoreId}, {e.TillId}, {e.ShiftId}, {e.VoidedBy}, {Journaling.Day(e.BusinessDate)}, {e.VoidedAt.ToUniversalTime()}, {e.Currency}, {e.Total}, 0)
            ON CONFLICT (tenant_id, id) DO UPDATE SET state = 'voided'
            """, ct);
        await db.Database.ExecuteSqlRawAsync(TakeOut, [tenant, e.SaleId], ct);
        await db.Append(tenant, new AuditEntry(
            "sale.voided", e.VoidedBy, e.VoidedAt, e.StoreId, e.TillId, e.SaleId, e.Number, e.Currency, e.Total, e.Reason), ct);
    }

    /// <summary>Nothing where the sale has not been heard yet: it will be a void from the start.</summary>
    private const string TakeOut = $$"""
        WITH effect AS (
            SELECT tenant_id, document, -1 AS sold, 1 AS voided, 0 AS refunded FROM journal
            WHERE tenant_id = {0} AND kind = 'sale' AND thing_id = {1}),
        {{Daily.Add}}
        """;
}
