using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Transaction;
using WebWaka.Promotions.Consumers;
using WebWaka.Promotions.Coupons;
using WebWaka.Promotions.Loyalty;
using WebWaka.Promotions.Promotions;
using WebWaka.Promotions.Redemptions;
using WebWaka.Promotions.Simulations;

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
            cell.Consume<CustomerChanged, OnCustomerChanged>();
            cell.Consume<ProductChanged, OnProductChanged>();
            cell.Consume<StoreChanged, OnStoreChanged>();
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
        });
    }

    public static void MapPromotionsCell(this WebApplication app)
    {
        var api = app.MapCell().RefuseCardNumbers();
        CreatePromotion.Map(api);
        ListPromotions.Map(api);
        GetPromotion.Map(api);
        ChangePromotion.Map(api);
        ArchivePromotion.Map(api);
        GetPromotionUsage.Map(api);
        CheckPromotion.Map(api);
        GetCalendar.Map(api);
        GetPromotionSchema.Map(api);
        EvaluatePromotions.Map(api);
        SimulatePromotion.Map(api);
        ChangeLoyalty.Map(api);
        IssueCoupons.Map(api);
        ListCoupons.Map(api);
        ExportCoupons.Map(api);
        ArchiveCoupon.Map(api);
    }
}
