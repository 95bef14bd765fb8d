using WebWaka.CellKit;

namespace WebWaka.Payments.DedicatedAccounts;

/// <summary>A bank account number of the shop's own at Paystack, such as a till has on a card beside it. Payments wait at it one at a time.</summary>
internal sealed class DedicatedAccountRow : ITenantRow
{
    public Guid TenantId { get; set; }
    public Guid Id { get; init; }

    /// <summary>What the shop calls it.</summary>
    public required string Label { get; set; }

    /// <summary>By which of the tenant's keys it was opened (<see cref="Keys.AccountKinds"/>), for as long as it lives.</summary>
    public required string Account { get; init; }

    /// <summary>Paystack's number of it.</summary>
    public ulong PaystackId { get; init; }
    public required string AccountNumber { get; init; }
    public required string AccountName { get; init; }
    public required string Bank { get; init; }
    public required string Currency { get; init; }
    public bool Active { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Where money comes in under a reference that Paystack makes, in one namespace: a device's id, or an account number.</summary>
internal static class Places
{
    // A device's id is letters and digits alone, so it is never the same.
    public static string? OfAccount(string? accountNumber) => accountNumber is null ? null : $"account:{accountNumber}";
}
