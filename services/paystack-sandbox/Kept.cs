namespace WebWaka.PaystackSandbox;

/// <summary>A tenant's bank account at the platform. <paramref name="PercentageCharge"/> is what the main account keeps.</summary>
internal sealed record Subaccount(
    long Id, string Code, string BusinessName, string Bank, string AccountNumber, decimal PercentageCharge, string Currency,
    string Schedule, bool Active, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IKept;

/// <param name="Of">Percent or subunits, as the split's type says.</param>
internal sealed record Share(string Code, long Id, string Name, long Of);

/// <summary>How payments are shared. Without a code it is of one payment alone: dynamic, or a single subaccount.</summary>
internal sealed record Split(
    long Id, string? Code, string Name, string Type, string Currency, string Bearer, string? BearerSubaccount, Share[] Shares,
    bool Active, bool IsDynamic, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IKept;

/// <summary>Who got what of a paid transaction, in subunits: <c>Paystack + Integration + Subaccounts</c> is the amount.</summary>
internal sealed record Shares(long Paystack, long Integration, long[] Subaccounts);

/// <summary>An account number of one customer, for any number of transfers.</summary>
internal sealed record DedicatedAccount(
    long Id, Customer Customer, string AccountNumber, string AccountName, string Currency, bool Active, string? SplitCode,
    DateTimeOffset CreatedAt) : IKept;

/// <param name="Delivers">False: what is pushed is accepted and never shown.</param>
internal sealed record Terminal(long Id, string SerialNumber, string TerminalId, string Name, string Address, string Status) : IKept
{
    public bool Online { get; init; } = true;
    public bool Available { get; init; } = true;
    public bool Delivers { get; init; } = true;
}

/// <summary>A payment request: what a terminal is asked to collect.</summary>
internal sealed record Invoice(
    long Id, string Code, string OfflineReference, long Amount, string Currency, string? Description, long CustomerId, int Number,
    DateTimeOffset CreatedAt) : IKept
{
    public string Status { get; init; } = "pending";
    public DateTimeOffset? PaidAt { get; init; }
    public string? SplitCode { get; init; }
}

/// <summary>Something pushed to a terminal. <paramref name="Key"/> is what the caller knows it by: 24 hexadecimal digits.</summary>
internal sealed record Push(long Id, string Key, string TerminalId, long InvoiceId, bool Delivered, DateTimeOffset At) : IKept
{
    public bool Done { get; init; }
}

internal sealed record Dispute(
    long Id, string TransactionReference, long RefundAmount, string Category, DateTimeOffset DueAt, DateTimeOffset CreatedAt) : IKept
{
    public string Status { get; init; } = "awaiting-merchant-feedback";
    public string? Resolution { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string? Evidence { get; init; }
    public bool IsOpen => Status is not "resolved";
}

/// <summary>A payout. Net is what arrives at the bank: gross less fees less what was taken back since the last one.</summary>
/// <param name="Subaccount">The subaccount it went to, or null for the main account.</param>
internal sealed record Payout(
    long Id, string Currency, string? Subaccount, long Gross, long Fees, long Deductions, long Net, string[] References, DateTimeOffset At) : IKept
{
    public string Status { get; init; } = "success";
}
