using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Consumers;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Webhooks;

namespace WebWaka.Payments;

/// <summary>The table of contents: every event that comes in, every route, and what works behind them.</summary>
public static class PaymentsCell
{
    public const string Name = Wiring.Payments;

    public static readonly CellSchema Schema = new(
        Name,
        (connection, context) => [new PaymentsDb(ModelOptions.ForOwner<PaymentsDb>(connection, Name), context)],
        AppendOnly: new HashSet<string>(StringComparer.Ordinal) { "ledger_entry", "ledger_void" },
        Shared: new HashSet<string>(StringComparer.Ordinal) { "payment_reference", "webhook_event" }) { Retell = Retold.Events };

    public static void AddPaymentsCell(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(PaystackAccount.Of(builder.Configuration));
        services.AddSingleton(builder.Configuration.GetSection(PaymentsOptions.Section).Get<PaymentsOptions>() ?? new PaymentsOptions());
        services.AddSingleton(new PaymentTickets(builder.Configuration));
        services.AddSingleton<PaymentDirectory>();
        services.AddSingleton<WebhookInbox>();
        services.AddScoped<Initiation>();
        services.AddScoped<FollowUp>();
        services.AddScoped<RefundCalls>();
        services.AddSingleton<Sweep>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweep>());
        services.AddHostedService<WebhookWorker>();
        builder.AddPaystackClient();
        builder.AddCell<PaymentsDb>(Name, cell =>
        {
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
        });
    }

    public static void MapPaymentsCell(this WebApplication app)
    {
        var api = app.MapCell();
        ReceiveWebhook.Map(api);

        var payments = api.MapGroup("/payments");
        CreatePayment.Map(payments);
        GetPayment.Map(payments);
        ListPayments.Map(payments);
        ListRefundRequests.Map(payments);
        GetTrialBalance.Map(payments);
    }
}
