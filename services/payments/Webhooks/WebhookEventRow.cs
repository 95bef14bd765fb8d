namespace WebWaka.Payments.Webhooks;

internal static class WebhookStates
{
    public const string Received = "received";
    public const string Done = "done";

    /// <summary>Signed, but of a reference that is not ours: kept for a person.</summary>
    public const string Orphan = "orphan";
    public const string Error = "error";

    public static readonly string[] All = [Received, Done, Orphan, Error];
}

/// <summary>An event of Paystack's as it came, with a good signature. What is badly signed is not kept.</summary>
internal sealed class WebhookEventRow
{
    public long Id { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The tenant whose host and key it came by; empty: the root host, and the platform's key.</summary>
    public Guid Door { get; init; }

    /// <summary>Whose it is: the door's, or at the root host the one whose payment it turned out to be about.</summary>
    public Guid? TenantId { get; set; }

    /// <summary>The key's mode, <c>test</c> or <c>live</c>.</summary>
    public string Domain { get; init; } = "";
    public required string Event { get; init; }

    /// <summary>The id of the event's subject; events have none of their own.</summary>
    public ulong? DataId { get; init; }
    public string? Reference { get; init; }

    /// <summary>The device or the account number of a charge that comes under a reference of Paystack's.</summary>
    public string? Place { get; init; }

    /// <summary>The bytes that were signed, a card's number struck out should there ever be one.</summary>
    public required byte[] Body { get; init; }
    public required string State { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public string? Note { get; set; }
}
