using WebWaka.CellKit;

namespace WebWaka.Payments.Keys;

internal static class AccountKinds
{
    /// <summary>The platform's account with Paystack, shared with the tenant's subaccount where there is one.</summary>
    public const string Platform = "platform";

    /// <summary>The tenant's own account with Paystack, by its own secret key.</summary>
    public const string Own = "own";
}

/// <summary>How a tenant collects through Paystack. No row: by the platform's key, without a subaccount.</summary>
internal sealed class PaystackAccountRow : ITenantRow
{
    public Guid TenantId { get; set; }

    /// <summary>For new payments. A payment keeps the account that it was made by.</summary>
    public required string Kind { get; set; }

    /// <summary>The tenant's own secret key in an envelope (<see cref="KeyVault"/>), kept for old payments when the kind has changed.</summary>
    public byte[]? SealedKey { get; set; }

    /// <summary>The key before it: webhooks that were signed before the change are still on their way.</summary>
    public byte[]? PreviousKey { get; set; }
    public DateTimeOffset? RotatedAt { get; set; }
    public string? SubaccountCode { get; set; }
    public string? SplitCode { get; set; }

    /// <summary>The account passes Paystack's fee on to the customer: what is compared is the price, not what was charged.</summary>
    public bool CustomerPaysFees { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>
/// Which tenant a host's slug means to the webhook's door, and when its account is to be walked through next. It has no tenant of its
/// own: it is read to find one. The platform's account is the empty slug.
/// </summary>
internal sealed class PaystackDoorRow
{
    public required string Slug { get; init; }
    public Guid TenantId { get; init; }
    public DateTimeOffset NextAt { get; set; }
}
