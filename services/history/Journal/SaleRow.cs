using WebWaka.CellKit;

namespace WebWaka.History.Journal;

internal static class SaleStates
{
    public const string Completed = "completed";
    public const string Voided = "voided";
}

/// <summary>
/// What sales are searched by, and what became of them. Its void or a refund may be heard before the sale itself: then the row
/// is made by them without a number, counts as unknown, and is filled in when the sale comes.
/// </summary>
internal sealed class SaleRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }
    public required string State { get; init; }

    /// <summary>Receipt number; null until the sale has been heard.</summary>
    public string? Number { get; init; }

    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public Guid ShiftId { get; init; }
    public Guid CashierId { get; init; }
    public Guid? CustomerId { get; init; }
    public DateOnly BusinessDate { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Currency { get; init; }
    public long Total { get; init; }

    /// <summary>Sum of the refunds' totals, minor units.</summary>
    public long Refunded { get; init; }
}

/// <summary>Which products a sale had: an index over documents, as rows, since row-level security keeps array indexes from being used.</summary>
internal sealed class SaleProductRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid ProductId { get; init; }
    public Guid SaleId { get; init; }
}
