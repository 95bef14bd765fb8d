using WebWaka.CellKit;

namespace WebWaka.Transaction.Refunds;

/// <summary>Money given back for a sale. <see cref="Document"/> is its RefundCompleted; the row never changes.</summary>
internal sealed class RefundRow : ITenantRow
{
    public const string RefundSeries = "R";

    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid SaleId { get; init; }
    public Guid TillId { get; init; }
    public Guid ShiftId { get; init; }
    public required string Number { get; init; }
    public string Series { get; init; } = RefundSeries;
    public long Seq { get; init; }
    public required string Currency { get; init; }

    /// <summary>Positive: what was given back.</summary>
    public long Total { get; init; }

    /// <summary>What the drawer lost, minor units.</summary>
    public long Cash { get; init; }

    public DateTimeOffset At { get; init; }
    public required string Document { get; init; }
}
