using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

/// <summary>
/// What one instrument makes of a charge: paid at once (<see cref="Status"/> success), refused, or waiting for steps or for money.
/// </summary>
internal sealed record ChargePlan(string Channel, string Status)
{
    public string? Message { get; init; }
    public Step[] Steps { get; init; } = [];
    public JsonObject Fields { get; init; } = [];
    public Authorization? Authorization { get; init; }
    public TimeSpan? ExpiresAfter { get; init; }
    public string? RefundOutcome { get; init; }

    public static ChargePlan Waiting(string channel, params Step[] steps) => new(channel, steps[0].Status) { Steps = steps };
}

internal static class Instruments
{
    const string OtpText = "Please enter OTP (none will be sent to your phone)";
    static readonly string[] UssdTypes = ["737", "919", "822", "966"];

    /// <summary>The plan, or why the request cannot be charged. A currency outside its channel is refused in our own words.</summary>
    public static (ChargePlan? Plan, Answer? Refusal) Plan(Body body, PaymentRequest request, Integration books)
    {
        if (body.Object("mobile_money") is { } mobileMoney)
            return Only(request, ["GHS", "KES", "XOF"], () => MobileMoney.Plan(mobileMoney));
        if (body.Object("bank_transfer") is { } transfer)
            return Only(request, ["NGN", "KES"], () => BankTransfer.Plan(transfer, request, books.Clock));
        if (body.Object("ussd") is { } ussd)
            return Only(request, ["NGN"], () => Ussd(ussd));
        if (body.Object("bank") is { } bank)
            return Only(request, ["NGN"], () => Bank(bank));
        if (body.Object("card") is { } card)
            return (TestCards.Plan(card, request.Currency), null);
        if (body.Object("eft") is { } eft)
            return Only(request, ["ZAR"], () => Body.Text(eft, "provider") is "ozow" ? new ChargePlan("eft", "open_url") : null);
        if (body.Object("qr") is { } qr)
            return Only(request, ["ZAR"], () => Body.Text(qr, "provider") is "scan-to-pay" ? new ChargePlan("qr", "pay_offline") : null);
        if (body.Text("authorization_code") is { } code)
            return Reuse(code, request, books);
        return (null, Refusals.Missing("A payment instrument is required"));
    }

    static (ChargePlan?, Answer?) Only(PaymentRequest request, string[] currencies, Func<ChargePlan?> plan)
    {
        if (!currencies.Contains(request.Currency))
            return (null, Refusals.Invalid($"This channel does not take {request.Currency}"));
        return plan() is { } made ? (made, null) : (null, Refusals.Invalid("Invalid payment instrument"));
    }

    static ChargePlan? Ussd(JsonObject ussd) => UssdTypes.Contains(Body.Text(ussd, "type"))
        ? new ChargePlan("ussd", "pay_offline")
        {
            Fields = new JsonObject
            {
                ["display_text"] = "Please dial the USSD code on your mobile phone to complete the payment",
                ["ussd_code"] = $"*{Body.Text(ussd, "type")}*000*4657#",
            },
        }
        : null;

    static ChargePlan? Bank(JsonObject bank) =>
        (Body.Text(bank, "code"), Body.Text(bank, "account_number"), Body.Text(bank, "token")) switch
    {
        ("057", "0000000000", _) => ChargePlan.Waiting("bank",
            new Step("send_birthday", "2007-04-15", "Please enter your birthday"), new Step("send_otp", "123456", OtpText)),
        ("50211", _, "123456") => new ChargePlan("bank", TransactionStatus.Success),
        ("50211", _, _) => new ChargePlan("bank", TransactionStatus.Failed) { Message = "Token Authorization Not Successful" },
        (not null, not null, _) =>
            new ChargePlan("bank", TransactionStatus.Failed) { Message = "Transaction declined. Please use the test account." },
        _ => null,
    };

    // A code works again only for the customer it was made for.
    static (ChargePlan?, Answer?) Reuse(string code, PaymentRequest request, Integration books)
    {
        var first = books.Transactions.FirstOrDefault(t => t.Authorization is { Reusable: true } a && a.Code == code);
        return first is null || !string.Equals(first.Customer.Email, request.Email, StringComparison.OrdinalIgnoreCase)
            ? (null, Refusals.Invalid("Invalid authorization code"))
            : (new ChargePlan("card", TransactionStatus.Success)
            {
                Authorization = first.Authorization, RefundOutcome = first.RefundOutcome,
            }, null);
    }
}
