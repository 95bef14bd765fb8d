using WebWaka.CellKit;
using WebWaka.Contracts.Identity;
using WebWaka.Contracts.Inventory;
using WebWaka.Contracts.Payments;
using WebWaka.Contracts.Promotions;
using WebWaka.Contracts.Tax;
using WebWaka.Transaction.Consumers;
using WebWaka.Transaction.Copies;
using WebWaka.Transaction.Leases;
using WebWaka.Transaction.Loyalty;
using WebWaka.Transaction.Quotes;
using WebWaka.Transaction.Refunds;
using WebWaka.Transaction.Sales;
using WebWaka.Transaction.Shifts;
using WebWaka.Transaction.Taxes;

namespace WebWaka.Transaction;

/// <summary>The table of contents: every event that comes in, every route, and what works behind them.</summary>
public static class TransactionCell
{
    public const string Name = Wiring.Transaction;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new TransactionDb(ModelOptions.ForOwner<TransactionDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal)
        {
            "sale_void", "refund", "cash_movement", "late_payment", "loyalty_entry", "claim_exception",
        },
        Shared: new HashSet<string>(StringComparer.Ordinal) { "sweep_turn" },
        Functions: SaleBatch.Function) { Retell = Retold.Events };

    public static void AddTransactionCell(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(builder.Configuration.GetSection(TransactionOptions.Section).Get<TransactionOptions>() ?? new TransactionOptions());
        services.AddSingleton<Books>();
        services.AddSingleton(new PaymentTickets(builder.Configuration));
        services.AddSingleton<SaleBatches>();
        services.AddSingleton<LapseSales>();
        services.AddHostedService(provider => provider.GetRequiredService<LapseSales>());
        builder.AddCell<TransactionDb>(Name, cell =>
        {
            cell.Consume<TenantSettingsChanged, OnTenantSettingsChanged>();
            cell.Consume<StoreChanged, OnStoreChanged>();
            cell.Consume<TillChanged, OnTillChanged>();
            cell.Consume<CustomerChanged, OnCustomerChanged>();
            cell.Consume<ProductChanged, OnProductChanged>();
            cell.Consume<TaxRulesChanged, OnTaxRulesChanged>();
            cell.Consume<PromotionChanged, OnPromotionChanged>();
            cell.Consume<CouponChanged, OnCouponChanged>();
            cell.Consume<LoyaltyProgrammeChanged, OnLoyaltyProgrammeChanged>();
            cell.Consume<PaymentSettled, OnPaymentSettled>();
        });
    }

    public static void MapTransactionCell(this WebApplication app)
    {
        var api = app.MapCell();
        CreateQuote.Map(api.MapGroup("/quotes"));

        var sales = api.MapGroup("/sales");
        CompleteSale.Map(sales);
        GetSale.Map(sales);
        VoidSale.Map(sales);
        ListLatePayments.Map(sales);

        RefundSale.Map(api);
        ExplainSale.Map(api);

        var loyalty = api.MapGroup("/loyalty");
        GetLoyalty.Map(loyalty);

        var leases = api.MapGroup("/leases");
        TakeLease.Map(leases);
        ReturnLease.Map(leases);
        ListLeases.Map(leases);

        var shifts = api.MapGroup("/shifts");
        OpenShift.Map(shifts);
        GetShift.Map(shifts);
        MoveCash.Map(shifts);
        CloseShift.Map(shifts);
    }
}
