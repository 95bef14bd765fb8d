using WebWaka.CellKit;

namespace WebWaka.Payments.Refunds;

internal static class RefundStates
{
    /// <summary>To be asked of Paystack.</summary>
    public const string Queued = "queued";

    /// <summary>Our call is under way, or was when we stopped: it may have been done or not.</summary>
    public const string Calling = "calling";

    /// <summary>Paystack has it.</summary>
    public const string Pending = "pending";

    /// <summary>Paystack needs the customer's bank details.</summary>
    public const string NeedsAttention = "needsAttention";
    public const string Processed = "processed";

    /// <summary>Paystack refused it or gave up: the money is still there, and a person decides.</summary>
    public const string Failed = "failed";

    /// <summary>No payment of ours has this money: a person decides.</summary>
    public const string NeedsReview = "needsReview";

    public static readonly string[] All = [Queued, Calling, Pending, NeedsAttention, Processed, Failed, NeedsReview];
    public static readonly string[] Open = [Queued, Calling, Pending, NeedsAttention];
}

/// <summary>Money that is to go back through Paystack, of one payment. Paystack has no idempotency for it, so we have.</summary>
internal sealed class RefundRequestRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }

    /// <summary>
    /// Why it goes back: <c>refund</c>, <c>void</c>, <c>return</c> (of money that no sale took), or <c>dashboard</c>: it was made at
    /// Paystack, and <see cref="SourceId"/> is its own id until it turns out to be what a refund of the sale asks for.
    /// </summary>
    public required string SourceKind { get; init; }
    public Guid SourceId { get; set; }
    public Guid SaleId { get; init; }
    public int Tender { get; set; }
    public Guid? PaymentId { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string State { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset NextAt { get; set; }
    public DateTimeOffset? CalledAt { get; set; }
    public ulong? PaystackRefundId { get; set; }

    /// <summary>The payout that was lower by it.</summary>
    public Guid? SettlementId { get; set; }

    /// <summary>From 1; one more when a failed one is asked again.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>What we write beside it at Paystack, and by which we find it again.</summary>
    public string Note => Attempt == 1 ? $"{NoteStart}{SourceKind} {Id}" : $"{NoteStart}{SourceKind} {Id} try {Attempt}";

    public const string NoteStart = "WebWaka ";

    /// <summary>Made in the dashboard, it is what this document asks for.</summary>
    public void BecomeOf(Guid source, int tender) => (SourceId, Tender) = (source, tender);
}
