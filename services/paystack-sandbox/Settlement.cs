using System.Security.Cryptography;

namespace WebWaka.PaystackSandbox;

/// <summary>Where a transaction ends. Callers hold the integration's gate.</summary>
internal static class Settlement
{
    /// <summary>Marks it paid and announces <c>charge.success</c>. Another amount or currency is a switch's misbehaviour.</summary>
    public static Transaction Succeed(Integration books, Transaction transaction, Authorization? by = null, long? amount = null,
        string? currency = null)
    {
        var channel = by?.Channel ?? transaction.Channel;
        var charged = amount ?? (books.Switches.CustomerPaysFees
            ? Fees.GrossOf(transaction.RequestedAmount, transaction.Currency, channel)
            : transaction.RequestedAmount);
        var fees = channel is "pos" ? (long?)null : Fees.Of(charged, currency ?? transaction.Currency, channel);
        var paid = books.Save(transaction with
        {
            Shares = transaction.Split is { } split ? Sharing.Of(split, charged, fees ?? 0) : null,
            Status = TransactionStatus.Success,
            Amount = charged,
            Currency = currency ?? transaction.Currency,
            Fees = fees,
            Channel = channel,
            GatewayResponse = channel is "card" ? "Successful" : "Approved",
            Message = channel is "mobile_money" ? "madePayment" : null,
            PaidAt = books.Clock.Now,
            Authorization = by ?? transaction.Authorization ?? OneTime(channel, transaction.Currency),
            ChargeStatus = null, ChargeFields = null, Steps = [], ExpiresAt = null,
        });
        books.Announce("charge.success", paid.Reference, TransactionJson.Of(paid));
        return paid;
    }

    /// <summary>Nothing is announced: Paystack has no event for a failed charge.</summary>
    public static Transaction Fail(Integration books, Transaction transaction, string message) => books.Save(transaction with
    {
        Status = TransactionStatus.Failed, Message = message, GatewayResponse = message,
        ChargeStatus = null, ChargeFields = null, Steps = [], ExpiresAt = null,
    });

    public static string NewAuthorizationCode() => "AUTH_" + RandomNumberGenerator.GetHexString(10, lowercase: true);

    static Authorization OneTime(string channel, string currency) => channel is "card"
        ? new Authorization(NewAuthorizationCode(), "card", "408408", "4081", "visa", "TEST BANK", Country(currency), Reusable: true)
        : new Authorization(NewAuthorizationCode(), channel, "008XXX", "X553", channel, "TEST BANK", Country(currency), Reusable: false);

    public static string Country(string currency) => currency switch
    {
        "GHS" => "GH", "KES" => "KE", "ZAR" => "ZA", "XOF" => "CI", _ => "NG",
    };
}
