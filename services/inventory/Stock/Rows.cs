using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>Why stock moved. Stored and answered in camelCase.</summary>
internal enum MovementKind
{
    Sale,
    Void,
    Return,
    Receipt,
    Adjustment,
    TransferOut,
    TransferIn,
    Count,
    Waste,
}

internal static class MovementKinds
{
    /// <summary>The first movement of every stock document has one of these.</summary>
    public static readonly MovementKind[] ByHand =
        [MovementKind.Receipt, MovementKind.Adjustment, MovementKind.TransferOut, MovementKind.Count, MovementKind.Waste];

    public static string Text(MovementKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    public static MovementKind Read(string text) => Enum.Parse<MovementKind>(text, ignoreCase: true);
}

/// <summary>
/// A movement that has happened; never changed. <c>(Kind, SourceId, Line)</c> is unique, so that nothing moves stock twice,
/// however often and under whatever event id we are told of it.
/// </summary>
internal sealed class MovementRow : ITenantRow
{
    public Guid TenantId { get; set; }

    /// <summary>In the order in which they were recorded (UUIDv7).</summary>
    public Guid Id { get; init; }

    public Guid StoreId { get; init; }
    public Guid ProductId { get; init; }

    /// <summary>Positive into the store, negative out of it.</summary>
    public decimal Quantity { get; init; }

    public MovementKind Kind { get; init; }

    /// <summary>The sale, refund or stock document, and its line.</summary>
    public Guid SourceId { get; init; }

    public int Line { get; init; }
    public string? Reason { get; init; }

    /// <summary>When it happened, as told: offline sales come later than that.</summary>
    public DateTimeOffset At { get; init; }

    public Guid By { get; init; }
}

/// <summary>What a store has of a product: the sum of its movements, kept in the commit of each.</summary>
internal sealed class LevelRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid StoreId { get; init; }
    public Guid ProductId { get; init; }
    public decimal OnHand { get; set; }
    public bool BelowZero { get; private set; }
    public DateTimeOffset MovedAt { get; set; }
}
