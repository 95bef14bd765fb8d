using WebWaka.CellKit;
using WebWaka.Contracts.Payments;
using WebWaka.Payments.DedicatedAccounts;

namespace WebWaka.Payments.Collecting;

internal static class PaymentStates
{
    /// <summary>On its way: the customer may be paying.</summary>
    public const string Initiated = "initiated";

    /// <summary>Paystack did not answer our call: it may have been done or not.</summary>
    public const string Unknown = "unknown";
    public const string Settled = "settled";
    public const string Failed = "failed";

    /// <summary>Its time ended without money. Money that comes later still settles it.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>Money came, but not as asked: a person decides.</summary>
    public const string NeedsReview = "needsReview";

    public static readonly string[] All = [Initiated, Unknown, Settled, Failed, Abandoned, NeedsReview];

    public static bool IsOpen(string state) => state is Initiated or Unknown;

    /// <summary>No further charge for the tender: one is open, or money has come.</summary>
    public static readonly string[] BarAnother = [Initiated, Unknown, Settled, NeedsReview];
}

internal static class Channels
{
    public const string Checkout = "checkout";
    public const string BankTransfer = "bankTransfer";
    public const string Ussd = "ussd";
    public const string MobileMoney = "mobileMoney";
    public const string Terminal = "terminal";

    /// <summary>A transfer to an account number that is the shop's for good; <see cref="BankTransfer"/> is to one for this payment alone.</summary>
    public const string DedicatedAccount = "dedicatedAccount";

    public static readonly string[] All = [Checkout, BankTransfer, Ussd, MobileMoney, Terminal, DedicatedAccount];
}

/// <summary>One attempt to collect one tender's money. Committed before Paystack hears of it.</summary>
internal sealed class PaymentRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid SaleId { get; init; }
    public int Tender { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; init; }
    public required string Currency { get; init; }

    /// <summary>Ours, random, never used again: by it Paystack's events find their tenant.</summary>
    public required string Reference { get; init; }
    public required string State { get; set; }
    public required string Channel { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When our first call to Paystack was over; null while it is in flight.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>Why it failed or needs review.</summary>
    public string? Reason { get; set; }

    /// <summary>Paystack's number of the transaction, once it was paid.</summary>
    public ulong? TransactionId { get; set; }
    public string? PaidBy { get; set; }
    public string? AuthorizationUrl { get; set; }
    public string? AccountNumber { get; set; }
    public string? AccountName { get; set; }
    public string? AccountReference { get; set; }
    public string? Bank { get; set; }
    public string? UssdCode { get; set; }
    public string? DisplayText { get; set; }

    /// <summary>By which of the tenant's keys it was made (<see cref="Keys.AccountKinds"/>), for as long as it lives.</summary>
    public string Account { get; init; } = Keys.AccountKinds.Platform;

    /// <summary>Its account passes the fee on to the customer.</summary>
    public bool CustomerPaysFees { get; init; }

    /// <summary>What the cashier should know: a transfer that was sent back, a device that shows nothing.</summary>
    public string? Notice { get; set; }

    /// <summary>What came and what Paystack kept of it, in minor units of its currency; null until money came.</summary>
    public long? Received { get; set; }
    public string? ReceivedCurrency { get; set; }
    public long? Fee { get; set; }

    /// <summary>Why no sale took the money, as Transaction says; null: one did, or it is not known yet.</summary>
    public string? NotApplied { get; set; }

    /// <summary>The payout it came to the bank with.</summary>
    public Guid? SettlementId { get; set; }

    /// <summary>The shop's account number that it waits at.</summary>
    public Guid? DedicatedAccountId { get; init; }

    /// <summary>The device, what it was asked, by which push, and when it showed it.</summary>
    public string? TerminalId { get; init; }
    public ulong? RequestId { get; set; }
    public string? RequestCode { get; set; }
    public string? PushId { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Where its money comes in under a reference that is not ours; null: under ours.</summary>
    public string? Place => TerminalId ?? (DedicatedAccountId is null ? null : Places.OfAccount(AccountNumber));

    /// <summary>Once it is settled.</summary>
    public PaymentSettled ToSettled() => new(Id, SaleId, Tender, Amount, Currency, Reference, PaidBy ?? Channel, SettledAt!.Value);
}

/// <summary>
/// Which tenant a reference belongs to, for webhooks that come to the root host, and when the payment is to be looked at next.
/// </summary>
internal sealed class PaymentReferenceRow
{
    public required string Reference { get; init; }
    public Guid TenantId { get; init; }
    public Guid PaymentId { get; init; }

    /// <summary>Null: nothing is open.</summary>
    public DateTimeOffset? CheckAt { get; set; }

    /// <summary>The device or the account number where a payment waits for its customer: the event names nothing else of ours.</summary>
    public string? Place { get; init; }

    /// <summary>Since when nobody knows whether Paystack took it: for the operator's figures.</summary>
    public DateTimeOffset? UnknownSince { get; set; }
}
