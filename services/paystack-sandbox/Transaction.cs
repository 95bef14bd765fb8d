using System.Text.Json.Nodes;

namespace WebWaka.PaystackSandbox;

internal sealed record Customer(long Id, string Code, string Email);

internal sealed record Authorization(string Code, string Channel, string Bin, string Last4, string Brand, string Bank, string Country,
    bool Reusable);

/// <summary>One thing a charge still waits for. <paramref name="Expected"/> null takes any answer.</summary>
internal sealed record Step(string Status, string? Expected, string? DisplayText);

/// <summary>A transaction as the books keep it. Amounts in subunits.</summary>
internal sealed record Transaction
{
    public required long Id { get; init; }
    public required string Reference { get; init; }
    public required string AccessCode { get; init; }
    public required Customer Customer { get; init; }
    public required long RequestedAmount { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required string EntryPoint { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string Status { get; init; } = TransactionStatus.Abandoned;
    public string? Message { get; init; }
    public string GatewayResponse { get; init; } = "The transaction was not completed";
    public string Channel { get; init; } = "card";
    public JsonNode? Metadata { get; init; }
    public string? CallbackUrl { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public long? Fees { get; init; }
    public Authorization? Authorization { get; init; }

    /// <summary>What POST /charge answers while the charge waits for something: send_otp, pay_offline and so on.</summary>
    public string? ChargeStatus { get; init; }
    public JsonObject? ChargeFields { get; init; }
    public Step[] Steps { get; init; } = [];
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How it is shared, and who got what once it is paid.</summary>
    public Split? Split { get; init; }
    public Shares? Shares { get; init; }

    /// <summary>The terminal that took it: then its amounts are text and its fee is not said.</summary>
    public string? TerminalId { get; init; }

    /// <summary>The dedicated account that was paid to.</summary>
    public string? ReceiverAccount { get; init; }

    /// <summary>How a refund of it ends, when the instrument decides that: some test cards do.</summary>
    public string? RefundOutcome { get; init; }

    public bool IsPaid => Status is TransactionStatus.Success or TransactionStatus.ReversalPending or TransactionStatus.Reversed;
}

internal static class TransactionStatus
{
    public const string Abandoned = "abandoned";
    public const string Ongoing = "ongoing";
    public const string Pending = "pending";
    public const string Processing = "processing";
    public const string Queued = "queued";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string ReversalPending = "reversal-pending";
    public const string Reversed = "reversed";

    /// <summary>The states in which money may still come.</summary>
    public static bool IsOpen(string status) => status is Abandoned or Ongoing or Pending or Processing or Queued;
}

/// <summary>A refund as the books keep it. Amount in subunits of the transaction's currency.</summary>
internal sealed record Refund
{
    public required long Id { get; init; }
    public required string TransactionReference { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string CustomerNote { get; init; }
    public required string MerchantNote { get; init; }
    public string Status { get; init; } = "pending";
    public string? RefundReference { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    public bool IsOpen => Status is "pending" or "processing" or "needs-attention";
}

/// <summary>An event on its way: the exact bytes as text, and their signature.</summary>
internal sealed record Delivery(long Id, string Event, string? Reference, string Body, string Signature, DateTimeOffset CreatedAt)
{
    public string State { get; init; } = "pending";
    public int Attempts { get; init; }
    public int? LastStatus { get; init; }
}
