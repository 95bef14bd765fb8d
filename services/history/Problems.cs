using WebWaka.CellKit;

namespace WebWaka.History;

/// <summary>Every problem this Cell can answer, by name. Listed in docs/problems.md.</summary>
internal static class Problems
{
    public static readonly Problem TransactionUnknown = new("transaction_unknown", 404, "There is no such transaction in the journal");
    public static readonly Problem RefundUnknown = new("refund_unknown", 404, "There is no such refund in the journal");
    public static readonly Problem ReceiptUnknown = new("receipt_unknown", 404, "The journal has no sale or refund with this id");
    public static readonly Problem ReceiptNotReady = new(
        "receipt_not_ready", 503, "What the receipt needs has not all arrived here yet: try again in a moment");
    public static readonly Problem NotAcceptable = new("not_acceptable", 406, "A receipt is text/plain or application/pdf");
}
