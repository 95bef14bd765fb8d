using WebWaka.CellKit;
using WebWaka.Contracts.Transaction;

namespace WebWaka.Transaction.Shifts;

/// <summary>
/// What a till is doing: its open shift and how far its number series are. A sale raises <see cref="SaleSeq"/> in its own
/// commit, which locks this row, so a close waits for sales that are being saved and no number is skipped or given twice.
/// </summary>
internal sealed class TillStateRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid TillId { get; init; }
    public Guid StoreId { get; set; }
    public required string Code { get; init; }
    public Guid? ShiftId { get; set; }
    public long SaleSeq { get; set; }
    public string LastNumber { get; set; } = "";
    public long RefundSeq { get; set; }
    public int ZNumber { get; set; }
}

/// <summary>A cashier's time at a drawer, from the float to the count.</summary>
internal sealed class ShiftRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid TillId { get; init; }
    public Guid StoreId { get; init; }
    public Guid OpenedBy { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public required string BusinessDate { get; init; }
    public required string Currency { get; init; }
    public long Float { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public Guid? ClosedBy { get; set; }
    public int? ZNumber { get; set; }
    public long? Expected { get; set; }
    public long? Counted { get; set; }
    public string? Reason { get; set; }

    public ShiftOpened ToOpened() => new(Id, StoreId, TillId, OpenedBy, BusinessDate, OpenedAt, Currency, Float);

    /// <summary>Once it is closed. The cash of its sales is what the rest of the expected cash leaves.</summary>
    public ShiftClosed ToClosed(long cashRefunds, long paidIn, long paidOut)
    {
        var (expected, counted) = (Expected!.Value, Counted!.Value);
        return new ShiftClosed(
            Id, StoreId, TillId, ClosedBy!.Value, BusinessDate, ClosedAt!.Value, Currency, ZNumber!.Value, Float,
            checked(expected - Float + cashRefunds - paidIn + paidOut), cashRefunds, paidIn, paidOut, expected, counted, counted - expected, Reason);
    }
}

/// <summary>Cash put into or taken out of a drawer beside sales. Amount is positive; the kind says which way.</summary>
internal sealed class CashMovementRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public Guid ShiftId { get; init; }
    public required string Kind { get; init; }
    public long Amount { get; init; }
    public required string Reason { get; init; }
    public Guid By { get; init; }
    public DateTimeOffset At { get; init; }
}
