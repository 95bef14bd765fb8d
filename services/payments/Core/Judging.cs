using WebWaka.Payments.Collecting;
using WebWaka.Payments.Paystack;

namespace WebWaka.Payments.Core;

/// <summary>What a payment becomes, and why. <c>Paid</c> is there when money has come.</summary>
internal sealed record Verdict(string State, string? Reason = null, PaystackTransaction? Paid = null);

/// <summary>What Paystack's word about a payment makes of it. Only here is a payment settled.</summary>
internal static class Judging
{
    /// <returns>Null: nothing changes.</returns>
    public static Verdict? Of(PaymentRow payment, PaystackOutcome<PaystackTransaction> answer, DateTimeOffset now, PaymentsOptions options)
    {
        // Money that has come stays: a later state of the transaction (reversed) is a refund's business.
        if (payment.State is PaymentStates.Settled or PaymentStates.NeedsReview)
            return null;
        return answer switch
        {
            PaystackOutcome<PaystackTransaction>.Done { Data: var transaction } => Of(payment, transaction, now, options),
            PaystackOutcome<PaystackTransaction>.Refused { Error.IsUnknownTransaction: true }
                when PaymentStates.IsOpen(payment.State) && now - payment.CreatedAt >= options.NeverArrivedAfter =>
                    new Verdict(PaymentStates.Failed, "the request never reached Paystack"),
            _ => null,
        };
    }

    private static Verdict? Of(PaymentRow payment, PaystackTransaction transaction, DateTimeOffset now, PaymentsOptions options) => transaction.Status switch
    {
        "success" => Mismatch(payment, transaction, options) is { } reason
            ? new Verdict(PaymentStates.NeedsReview, reason, transaction)
            : new Verdict(PaymentStates.Settled, Paid: transaction),
        "reversed" or "reversal-pending" => new Verdict(PaymentStates.NeedsReview, "it was paid and taken back before we saw it", transaction),
        _ when !PaymentStates.IsOpen(payment.State) => null,
        "failed" => new Verdict(PaymentStates.Failed, Text.Short(transaction.GatewayResponse ?? transaction.Message ?? "declined")),
        _ when IsLost(payment, now, options) => new Verdict(PaymentStates.Failed, "Paystack's answer was lost, and with it the page's address"),
        _ when payment.ExpiresAt <= now => new Verdict(PaymentStates.Abandoned, "not paid in time"),
        _ => null,
    };

    private static string? Mismatch(PaymentRow payment, PaystackTransaction transaction, PaymentsOptions options)
    {
        if (transaction.Reference != payment.Reference)
            return "another reference than ours";
        if (transaction.Amount.Currency != payment.Currency)
            return $"paid in {transaction.Amount.Currency} instead of {payment.Currency}";
        var asked = PaystackAmount.FromMinor(payment.Amount, payment.Currency).Subunits;
        var pricePaid = options.CustomerPaysFees || payment.CustomerPaysFees ? transaction.RequestedSubunits : null;
        // Less than the price came where its fee was to come on top: that the price was asked does not make it paid.
        var paid = pricePaid is { } price && transaction.Amount.Subunits >= price ? price : transaction.Amount.Subunits;
        return paid == asked ? null : $"paid {paid} instead of {asked} hundredths of {payment.Currency}";
    }

    /// <summary>A page whose address nobody was given cannot be paid.</summary>
    private static bool IsLost(PaymentRow payment, DateTimeOffset now, PaymentsOptions options) =>
        payment is { Channel: Channels.Checkout, AuthorizationUrl: null }
        && (payment.AnsweredAt is not null || now - payment.CreatedAt >= options.NeverArrivedAfter);
}
