using WebWaka.CellKit;

namespace WebWaka.Transaction.Sales;

internal static class SaleStates
{
    public const string AwaitingPayment = "awaitingPayment";
    public const string Completed = "completed";
    public const string Voided = "voided";
}

/// <summary>
/// A sale. What was sold and why it cost what it did is <see cref="Document"/> (a SaleCompleted), which never changes once
/// completed; the columns beside it are what is searched, summed or locked.
/// </summary>
internal sealed class SaleRow : ITenantRow
{
    public const string SaleSeries = "S";

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string State { get; set; }
    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public Guid ShiftId { get; set; }
    public Guid CashierId { get; init; }

    /// <summary>Receipt number; null until the sale is completed.</summary>
    public string? Number { get; set; }

    public string Series { get; init; } = SaleSeries;

    /// <summary>The number's place in the till's gapless series; null until the sale is completed.</summary>
    public long? Seq { get; set; }

    public required string Currency { get; init; }
    public long Total { get; init; }
    public long Due { get; init; }

    /// <summary>What the drawer gained: cash tendered less change, minor units.</summary>
    public long Cash { get; init; }

    public DateTimeOffset At { get; set; }

    /// <summary>JSON, kept as the text that was told to the other Cells: nobody searches in it here, and jsonb costs each sale its parsing.</summary>
    public required string Document { get; set; }

    /// <summary>SHA-256 of the request: the same sale id with another content is refused.</summary>
    public required byte[] Fingerprint { get; init; }
}

/// <summary>A tender that Paystack has yet to confirm. Its ticket lets the till ask Payments for exactly this money.</summary>
internal sealed class PendingTenderRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid SaleId { get; init; }
    public int Tender { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public Guid? PaymentId { get; set; }
    public string? Reference { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>Money that came for a sale that can no longer take it: a person decides between refund and a new sale.</summary>
internal sealed class LatePaymentRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid PaymentId { get; init; }
    public Guid SaleId { get; init; }
    public int Tender { get; init; }
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public required string Reference { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset At { get; init; }
}

/// <summary>A payment that came before its sale; <see cref="Document"/> is its PaymentSettled.</summary>
internal sealed class ParkedPaymentRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid PaymentId { get; init; }
    public Guid SaleId { get; init; }
    public required string Document { get; init; }
    public DateTimeOffset ParkedAt { get; init; }
}

/// <summary>When a tenant's awaited payments are looked after next. Without a tenant's policy: by it tenants are found.</summary>
internal sealed class SweepTurnRow
{
    public Guid TenantId { get; init; }
    public DateTimeOffset NextAt { get; init; }
}
