using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;
using WebWaka.Payments.Collecting;
using WebWaka.Payments.Consumers;
using WebWaka.Payments.DedicatedAccounts;
using WebWaka.Payments.Disputes;
using WebWaka.Payments.Keys;
using WebWaka.Payments.Ledger;
using WebWaka.Payments.Paystack;
using WebWaka.Payments.Refunds;
using WebWaka.Payments.Settlements;
using WebWaka.Payments.Terminals;
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
        Shared: new HashSet<string>(StringComparer.Ordinal) { "payment_reference", "webhook_event", "paystack_door" }) { Retell = Retold.Events };

    public static void AddPaymentsCell(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(PaystackAccount.Of(builder.Configuration));
        services.AddSingleton(provider => new KeyVault(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<PaystackAccounts>();
        services.AddSingleton(builder.Configuration.GetSection(PaymentsOptions.Section).Get<PaymentsOptions>() ?? new PaymentsOptions());
        services.AddSingleton(new PaymentTickets(builder.Configuration));
        services.AddSingleton<NobodysEmail>();
        services.AddSingleton<PaymentDirectory>();
        services.AddSingleton<WebhookInbox>();
        services.AddScoped<Initiation>();
        services.AddScoped<FollowUp>();
        services.AddScoped<RefundCalls>();
        services.AddScoped<AtTerminal>();
        services.AddScoped<AtAccount>();
        services.AddScoped<DisputeCalls>();
        services.AddScoped<EventWork>();
        services.AddScoped<WalkMissed>();
        services.AddScoped<MatchSettlements>();
        services.AddSingleton<AccountRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<AccountRounds>());
        services.AddSingleton<Sweep>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweep>());
        services.AddHostedService<WebhookWorker>();
        builder.AddPaystackClient();
        builder.AddCell<PaymentsDb>(Name, cell =>
        {
            cell.Consume<SaleCompleted, OnSaleCompleted>();
            cell.Consume<SaleVoided, OnSaleVoided>();
            cell.Consume<RefundCompleted, OnRefundCompleted>();
            cell.Consume<PaymentNotApplied, OnPaymentNotApplied>();
        });
    }

    public static void MapPaymentsCell(this WebApplication app)
    {
        app.Services.GetRequiredService<PaystackAccount>().MustFit(app.Services.GetRequiredService<KeyModes>());
        var api = app.MapCell();
        ReceiveWebhook.Map(api);

        var payments = api.MapGroup("/payments");
        CreatePayment.Map(payments);
        GetPayment.Map(payments);
        ListPayments.Map(payments);
        AbandonPayment.Map(payments);
        CancelPayment.Map(payments);
        ListDedicatedAccounts.Map(payments);
        SetDedicatedAccount.Map(payments);
        CloseDedicatedAccount.Map(payments);
        ReturnPayment.Map(payments);
        ListRefundRequests.Map(payments);
        RetryRefund.Map(payments);
        ListDisputes.Map(payments);
        AnswerDispute.Map(payments);
        GetTrialBalance.Map(payments);
        GetPaystackAccount.Map(payments);
        SetPaystackAccount.Map(payments);
        ListWebhooks.Map(payments);

        var settlements = api.MapGroup("/settlements");
        ListSettlements.Map(settlements);
        ListExceptions.Map(settlements);
    }
}
