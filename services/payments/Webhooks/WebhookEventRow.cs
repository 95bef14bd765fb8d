namespace WebWaka.Payments.Webhooks;

internal static class WebhookStates
{
    public const string Received = "received";
    public const string Done = "done";

    /// <summary>Signed, but of a reference that is not ours: kept for a person.</summary>
    public const string Orphan = "orphan";
    public const string Error = "error";
}

/// <summary>An event of Paystack's as it came, with a good signature. What is badly signed is not kept.</summary>
internal sealed class WebhookEventRow
{
    public long Id { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }
    public required string Event { get; init; }

    /// <summary>The id of the event's subject; events have none of their own.</summary>
    public ulong? DataId { get; init; }
    public string? Reference { get; init; }

    /// <summary>The bytes that were signed.</summary>
    public required byte[] Body { get; init; }
    public required string State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public string? Note { get; set; }
}
