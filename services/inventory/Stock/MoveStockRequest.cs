using WebWaka.CellKit;

namespace WebWaka.Inventory.Stock;

/// <summary>What a person may record by hand.</summary>
internal enum DocumentKind
{
    Receipt,
    Adjustment,
    Waste,
    Transfer,
    Count,
}

/// <summary>Stock moved by hand: goods received, corrected, wasted, counted, or sent to another store.</summary>
/// <param name="Id">Made by the caller, else made here; the movements' source.</param>
/// <param name="ToStoreId">For a transfer only: where it goes.</param>
/// <param name="Reason">Required for adjustments and waste.</param>
internal sealed record MoveStockRequest(
    DocumentKind Kind, Guid StoreId, MoveStockLine[] Lines, Guid? Id = null, Guid? ToStoreId = null, string? Reason = null)
{
    public const int MaxLines = 500;

    /// <summary>Every store that it touches.</summary>
    public Guid[] Stores => ToStoreId is { } to ? [StoreId, to] : [StoreId];

    public Problem? Check()
    {
        var fault = Id == Guid.Empty ? "id: is empty"
            : Kind == DocumentKind.Transfer && (ToStoreId is null || ToStoreId == StoreId) ? "toStoreId: another store is required for a transfer"
            : Kind != DocumentKind.Transfer && ToStoreId is not null ? "toStoreId: for a transfer only"
            : Text.Fault(Reason, 200, required: Kind is DocumentKind.Adjustment or DocumentKind.Waste) is { } text ? $"reason: {text}"
            : Lines.Length is 0 or > MaxLines ? $"lines: 1 to {MaxLines}"
            : LineFault();
        return fault is null ? null : CommonProblems.InvalidRequest.With(fault);
    }

    private string? LineFault()
    {
        var counted = new HashSet<Guid>();
        for (var at = 0; at < Lines.Length; at++)
        {
            var fault = Lines[at] is not { } line ? "is null"
                : Kind == DocumentKind.Count && !counted.Add(line.ProductId) ? "productId: is in an earlier line too"
                : line.Fault(Kind);
            if (fault is not null)
                return $"lines[{at}].{fault}";
        }

        return null;
    }
}

/// <param name="Quantity">Of an adjustment, with its sign; of a count, what was counted; else what moved, positive.</param>
/// <param name="ExpectedOnHand">Of a count: what stock was read as. Refused when it has moved since.</param>
internal sealed record MoveStockLine(Guid ProductId, decimal Quantity, decimal? ExpectedOnHand = null)
{
    public string? Fault(DocumentKind kind) =>
        Quantities.Fault(Quantity) is { } bounds ? $"quantity: {bounds}"
        : kind == DocumentKind.Count && Quantity < 0 ? "quantity: nobody counts less than nothing"
        : kind == DocumentKind.Adjustment && Quantity == 0 ? "quantity: not zero"
        : kind is not (DocumentKind.Count or DocumentKind.Adjustment) && Quantity <= 0 ? "quantity: more than zero"
        : kind == DocumentKind.Count && ExpectedOnHand is null ? "expectedOnHand: is required for a count"
        : kind != DocumentKind.Count && ExpectedOnHand is not null ? "expectedOnHand: for a count only"
        : null;
}
