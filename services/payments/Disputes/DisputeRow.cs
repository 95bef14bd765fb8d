using WebWaka.CellKit;

namespace WebWaka.Payments.Disputes;

/// <summary>A customer's bank wants a payment back. What it is comes from Paystack each time; nothing is counted from events.</summary>
internal sealed class DisputeRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public ulong PaystackId { get; init; }
    public Guid PaymentId { get; init; }
    public Guid SaleId { get; init; }

    /// <summary>What is to go back, minor units.</summary>
    public long Amount { get; set; }
    public required string Currency { get; init; }

    /// <summary>As Paystack says: awaiting-merchant-feedback, awaiting-bank-feedback, pending, resolved.</summary>
    public required string Status { get; set; }

    /// <summary>merchant-accepted, declined, auto-accepted; null while it is open.</summary>
    public string? Resolution { get; set; }

    /// <summary>Not answered by then, it is lost.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ResolvedAt { get; set; }
    public DateTimeOffset NextAt { get; set; }

    /// <summary>The payout that was lower by it.</summary>
    public Guid? SettlementId { get; set; }

    public bool IsOpen => Resolution is null;

    /// <summary>The resolutions that give the customer the money.</summary>
    public static readonly string?[] Lost = ["merchant-accepted", "auto-accepted"];

    public bool IsLost => Lost.Contains(Resolution, StringComparer.Ordinal);
}
