using WebWaka.CellKit;
using WebWaka.Contracts.Promotions;
using WebWaka.Transaction.Copies;

namespace WebWaka.Transaction.Consumers;

internal sealed class OnCouponChanged(TransactionDb db, Books books) : IConsume<CouponChanged>
{
    public Task Consume(Deliveries<CouponChanged> batch, CancellationToken ct) =>
        db.Copies(books, nameof(OnCouponChanged), batch, async delivery =>
        {
            var e = delivery.Event;
            var row = await db.Coupons.FindAsync([delivery.TenantId, e.Code], ct);
            if (row is null)
                db.Add(row = new CouponRow { TenantId = delivery.TenantId, Code = e.Code });
            else if (row.Version >= e.Version)
                return false;
            (row.Version, row.PromotionId, row.UseLimit, row.ValidFrom, row.ValidTo, row.Archived) =
                (e.Version, e.PromotionId, e.UseLimit, e.ValidFrom, e.ValidTo, e.Archived);
            return true;
        }, ct);
}
