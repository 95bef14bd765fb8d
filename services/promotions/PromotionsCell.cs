using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Consumers;
using WebWaka.Promotions.Coupons;
using WebWaka.Promotions.Promotions;
using WebWaka.Promotions.Redemptions;

namespace WebWaka.Promotions;

/// <summary>The table of contents: every event that comes in, and every route.</summary>
public static class PromotionsCell
{
    public const string Name = Wiring.Promotions;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new PromotionsDb(ModelOptions.ForOwner<PromotionsDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal) { "redemption" },
        Shared: new HashSet<string>(StringComparer.Ordinal)) { Retell = Retold.Events };

    public static void AddPromotionsCell(this IHostApplicationBuilder builder)
    {
        builder.AddCell<PromotionsDb>(Name, cell =>
        {
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
        });
    }

    public static void MapPromotionsCell(this WebApplication app)
    {
        var api = app.MapCell();
        CreatePromotion.Map(api);
        ListPromotions.Map(api);
        GetPromotion.Map(api);
        ChangePromotion.Map(api);
        ArchivePromotion.Map(api);
        GetPromotionUsage.Map(api);
        EvaluatePromotions.Map(api);
        IssueCoupons.Map(api);
        ListCoupons.Map(api);
        ArchiveCoupon.Map(api);
    }
}
