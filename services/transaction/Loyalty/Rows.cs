using WebWaka.CellKit;

namespace WebWaka.Transaction.Loyalty;

/// <summary>
/// Points that came or went, and why. The key is the business's: however often a sale, its void or its refund is sent, each moves
/// points once.
/// </summary>
internal sealed class LoyaltyEntryRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid CustomerId { get; init; }

    /// <summary>The sale, or the refund of it.</summary>
    public Guid SourceId { get; init; }

    public required string Kind { get; init; }

    /// <summary>Below zero where they went.</summary>
    public long Points { get; init; }

    /// <summary>What the customer had afterwards.</summary>
    public long Balance { get; init; }

    public Guid SaleId { get; init; }
    public DateTimeOffset At { get; init; }
}

internal static class LoyaltyKinds
{
    public const string Earned = "earned";
    public const string Spent = "spent";
    public const string TakenBack = "takenBack";
    public const string GivenBack = "givenBack";
    public const string Expired = "expired";
}
