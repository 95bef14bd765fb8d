using System.Text.Json;

namespace WebWaka.Payments.Paystack;

/// <summary>A refund as creating, listing and reading it give it. Amount in subunits.</summary>
internal sealed record PaystackRefund
{
    public required ulong Id { get; init; }

    /// <summary>pending, processing, processed, failed or needs-attention. Only processed is final and good.</summary>
    public required string Status { get; init; }
    public required PaystackAmount Amount { get; init; }

    /// <summary>The transaction's number, whichever shape the answer has.</summary>
    public required ulong? TransactionId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? RefundedAt { get; init; }
    public string? MerchantNote { get; init; }

    public static PaystackRefund? Read(JsonElement data)
    {
        if (data.Id("id") is not { } id || data.Text("status") is not { } status
            || data.Whole("amount") is not { } amount || data.Text("currency") is not { } currency)
            return null;
        return new PaystackRefund
        {
            Id = id, Status = status, Amount = PaystackAmount.Reported(amount, currency),
            // The creation nests the transaction, the other two give its number.
            TransactionId = data.Object("transaction")?.Id("id") ?? data.Id("transaction"),
            CreatedAt = data.Moment("createdAt") ?? data.Moment("created_at"),
            RefundedAt = data.Moment("refunded_at"),
            MerchantNote = data.Text("merchant_note"),
        };
    }
}
