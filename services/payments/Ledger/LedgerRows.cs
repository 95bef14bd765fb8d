using WebWaka.CellKit;

namespace WebWaka.Payments.Ledger;

/// <summary>The accounts of a tenant's payment ledger. Tenders of the tenant's own methods have one each: <c>tender:{method}</c>.</summary>
internal static class Accounts
{
    public const string Cash = "cash";
    public const string CardClearing = "card_clearing";

    /// <summary>Paid by Paystack as the sale says; at zero once Paystack has confirmed all of it.</summary>
    public const string PaystackClearing = "paystack_clearing";

    /// <summary>What Paystack holds for the tenant.</summary>
    public const string PaystackBalance = "paystack_balance";
    public const string PaystackFees = "paystack_fees";

    /// <summary>Money that came otherwise than asked, until a person has decided.</summary>
    public const string Unapplied = "unapplied_receipts";
    /// <summary>What the platform keeps of a payment by its key.</summary>
    public const string PlatformFees = "platform_fees";

    /// <summary>Taken back by the customer's bank.</summary>
    public const string DisputesLost = "disputes_lost";

    /// <summary>Paid out by Paystack.</summary>
    public const string Bank = "bank";
    public const string Sales = "sales";
    public const string Tax = "tax_payable";
    public const string Fees = "fees_charged";
    public const string Rounding = "cash_rounding";

    /// <summary>What a document does not sum to. Anything but zero here is a fault to look for.</summary>
    public const string Suspense = "suspense";

    public static string OfTender(string method) => method switch
    {
        "cash" => Cash,
        "card" => CardClearing,
        "paystack" => PaystackClearing,
        _ => $"tender:{method}",
    };
}

internal static class Sources
{
    public const string Sale = "sale";
    public const string Void = "void";
    public const string Refund = "refund";
    public const string Payment = "payment";
    public const string PaystackRefund = "paystackRefund";

    /// <summary>Money that no sale took is set aside, and its giving back.</summary>
    public const string NotApplied = "notApplied";
    public const string Return = "return";

    /// <summary>A refund that was made at Paystack, by no document of ours.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>Money that no sale took went back by a dispute or in the dashboard: less is owed to its payer.</summary>
    public const string LessOwed = "lessOwed";
    public const string Dispute = "dispute";
    public const string Settlement = "settlement";

    /// <summary>A payout says another fee than the payment did.</summary>
    public const string FeeCorrection = "feeCorrection";
}

/// <summary>
/// One line of a journal. A journal is what happened (its source), its lines sum to zero in its currency, and it is booked once:
/// source and account are the key.
/// </summary>
internal sealed class LedgerEntryRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string SourceKind { get; init; }
    public Guid SourceId { get; init; }
    public required string Account { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>: debit above zero, credit below.</summary>
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public Guid SaleId { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; }
    public DateTimeOffset BookedAt { get; init; }
}

/// <summary>A sale that was voided. Its journal is turned round, whichever of the two comes first.</summary>
internal sealed class LedgerVoidRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public DateTimeOffset At { get; init; }
}
