using WebWaka.CellKit;
using WebWaka.Contracts.Promotions;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnPromotionChanged(TransactionDb db, Books books) : IConsume<PromotionChanged>
{
    public Task Consume(Deliveries<PromotionChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnPromotionChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Promotions.FindAsync([delivery.TenantId, e.PromotionId], ct);
            if (row is null)
                db.Add(row = new PromotionRow { TenantId = delivery.TenantId, Id = e.PromotionId, Document = e.Document });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.Document, row.TotalLimit, row.Archived) = (e.Version, e.Document, e.TotalLimit, e.Archived);
            return true;
        }, ct);
}
