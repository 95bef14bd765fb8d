using Microsoft.EntityFrameworkCore;
using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.History.Audit;
using WebWaka.History.Journal;
using WebWaka.History.Rollups;

namespace WebWaka.History.Consumers;

/// <summary>Journals a refund, adds it to its sale and to the daily sums, and puts it on the audit chain.</summary>
internal sealed class OnRefundCompleted(HistoryDb db) : IConsume<RefundCompleted>
{
    public Task Consume(Deliveries<RefundCompleted> batch, CancellationToken ct) =>
        db.ConsumeOnce(nameof(OnRefundCompleted), batch, async fresh =>
        {
            await db.Hold(fresh[0].TenantId, ct);
            foreach (var delivery in fresh)
                await Refund(delivery, ct);
        }, ct);

    private async Task Refund(Delivery<RefundCompleted> delivery, CancellationToken ct)
    {
        var (tenant, e) = (delivery.TenantId, delivery.Event);
        var isNew = await db.Record(tenant, new JournalRow
        {
            Kind = Kinds.Refund, ThingId = e.RefundId, SaleId = e.SaleId, StoreId = e.StoreId,
            TillId = e.TillId, ShiftId = e.ShiftId, By = e.RefundedBy, Number = e.Number,
            BusinessDate = Journaling.Day(e.BusinessDate), At = e.CompletedAt, Currency = e.Currency, Total = e.Total, Document = delivery.Payload,
        }, ct);
        if (!isNew)
            return;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO sale (tenant_id, id, state, store_id, till_id, shift_id, cashier_id, business_date, at, currency, total, refunded)
            VALUES ({tenant}, {e.SaleId}, 'completed', {e.StoreId}, {e.TillId}, {e.ShiftId}, {e.RefundedBy}, {Journaling.Day(e.BusinessDate)}, {e.CompletedAt.ToUniversalTime()}, {e.Currency}, 0, {e.Total})
            ON CONFLICT (tenant_id, id) DO UPDATE SET refunded = sale.refunded + EXCLUDED.refunded
            """, ct);
        await db.Database.ExecuteSqlRawAsync(AddRefund, [tenant, e.RefundId], ct);
        await db.Append(tenant, new AuditEntry(
            "sale.refunded", e.RefundedBy, e.CompletedAt, e.StoreId, e.TillId, e.RefundId, e.Number, e.Currency, e.Total, e.Reason), ct);
    }

    private const string AddRefund = $$"""
        WITH effect AS (
            SELECT tenant_id, document, 0 AS sold, 0 AS voided, 1 AS refunded FROM journal
            WHERE tenant_id = {0} AND kind = 'refund' AND thing_id = {1}),
        {{Daily.Add}}
        """;
}
