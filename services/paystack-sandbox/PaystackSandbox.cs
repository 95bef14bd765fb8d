using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// A local stand-in for Paystack's HTTP API, for development and tests. It moves no money and takes test keys only. Run it in a
/// process of its own (Program.cs), or add it to a host that has its own address for it.
/// </summary>
public static class PaystackSandbox
{
    public static void AddPaystackSandbox(this IHostApplicationBuilder builder)
    {
        if (builder.Environment.IsProduction())
            throw new InvalidOperationException("The Paystack sandbox does not run in Production: it approves payments nobody made.");
        var options = builder.Configuration.GetSection(SandboxOptions.Section).Get<SandboxOptions>() ?? new SandboxOptions();
        if (!(options.ClockFactor > 0))
            throw new InvalidOperationException("PaystackSandbox:ClockFactor must be greater than 0.");
        builder.Services.AddSingleton(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SandboxClock>();
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddSingleton<Books>();
        builder.Services.AddHostedService<WebhookSender>();
        builder.Services.AddHostedService<Sweeper>();
        // A redirect is not a 200, and following it would send a signed body somewhere else.
        builder.Services.AddHttpClient(WebhookSender.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    public static void MapPaystackSandbox(this WebApplication app)
    {
        CheckoutPage.Map(app);
        CustomerPage.Map(app);

        var api = app.MapGroup("").AddEndpointFilter(SecretKey.Require).AddEndpointFilter(Faults.Apply);
        InitializeTransaction.Map(api);
        VerifyTransaction.Map(api);
        ListTransactions.Map(api);
        CreateCharge.Map(api);
        ContinueCharge.Map(api);
        CreateRefund.Map(api);
        ListRefunds.Map(api);
        RetryRefund.Map(api);
        MoreTransactions.Map(api);
        Customers.Map(api);
        Subaccounts.Map(api);
        Splits.Map(api);
        DedicatedAccounts.Map(api);
        Invoices.Map(api);
        Terminals.Map(api);
        Disputes.Map(api);
        Payouts.Map(api);
        Banks.Map(api);

        var admin = app.MapGroup("/sandbox").AddEndpointFilter(SecretKey.Require);
        AdminSwitches.Map(admin);
        AdminWebhooks.Map(admin);
        AdminMoney.Map(admin);
    }
}
