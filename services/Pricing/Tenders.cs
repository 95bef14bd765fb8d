namespace WebWaka.Pricing;

/// <summary>One way the customer pays. <paramref name="Amount"/> is what it pays of the sale (negative in a refund);
/// <paramref name="Tendered"/> is the cash handed over, absent: exactly the amount.</summary>
public sealed record Tender(string Method, long Amount, long? Tendered = null);

/// <summary>due = total + rounding = sum of tender amounts; paid = what was handed over; change = paid - due.</summary>
public sealed record Settlement(long Total, long Rounding, long Due, long Paid, long Change);

/// <summary>Whether tenders pay a total, to the minor unit.</summary>
public static class Tenders
{
    public const string Cash = "cash";

    /// <param name="total">Minor units; negative pays out.</param>
    /// <param name="currency">ISO 4217 code.</param>
    /// <param name="cashRounding">Absent: no rounding. Applied to the cash part only.</param>
    /// <param name="tenders">In any order.</param>
    public static PricingOutcome<Settlement> Settle(long total, string currency, CashRounding? cashRounding, IReadOnlyList<Tender> tenders) =>
        throw new NotSupportedException("Comes with the next commit.");
}
