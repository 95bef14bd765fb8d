namespace WebWaka.Transaction;

/// <summary>Section <c>Transaction</c> of the configuration.</summary>
internal sealed class TransactionOptions
{
    public const string Section = "Transaction";

    /// <summary>How often each tenant's awaited payments are looked after.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a sale still waits after its payment ticket has ended: money paid in the last moment whose webhook was lost is
    /// found by the sweep of Payments within this time.
    /// </summary>
    public TimeSpan LapseAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a payment that came before its sale waits for it; then it is put before a person.</summary>
    public TimeSpan ParkFor { get; set; } = TimeSpan.FromHours(1);
}
