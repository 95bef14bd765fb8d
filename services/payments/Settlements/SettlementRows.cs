using WebWaka.CellKit;

namespace WebWaka.Payments.Settlements;

/// <summary>A payout of Paystack's, booked once. Minor units of its currency.</summary>
internal sealed class SettlementRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public ulong PaystackId { get; init; }
    public required string Currency { get; init; }
    public long Gross { get; init; }
    public long Fees { get; init; }

    /// <summary>What came to the bank.</summary>
    public long Net { get; init; }
    public int Transactions { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset BookedAt { get; init; }
}

internal static class ExceptionKinds
{
    /// <summary>Paid out, and no payment of ours.</summary>
    public const string UnknownTransaction = "unknownTransaction";
    public const string OtherAmount = "otherAmount";

    /// <summary>Paid out before, in another settlement.</summary>
    public const string Twice = "twice";

    /// <summary>The payout is not the sum of what is in it less what was taken back.</summary>
    public const string SumDiffers = "sumDiffers";

    /// <summary>A row of it could not be read.</summary>
    public const string Unreadable = "unreadable";
}

/// <summary>What a payout and our books do not agree on, for a person. Money that is in no payout at all is listed beside these.</summary>
internal sealed class SettlementExceptionRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid SettlementId { get; init; }
    public required string Kind { get; init; }
    public string? Reference { get; init; }
    public Guid? PaymentId { get; init; }

    /// <summary>By our books, and by the payout; minor units.</summary>
    public long Expected { get; init; }
    public long Found { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? ResolvedAt { get; set; }
    public Guid? ResolvedBy { get; set; }
    public string? Note { get; set; }
}
