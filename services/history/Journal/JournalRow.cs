using WebWaka.CellKit;

namespace WebWaka.History.Journal;

/// <summary>What a journal entry tells of, as stored.</summary>
internal static class Kinds
{
    public const string Sale = "sale";
    public const string Void = "void";
    public const string Refund = "refund";
    public const string ShiftOpened = "shiftOpened";
    public const string ShiftClosed = "shiftClosed";
}

/// <summary>
/// Something that happened, as its event told it. Written once and never changed; one per kind and thing, so that an event
/// sent again, also under another id, adds nothing.
/// </summary>
internal sealed class JournalRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public required string Kind { get; init; }

    /// <summary>The sale (also of a void), the refund or the shift.</summary>
    public Guid ThingId { get; init; }

    /// <summary>The sale that a void or refund takes back; null for the others.</summary>
    public Guid? SaleId { get; init; }

    public Guid StoreId { get; init; }
    public Guid TillId { get; init; }
    public Guid ShiftId { get; init; }

    /// <summary>The person who did it.</summary>
    public Guid By { get; init; }

    public string? Number { get; init; }
    public DateOnly BusinessDate { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Currency { get; init; }

    /// <summary>Minor units: the document's total, the float of an opened shift, what was counted in a closed one.</summary>
    public long Total { get; init; }

    /// <summary>The event's payload.</summary>
    public required string Document { get; init; }
}
