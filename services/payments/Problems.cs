using WebWaka.CellKit;

namespace WebWaka.Payments;

/// <summary>Every problem this Cell can answer, by name. Listed in docs/problems.md.</summary>
internal static class Problems
{
    public static readonly Problem PaystackNotConfigured = new(
        "paystack_not_configured", 503, "Paystack is not set up here", "PAYSTACK_SECRET_KEY is missing. Cash and card go on.");
    public static readonly Problem PaystackUnavailable = new(
        "paystack_unavailable", 503, "Paystack cannot be reached: nothing was charged, try again in a moment");
    public static readonly Problem TicketInvalid = new("ticket_invalid", 404, "This payment ticket is not one of ours");
    public static readonly Problem TicketExpired = new("ticket_expired", 409, "This payment ticket has expired");
    public static readonly Problem CurrencyNotTaken = new("currency_not_supported", 409, "Paystack does not take this currency");
    public static readonly Problem PaymentUnknown = new("payment_unknown", 404, "There is no such payment");
    public static readonly Problem SignatureInvalid = new("signature_invalid", 400, "The signature is not of this body");
}
