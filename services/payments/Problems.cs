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
    public static readonly Problem PaymentNotOpen = new("payment_not_open", 409, "This payment has ended already");
    public static readonly Problem PaymentApplied = new(
        "payment_applied", 409, "A sale took this money, or none came: refund the sale instead");
    public static readonly Problem NothingLeft = new("payment_nothing_left", 409, "All of this payment's money has been given back, or is on its way");
    public static readonly Problem NotCancellable = new(
        "payment_not_cancellable", 409, "Only a payment at a terminal or at an account number can be taken back");
    public static readonly Problem TerminalNotReady = new("terminal_not_ready", 409, "The terminal does not take payments now: nothing was charged");
    public static readonly Problem DedicatedAccountUnknown = new(
        "dedicated_account_unknown", 404, "There is no such account number, or it was given back");
    public static readonly Problem DedicatedAccountBusy = new(
        "dedicated_account_busy", 409, "A payment waits at this account number: whose a transfer is could not be told");
    public static readonly Problem DedicatedAccountClosed = new("dedicated_account_closed", 409, "This account number was given back");
    public static readonly Problem DedicatedAccountRefused = new("dedicated_account_refused", 422, "Paystack opens no such account number");
    public static readonly Problem RefundUnknown = new("refund_request_unknown", 404, "There is no such refund through Paystack");
    public static readonly Problem RefundNotRetryable = new("refund_not_retryable", 409, "This refund cannot be asked again now");
    public static readonly Problem DisputeUnknown = new("dispute_unknown", 404, "There is no such dispute");
    public static readonly Problem DisputeResolved = new("dispute_resolved", 409, "This dispute has been resolved");
    public static readonly Problem WebhookUnknown = new("webhook_unknown", 404, "There is no such event in your delivery log");
    public static readonly Problem ExceptionUnknown = new("settlement_exception_unknown", 404, "There is no such exception");
    public static readonly Problem KeyRefused = new("paystack_key_refused", 422, "Paystack does not take this key");
    public static readonly Problem KeyNotOfThisMode = new(
        "paystack_key_wrong_mode", 422, "This is no secret key, or not one for this system",
        "Production takes sk_live_ keys, every other system sk_test_ ones.");
    public static readonly Problem SubaccountRefused = new("subaccount_refused", 422, "Paystack did not take the bank account");
    public static readonly Problem SourceNotAllowed = new("source_not_allowed", 403, "Webhooks are not taken from this address");
    public static readonly Problem SignatureInvalid = new("signature_invalid", 400, "The signature is not of this body");
}
